import { api } from '@cabildo/protocol/http/api'
import { readArchive } from '@cabildo/record/archive'
import { readWhole } from '@cabildo/record/archive-files'
import { verifyBundle } from '@cabildo/record/verify'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { idsOfWords } from '@cabildo/testkit/ids-of-words'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { filler } from '@cabildo/verify/redact'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createKeeper, keeperLimits } from '../../authorship/keeper.ts'
import { newId } from '../../db/ids.ts'
import { givePlansTexts } from '../../plans/making/service.ts'
import { insertDocument } from '../../rooms/adapters/new-document.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const quote = 'Ana Paz, 8-888-888'
const words = /Ana Paz|8-888-888/

/** A text with what stands in it as base64 or hexadecimal. */
function readable(text: string): string {
  const decoded = (pattern: RegExp, encoding: 'base64' | 'hex') =>
    [...text.matchAll(pattern)].map(([part]) => Buffer.from(part, encoding).toString('utf8'))
  return [text, ...decoded(/[A-Za-z0-9+/_-]{16,}={0,2}/g, 'base64'), ...decoded(/(?:[0-9a-f]{2}){8,}/gi, 'hex')].join(
    '\n',
  )
}

/** The columns of the whole database in which the words stand, whatever their types. */
async function columnsWithWords(): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(database.db)
  const found = new Set<string>()
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(database.db)
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const text = Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value ?? null)
        if (words.test(readable(text))) found.add(`${name}.${column}`)
      }
    }
  }
  return [...found].sort()
}

interface Walked {
  as: string[]
  planId: string
  documentId: string
  versionId: string
  draftId: string
  threadId: string
  commentId: string
  inputId: string
  rows: number
  entries: number
  code: string
}

/** What every address of the program that is read gives to somebody, with those in which the words stand. */
async function addressesWithWords({ as, code, rows, entries, ...ids }: Walked): Promise<string[]> {
  const found = new Set<string>()
  const look = (key: string, text: string) => words.test(readable(text)) && found.add(key)
  const count = (most: number) => Array.from({ length: most }, (_, at) => String(at + 1))
  for (const key of Object.keys(api)) {
    // There is no workshop, no meeting and no evidence pack.
    if (!key.startsWith('GET ') || /:(workshopId|meetingId|key)/.test(key)) continue
    const seqs = key.includes('/record/') ? entries : rows
    for (const seq of key.includes(':seq') ? count(seqs) : ['']) {
      const path = Object.entries({ ...ids, seq }).reduce((path, [name, value]) => path.replace(`:${name}`, value), key)
      expect(path.slice(4)).not.toContain(':')
      for (const one of as) look(key, await (await world.ask(path, { as: one })).text())
    }
  }
  for (const seq of count(rows)) {
    const answer = await world.ask(`GET /api/documents/${ids.documentId}/authorship?seq=${seq}`, {
      as: as[0] as string,
    })
    look('authorship of the past', await answer.text())
  }
  look('receipt', await (await world.ask('POST /api/receipts/look', { body: { code } })).text())
  const bundle = await world.ask(`GET /api/plans/${ids.planId}/record/bundle`, { as: as[0] as string })
  if (bundle.status === 200) {
    const { files } = readArchive(new Uint8Array(await bundle.arrayBuffer()))
    for (const file of files.values()) look('bundle', new TextDecoder().decode(readWhole(file)))
  } else expect(bundle.status).toBe(503)
  return [...found].sort()
}

/** The ids of some words, as they are committed. */
async function idsOf(documentId: string, words: string) {
  return idsOfWords((await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]), 'problem', words)
}

test('[RC95] [RC152] [RC153] [PC10] no column of the database and no address of the program holds what was taken out', async () => {
  const { planId, people } = await plantPlan(database.db, {
    ...{ cora: 'coordinator', fina: 'facilitator', dina: 'drafter' },
    ...{ mayor: 'approver', aval: 'endorser', moni: 'monitor' },
  })
  const office = { id: newId(), planId, name: 'Alcaldía', sector: 'government' }
  await database.db.insertInto('stakeholderGroup').values(office).execute()
  const ofOffice = database.db.updateTable('member').set({ groupId: office.id })
  await ofOffice.where('userId', '=', people.mayor.userId).execute()
  const [cora, fina, dina] = [
    await world.cookieOf(people.cora),
    await world.cookieOf(people.fina),
    await world.cookieOf(people.dina),
  ]
  const { documentId } = await (
    await world.ask(`POST /api/plans/${planId}/commitments`, { as: cora, body: { title: `Pozo de ${quote}` } })
  ).json()
  await plantDocument(database.db, planId, people.dina, 'Otro')
  const device = await sitDown(world.rooms, documentId, people.dina)
  typeInto(device.doc, 'problem', `Aquí vive ${quote}. Dos veces: ${quote}.`)
  const milestone = new Y.XmlElement('milestone')
  milestone.insert(0, [new Y.XmlElement('milestoneTitle'), new Y.XmlElement('milestoneOutputs')])
  device.doc.getXmlFragment('milestones').insert(0, [milestone])
  await device.saved()
  const named = await world.ask(`POST /api/documents/${documentId}/versions`, {
    as: cora,
    body: { name: `Lo de ${quote}`, note: `Nota de ${quote}` },
  })
  const { id: versionId } = await named.json()
  const other = await sitDown(world.rooms, documentId, people.fina)
  const paragraph = other.doc.getXmlFragment('problem').get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).delete(0, 30)
  await other.saved()
  other.leave()
  device.leave()
  typeInto(device.doc, 'summary', `Dice ${quote}.`)
  const update = Buffer.from(Y.encodeStateAsUpdate(device.doc)).toString('base64')
  const kept = await world.ask(`POST /api/documents/${documentId}/drafts`, {
    as: dina,
    body: { update, reason: 'frozen' },
  })
  const draftId = (await kept.json()).kept.id
  // Somebody points at the words, says them, in other words too, and gives them as a reason.
  const ids = await idsOf(documentId, quote)
  const said = { key: 'key-of-the-thread', kind: 'comment', ids, body: `¿Quién es ${quote}?` }
  const opened = await world.ask(`POST /api/documents/${documentId}/threads`, { as: dina, body: said })
  expect(opened.status).toBe(201)
  const { id: threadId, comments } = await opened.json()
  const commentId = comments[0].id
  const thread = `/api/documents/${documentId}/threads/${threadId}`
  const reworded = { as: dina, body: { body: `¿Y ${quote}?` } }
  expect((await world.ask(`PATCH ${thread}/comments/${commentId}`, reworded)).status).toBe(200)
  const resolved = { as: cora, body: { reason: `Es ${quote}` } }
  expect((await world.ask(`POST ${thread}/resolve`, resolved)).status).toBe(200)
  // Somebody brings them, and is answered with them.
  const idea = { key: 'key-of-the-input', channel: 'paper', words: `Lo pide ${quote}.`, place: `Casa de ${quote}` }
  const inputs = [{ ...idea, documentId, from: { name: quote, display: 'name' }, consent: true }]
  const brought = await world.ask(`POST /api/plans/${planId}/inputs`, { as: fina, body: { inputs } })
  const inputId = (await brought.json()).items[0].id
  const reason = { after: 0, outcome: 'not_adopted', reason: `Ya lo tiene ${quote}` }
  const answered = await world.ask(`POST /api/plans/${planId}/inputs/${inputId}/answers`, { as: cora, body: reason })
  expect(answered.status).toBe(201)
  // Somebody says that they came from there.
  const linked = { as: cora, body: { documentId, ids } }
  expect((await world.ask(`POST /api/plans/${planId}/inputs/${inputId}/links`, linked)).status).toBe(201)
  // A group does not agree with them.
  const reserved = { key: 'key-of-the-dissent', field: 'problem', ids, position: `Sobra ${quote}` }
  expect((await world.ask(`POST /api/documents/${documentId}/dissents`, { as: cora, body: reserved })).status).toBe(201)
  // Somebody proposes to change them, says so, and is told why not.
  const words = { target: 'words', field: 'problem', ids, before: [{ type: 'text', text: quote }], after: [] }
  const proposed = { key: 'key-of-the-proposal', note: `Sin ${quote}`, hunks: [words] }
  const proposal = await world.ask(`POST /api/documents/${documentId}/proposals`, { as: dina, body: proposed })
  expect(proposal.status).toBe(201)
  const rejecting = { as: cora, body: { reason: `Es ${quote}` } }
  const { id: proposalId } = await proposal.json()
  const path = `/api/documents/${documentId}/proposals/${proposalId}/reject`
  expect((await world.ask(`POST ${path}`, rejecting)).status).toBe(200)
  const { code } = await (await world.ask(`POST /api/documents/${documentId}/receipts`, { as: dina })).json()
  // The text is approved, endorsed, reported on and assessed, with these words each time.
  const told = async (as: string, key: string, body: object) => {
    const answer = await world.ask(key, { as, body })
    expect([key, answer.status]).toEqual([key, 201])
    return answer.json()
  }
  const [mayor, aval, moni] = [
    await world.cookieOf(people.mayor),
    await world.cookieOf(people.aval),
    await world.cookieOf(people.moni),
  ]
  const here = `/api/documents/${documentId}`
  await told(dina, `POST ${here}/steps`, { act: 'review', from: 'drafting' })
  const passing = { act: 'propose_unconsulted', from: 'review', reason: `Lo sabe ${quote}` }
  await told(cora, `POST ${here}/steps`, passing)
  const { id: finalId, contentHash } = await told(cora, `POST ${here}/versions`, { name: 'Final' })
  const final = { versionId: finalId, contentHash }
  const standing = await told(dina, `POST ${here}/approvals`, final)
  for (const as of [mayor, aval])
    await told(as, `POST ${here}/approvals/${standing.requests[0].id}/decisions`, { contentHash, verdict: 'approve' })
  await told(cora, `POST ${here}/steps`, { act: 'submit', from: 'approved' })
  await told(cora, `POST ${here}/steps`, { act: 'implement', from: 'submitted' })
  await told(cora, `POST ${here}/progress/reports`, {
    ...{ key: 'key-of-the-report', versionId: finalId, milestone: 1, status: 'delayed', day: '2026-07-01' },
    ...{ words: `Falta ${quote}`, link: `https://chepo.example.org/${encodeURIComponent(quote)}` },
  })
  await told(moni, `POST ${here}/progress/assessments`, { level: 'limited', reason: `No vino ${quote}` })
  const endorsed = await told(aval, `POST /api/plans/${planId}/endorsements`, {
    ...{ key: 'key-of-the-endorsement', name: 'Pedro Ruiz', office: 'Socio', organisation: 'Kernel', texts: [final] },
  })
  const withdrawal = `POST /api/plans/${planId}/endorsements/${endorsed.endorsements[0].id}/withdrawal`
  await told(aval, withdrawal, { reason: `Por ${quote}` })
  // As of a comment of the public: that one came by a page makes no difference here.
  const ruling = { inputId, number: 1, planId, verdict: 'hidden', reason: `Nombra a ${quote}`, entry: 1 }
  await database.db
    .insertInto('inputModeration')
    .values({ ...ruling, salt: Buffer.alloc(32), byId: people.fina.userId })
    .execute()
  const { headSeq: rows } = await database.db
    .selectFrom('document')
    .select('headSeq')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow()
  await createKeeper(database.db, { ...keeperLimits, renew: 1 }).at(documentId, rows)
  await world.recorder.catchUp()
  const entriesNow = async () =>
    (
      await sql<{ last: number }>`select max(seq)::int as last from record_entry where plan_id = ${planId}`.execute(
        database.db,
      )
    ).rows[0]?.last ?? 0

  const walked = async () => ({
    as: [cora, dina],
    ...{
      planId,
      documentId,
      versionId,
      draftId,
      threadId,
      commentId,
      inputId,
      rows,
      code,
      entries: await entriesNow(),
    },
  })
  // Where text is kept: what is missing here is not seen below.
  expect(await columnsWithWords()).toEqual([
    'comment_wording.body',
    'commitment_step.reason',
    'completion_assessment.reason',
    'dissent.position',
    'dissent.quote',
    'document.title',
    'document_authorship.state',
    'document_draft.bytes',
    'document_snapshot.state',
    'document_update.bytes',
    'endorsement.withdrawnReason',
    'input.place',
    'input.words',
    'input_answer.reason',
    'input_link.quote',
    'input_moderation.reason',
    'input_person.name',
    'milestone_report.link',
    'milestone_report.words',
    'proposal.note',
    'proposal_hunk.before',
    'proposal_step.reason',
    'record_payload.payload',
    'thread.quote',
    'thread_comment.body',
    'thread_step.reason',
    'version.content',
    'version.html',
    'version.name',
    'version.note',
  ])
  expect(await addressesWithWords(await walked())).toMatchInlineSnapshot(`
    [
      "GET /api/documents/:documentId",
      "GET /api/documents/:documentId/at/:seq",
      "GET /api/documents/:documentId/authorship",
      "GET /api/documents/:documentId/authorship/deleted",
      "GET /api/documents/:documentId/authorship/marks",
      "GET /api/documents/:documentId/dissents",
      "GET /api/documents/:documentId/drafts/:draftId",
      "GET /api/documents/:documentId/passages",
      "GET /api/documents/:documentId/progress",
      "GET /api/documents/:documentId/proposals",
      "GET /api/documents/:documentId/standing",
      "GET /api/documents/:documentId/threads",
      "GET /api/documents/:documentId/threads/:threadId/comments/:commentId/wordings",
      "GET /api/documents/:documentId/threads/places",
      "GET /api/documents/:documentId/versions",
      "GET /api/documents/:documentId/versions/:versionId",
      "GET /api/documents/:documentId/versions/:versionId/diff",
      "GET /api/plans/:planId",
      "GET /api/plans/:planId/authorship",
      "GET /api/plans/:planId/endorsements",
      "GET /api/plans/:planId/inputs",
      "GET /api/plans/:planId/inputs/:inputId",
      "GET /api/plans/:planId/inputs/:inputId/passages",
      "GET /api/plans/:planId/inputs/coverage",
      "GET /api/plans/:planId/news",
      "GET /api/plans/:planId/news/digest",
      "GET /api/plans/:planId/record",
      "GET /api/plans/:planId/record/entries/:seq",
      "GET /api/profile/export",
      "authorship of the past",
      "bundle",
      "receipt",
    ]
  `)

  const body = { documentId, quote, basis: 'Ley 81 de 2019', reason: 'Lo pidió.' }
  const { id } = await (await world.ask(`POST /api/plans/${planId}/redactions`, { as: fina, body })).json()
  const approved = await world.ask(`POST /api/plans/${planId}/redactions/${id}/approve`, { as: cora, body: {} })
  expect(approved.status).toBe(200)
  // At once, when the bundle of a moment ago is still at hand, and once the entry is signed.
  expect((await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: cora })).status).toBe(503)
  expect(await columnsWithWords()).toEqual([])
  expect(await addressesWithWords(await walked())).toEqual([])
  await world.recorder.catchUp()
  expect(await addressesWithWords(await walked())).toEqual([])
  const bundle = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: cora })
  expect(bundle.status).toBe(200)
  expect((await verifyBundle(new Uint8Array(await bundle.arrayBuffer()))).exitCode).toBe(0)
  // Nobody can try out guesses on what the record holds of them.
  const { milestones, assessments } = await (await world.ask(`GET ${here}/progress`, { as: cora })).json()
  const gone = filler.repeat(quote.length)
  expect(milestones[0].reports).toMatchObject([{ words: `Falta ${gone}`, link: null, salt: null }])
  expect(assessments).toMatchObject([{ reason: `No vino ${gone}`, salt: null }])
}, 180_000)

test('[RC95] with words of the plan’s own text go those of why the plan was moved, and letters withdrawn', async () => {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', fina: 'facilitator', dina: 'drafter' })
  await givePlansTexts({ db: database.db, insertDocument })
  const [cora, fina] = [await world.cookieOf(people.cora), await world.cookieOf(people.fina)]
  const plan = `/api/plans/${planId}`
  const ask = async (as: string, key: string, body?: object) => {
    const answer = await world.ask(key, { as, ...(body && { body }) })
    expect([key, answer.status < 300]).toEqual([key, true])
    return answer.json()
  }
  const { documentId } = await ask(cora, `GET ${plan}/document`)
  const device = await sitDown(world.rooms, documentId, people.dina)
  typeInto(device.doc, 'vision', `Puertas abiertas en casa de ${quote}.`)
  await device.saved()
  device.leave()
  await ask(cora, `POST ${plan}/steps`, { act: 'announce', from: 'planning' })
  await ask(cora, `POST ${plan}/steps`, { act: 'replan', from: 'outreach', reason: `Lo pidió ${quote}` })
  const form = new FormData()
  form.append('file', new File(['%PDF-1.4\n% apoyo\ntrailer << >>\n%%EOF\n'], 'carta.pdf'))
  const kept = await world.app.request(
    `${plan}/letters?side=partner&organisation=Kernel`,
    { method: 'POST', headers: { origin: testOrigin, cookie: cora }, body: form },
    { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
  )
  expect(kept.status).toBe(201)
  await ask(cora, `POST ${plan}/letters/1/withdrawal`, { reason: `Tiene los datos de ${quote}` })
  const both = ['letter.withdrawnReason', 'plan_step.reason']
  expect(await columnsWithWords()).toEqual(expect.arrayContaining(both))

  const body = { documentId, quote, basis: 'Ley 81 de 2019', reason: 'Lo pidió.' }
  const { id } = await ask(fina, `POST ${plan}/redactions`, body)
  await ask(cora, `POST ${plan}/redactions/${id}/approve`, {})
  expect(await columnsWithWords()).toEqual([])
  const { steps } = await ask(cora, `GET ${plan}/standing`)
  expect(steps.at(-1)).toMatchObject({ reason: `Lo pidió ${filler.repeat(quote.length)}`, salt: null })
  await world.recorder.catchUp()
  const bundle = await world.ask(`GET ${plan}/record/bundle`, { as: cora })
  expect((await verifyBundle(new Uint8Array(await bundle.arrayBuffer()))).exitCode).toBe(0)
}, 60_000)
