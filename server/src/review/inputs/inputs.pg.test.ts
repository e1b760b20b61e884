import type { Input } from '@cabildo/protocol/http/inputs'
import { payloadCommitment } from '@cabildo/record/hash'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import type { TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { eraseByProgram } from '../../privacy/erasing/service.ts'
import { takeOut } from '../../record/redaction/taking-out.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

let keys = 0
const idea = (words: string, more: object = {}) => ({
  ...{ key: `key-of-an-input-${++keys}`, channel: 'paper', words, consent: true },
  ...more,
})
const roles = { cora: 'coordinator', fina: 'facilitator', ana: 'drafter', rev: 'reviewer' } as const

/** A plan with a commitment and a version of it. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, roles)
  const as = {
    cora: await world.cookieOf(people.cora),
    fina: await world.cookieOf(people.fina),
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
  }
  const base = `/api/plans/${planId}/inputs`
  const added = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Parques' } })
  const { documentId } = await added.json()
  const saved = await world.ask(`POST /api/documents/${documentId}/versions`, { as: as.ana, body: { name: 'Uno' } })
  const { id: versionId } = await saved.json()
  const bring = (by: string, ...inputs: object[]) => world.ask(`POST ${base}`, { as: by, body: { inputs } })
  const one = async (by: string, input: object): Promise<string> => (await (await bring(by, input)).json()).items[0].id
  const list = async (query = '', by = as.ana): Promise<Input[]> =>
    (await (await world.ask(`GET ${base}${query}`, { as: by })).json()).items
  const answer = (by: string, id: string, body: object) =>
    world.ask(`POST ${base}/${id}/answers`, { as: by, body: { after: 0, reason: 'Se hará.', ...body } })
  const coverage = async () => (await world.ask(`GET ${base}/coverage`, { as: as.ana })).json()
  return { planId, people, as, base, documentId, versionId, bring, one, list, answer, coverage }
}

test('[IN1] [IN3] [IN12] whoever takes part brings ideas, numbered in the plan; the same keys again write nothing', async () => {
  const { as, bring, list } = await scene()
  const inputs = [idea('Luz en el parque'), idea('Agua en la escuela')]
  const [first, again] = await Promise.all([bring(as.rev, ...inputs), bring(as.rev, ...inputs)])
  expect([first.status, again.status]).toEqual([201, 201])
  expect(await again.json()).toEqual(await first.json())
  expect((await list()).map(({ number, words, own }) => [number, words, own])).toEqual([
    [1, 'Luz en el parque', false],
    [2, 'Agua en la escuela', false],
  ])
  const more = await bring(as.rev, inputs[0] ?? {}, idea('Una biblioteca'))
  expect((await more.json()).items.map(({ number }: Input) => number)).toEqual([1, 3])
  const page = await list('?limit=1')
  expect(page).toHaveLength(1)
})

test('[IN12] under a key that was used before it is told whether what stands there is what was sent now', async () => {
  const { as, bring, list } = await scene()
  const from = { from: { name: 'Elsa Núñez', display: 'name' } }
  const stored = idea('Luz en el parque', { ...from, place: 'Las Margaritas', saidOn: '2026-03-28' })
  const same = async (change: object) => (await (await bring(as.fina, { ...stored, ...change })).json()).items[0].same
  expect(await same({})).toBe(true)
  expect(await same({})).toBe(true)
  for (const change of [
    ...[{ words: 'Luz en la plaza' }, { place: 'La Villa' }, { saidOn: '2026-03-27' }, { channel: 'photo' }],
    ...[{ from: { name: 'Rosa', display: 'name' } }, { from: undefined }],
  ])
    expect(await same(change), JSON.stringify(change)).toBe(false)
  expect((await list()).map(({ words, place }) => [words, place])).toEqual([['Luz en el parque', 'Las Margaritas']])
})

test('[IN3] [IN40] of a list of which some were stored before, the one that cannot be taken is named by its place in it', async () => {
  const { as, bring, list } = await scene()
  const stored = idea('Luz en el parque')
  await bring(as.fina, stored)
  const strange = idea('Una biblioteca', { from: { groupId: 'A'.repeat(22) } })
  const refused = await bring(as.fina, stored, idea('Agua en la escuela'), strange)
  expect(refused.status).toBe(400)
  expect((await refused.json()).errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/inputs/2/from/groupId',
  ])
  expect((await list()).map(({ words }) => words)).toEqual(['Luz en el parque'])
})

test('[IN41] the inputs after a number are listed: the next of a queue, or one by its number', async () => {
  const { as, bring, list, one, answer } = await scene()
  await bring(as.fina, idea('Luz'), idea('Agua'))
  const third = await one(as.fina, idea('Sombra'))
  await bring(as.fina, idea('Bancas'))
  await answer(as.ana, third, { outcome: 'out_of_scope' })
  expect((await list('?above=2&limit=1')).map(({ number }) => number)).toEqual([3])
  expect((await list('?above=2&state=unanswered')).map(({ number }) => number)).toEqual([4])
})

test('[IN4] [IN5] [IN6] a facilitator brings for somebody without an account, who is shown as they wish, named only if they agreed', async () => {
  const { as, people, bring, base, list } = await scene()
  const { groupId } = people.ana
  const from = (display: string) => ({ from: { name: 'Rosa Díaz', display, groupId } })
  expect((await bring(as.rev, idea('Para otra', from('name')))).status).toBe(403)
  const refused = await bring(as.fina, idea('Sin permiso', { ...from('name'), consent: false }))
  expect(refused.status).toBe(400)
  expect((await refused.json()).errors[0].pointer).toBe('/inputs/0/consent')
  const ways = ['name', 'group', 'anonymous'].map((display) => idea(`Idea ${display}`, from(display)))
  const stored = (await (await bring(as.fina, ...ways)).json()).items
  const shown = (await list()).map((input) => [input.from.name, input.from.group?.id ?? null, input.side])
  expect(shown).toEqual([
    ['Rosa Díaz', groupId, 'civil_society'],
    ['', groupId, 'civil_society'],
    ['', null, null],
  ])
  for (const { id } of stored) await world.ask(`DELETE ${base}/${id}/name`, { as: as.cora })
  expect((await list()).map(({ from: { name, group } }) => [name, group === null])).toEqual([
    ['', false],
    ['', false],
    ['', true],
  ])
  expect((await sql`select from input_person where name = 'Rosa Díaz'`.execute(database.db)).rows).toEqual([])
})

test('[IN13] what says much the same is pointed out, before it is stored and after', async () => {
  const { as, base, bring, one } = await scene()
  await one(as.rev, idea('Más luz en el parque central'))
  const words = ['LUZ, mas luz en el parque', 'Un puente']
  const asked = await world.ask(`POST ${base}/alike`, { as: as.fina, body: { words } })
  expect((await asked.json()).items).toMatchObject([{ alike: [{ number: 1, share: 75 }] }, { alike: [] }])
  const stored = await (await bring(as.fina, idea(words[0] ?? ''), idea('Un puente'))).json()
  expect(stored.items.map(({ alike }: { alike: unknown[] }) => alike.length)).toEqual([1, 0])
})

test('[IN69] what was brought since is pointed out, and what was taken back is not any more', async () => {
  const { as, base, one, list } = await scene()
  const alikeNow = async (words: string) => {
    const asked = await world.ask(`POST ${base}/alike`, { as: as.fina, body: { words: [words] } })
    return (await asked.json()).items[0].alike.map(({ number }: { number: number }) => number)
  }
  expect(await alikeNow('Más luz en el parque')).toEqual([])
  const id = await one(as.rev, idea('Más luz en el parque central'))
  expect(await alikeNow('Más luz en el parque')).toEqual([1])
  await one(as.rev, idea('Más luz en el parque'))
  expect(await alikeNow('Más luz en el parque')).toEqual([2, 1])
  expect((await world.ask(`DELETE ${base}/${id}`, { as: as.rev })).status).toBe(200)
  expect(await alikeNow('Más luz en el parque')).toEqual([2])
  expect((await list())[0]?.words).toBe('')
})

test('[IN20] [IN21] [IN22] an answer has a reason, and the version that shows it; each is kept, the last is in force, and of two at once one is told', async () => {
  const { as, base, documentId, versionId, one, answer, list } = await scene()
  const id = await one(as.rev, idea('Luz'))
  expect((await answer(as.rev, id, { outcome: 'not_adopted' })).status).toBe(403)
  expect((await answer(as.fina, id, { outcome: 'not_adopted' })).status).toBe(403)
  const bare = await answer(as.ana, id, { outcome: 'adopted' })
  expect((await bare.json()).errors[0].pointer).toBe('/versionId')
  expect((await answer(as.ana, id, { outcome: 'not_adopted', reason: ' ' })).status).toBe(400)
  const both = await Promise.all([
    answer(as.ana, id, { outcome: 'not_adopted', reason: 'No alcanza.' }),
    answer(as.cora, id, { outcome: 'out_of_scope', reason: 'Es del país.' }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const later = await answer(as.ana, id, { after: 1, outcome: 'adopted', documentId, versionId })
  expect(later.status).toBe(201)
  const [input] = await list()
  expect(
    input?.answers.map(({ number, outcome, version }) => [number, outcome, version?.number ?? null]),
  ).toMatchObject([
    [1, expect.any(String), null],
    [2, 'adopted', 1],
  ])
  const elsewhere = await scene()
  const foreign = { documentId: elsewhere.documentId, versionId: elsewhere.versionId }
  expect((await answer(as.ana, id, { after: 2, outcome: 'adopted', ...foreign })).status).toBe(400)
  expect((await world.ask(`GET ${elsewhere.base}/${id}`, { as: elsewhere.as.ana })).status).toBe(404)
  expect((await world.ask(`GET ${base}/${id}`, { as: elsewhere.as.ana })).status).toBe(404)
})

test('[IN23] inputs are merged into one that is not merged itself, so that no circle comes about, also at once', async () => {
  const { as, one, answer } = await scene()
  const [a, b] = [await one(as.rev, idea('Luz')), await one(as.rev, idea('Más luz'))]
  expect((await answer(as.ana, a, { outcome: 'merged', mergedInto: a })).status).toBe(400)
  expect((await answer(as.ana, a, { outcome: 'merged' })).status).toBe(400)
  const merges = await Promise.all([
    answer(as.ana, a, { outcome: 'merged', mergedInto: b }),
    answer(as.cora, b, { outcome: 'merged', mergedInto: a }),
  ])
  expect(merges.map(({ status }) => status).sort()).toEqual([201, 400])
})

test('[IN24] [IN25] [IN26] coverage is told for plan and commitment; a coordinator alone sets what is promised; late is late', async () => {
  const { planId, as, base, documentId, one, answer, coverage, list } = await scene()
  expect(await coverage()).toMatchObject({ total: 0, share: 100, reached: true, answeredShare: 100 })
  const ids = [
    await one(as.rev, idea('Luz', { documentId })),
    await one(as.rev, idea('Agua')),
    await one(as.rev, idea('Pan')),
  ]
  await answer(as.ana, ids[0] ?? '', { outcome: 'not_adopted' })
  await answer(as.ana, ids[1] ?? '', { outcome: 'out_of_scope' })
  expect(await coverage()).toMatchObject({
    ...{ total: 3, answered: 2, share: 66, reached: false },
    outcomes: { not_adopted: 1, out_of_scope: 1, adopted: 0 },
    commitments: [{ documentId, total: 1, answered: 1, share: 100, reached: true }],
  })
  const promised = { answeredShare: 60, answerDays: 5 }
  expect((await world.ask(`PUT ${base}/promise`, { as: as.ana, body: promised })).status).toBe(403)
  const set = await world.ask(`PUT ${base}/promise`, { as: as.cora, body: promised })
  expect(await set.json()).toMatchObject({ ...promised, reached: true })
  await sql`update input set brought_at = brought_at - interval '7 days' where plan_id = ${planId}`.execute(database.db)
  expect((await list('?state=overdue')).map(({ words }) => words)).toEqual(['Pan'])
  expect((await list('?state=unanswered')).map(({ words }) => words)).toEqual(['Pan'])
  expect((await list('?outcome=out_of_scope')).map(({ words }) => words)).toEqual(['Agua'])
  expect(await coverage()).toMatchObject({ overdue: 1 })
  // Brought in the evening of the 27th, where it is five hours earlier than in Greenwich.
  await sql`update input set brought_at = '2026-03-28T01:00:00Z' where plan_id = ${planId}`.execute(database.db)
  expect((await list('?state=overdue')).map(({ dueOn }) => dueOn)).toEqual(['2026-04-01'])
})

test('[IN30] provenance: from a field to the inputs behind it, and from an input to its commitment, field and version', async () => {
  const { as, base, documentId, versionId, one, list } = await scene()
  const id = await one(as.rev, idea('Luz'))
  const link = (by: string, body: object) => world.ask(`POST ${base}/${id}/links`, { as: by, body })
  expect((await link(as.rev, { documentId })).status).toBe(403)
  expect((await link(as.ana, { documentId, field: 'nada' })).status).toBe(400)
  const linked: Input = await (await link(as.ana, { documentId, field: 'solution', versionId })).json()
  await link(as.ana, { documentId, field: 'solution', versionId })
  expect(linked.links).toMatchObject([
    { number: 1, document: { id: documentId }, field: 'solution', version: { number: 1 } },
  ])
  expect(await list(`?documentId=${documentId}&field=solution`)).toHaveLength(1)
  expect(await list(`?documentId=${documentId}&field=problem`)).toEqual([])
  await world.ask(`DELETE ${base}/${id}/links/1`, { as: as.ana })
  expect(await list(`?documentId=${documentId}`)).toEqual([])
})

test('[IN7] [IN27] the record tells each act with salted hashes, and neither words nor reasons nor names', async () => {
  const { planId, people, as, one, answer, list } = await scene()
  const id = await one(as.fina, idea('Luz secreta', { from: { name: 'Zoraida', groupId: people.ana.groupId } }))
  await answer(as.ana, id, { outcome: 'not_adopted', reason: 'Razón secreta' })
  const { rows } = await sql<{ type: string; payload: string }>`
    select e.type, p.payload from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.type in ('contribution', 'answer') order by e.seq`.execute(database.db)
  const [input] = await list()
  const hash = (salt: string | null | undefined, text: string) =>
    payloadCommitment(Buffer.from(salt ?? '', 'hex'), text)
  expect(rows.map(({ payload }) => JSON.parse(payload))).toMatchObject([
    { kind: 'input', act: 'brought', input: 1, text: hash(input?.salt, 'Luz secreta') },
    { input: 1, answer: 1, outcome: 'not_adopted', reason: hash(input?.answers[0]?.salt, 'Razón secreta') },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/secreta|Zoraida/)
})

test('[IN8] [IN9] what was taken back or brought by somebody who was erased has no words any more, and its answer stays', async () => {
  const { people, as, base, one, answer, list, coverage } = await scene()
  const [own, theirs] = [await one(as.rev, idea('Esto lo retiro')), await one(as.rev, idea('Palabras de Zoraida'))]
  await answer(as.ana, theirs, { outcome: 'not_adopted', reason: 'No alcanza.' })
  expect((await world.ask(`DELETE ${base}/${own}`, { as: as.ana })).status).toBe(403)
  expect((await world.ask(`DELETE ${base}/${own}`, { as: as.rev })).status).toBe(200)
  await eraseByProgram(erasingWith(database.db), people.rev.userId)
  const inputs = await list()
  expect(inputs.map(({ words, salt, from }) => [words, salt, from.name])).toEqual([
    ['', null, ''],
    ['', null, ''],
  ])
  expect(inputs[1]?.answers).toMatchObject([{ reason: 'No alcanza.' }])
  expect(await coverage()).toMatchObject({ total: 0 })
  const { rows } =
    await sql`select from input where words <> '' and plan_id = (select plan_id from input where id = ${own})`.execute(
      database.db,
    )
  expect(rows).toEqual([])
})

test('[IN10] words that are taken out of a text go from the inputs that have to do with it, and from their answers', async () => {
  const { planId, people, as, documentId, one, answer, list } = await scene()
  const { userId, sessionId, groupId } = people.ana
  await world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, (doc) => {
    const paragraph = doc.getXmlFragment('problem').get(0) as Y.XmlElement
    ;(paragraph.get(0) as Y.XmlText).insert(0, 'Vive aquí Ana Paz.')
  })
  const id = await one(as.rev, idea('Es por Ana Paz', { documentId, place: 'Casa de Ana Paz' }))
  await answer(as.ana, id, { outcome: 'not_adopted', reason: 'Ana Paz ya lo sabe' })
  const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
  const wish = { planId, documentId, quote: 'Ana Paz', ranges: [], basis: 'Ley 81 de 2019', askedBy, approvedBy }
  await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  const [input] = await list()
  expect(input).toMatchObject({ salt: null, answers: [{ salt: null }] })
  expect(JSON.stringify(input)).not.toContain('Ana Paz')
})

test('[IN14] a guest of a workshop brings, reads their own alone, and says nothing once muted', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const workshop = await village.open()
  const { phone, userId } = await village.join(workshop.way, 'Luz')
  const base = `/api/plans/${village.planId}/inputs`
  await world.ask(`POST ${base}`, { as: village.as.carla, body: { inputs: [idea('De otra persona')] } })
  expect((await phone.ask(`POST ${base}`, { inputs: [idea('Falta el agua')] })).status).toBe(201)
  const { items } = await (await phone.ask(`GET ${base}`)).json()
  expect(items.map(({ words }: Input) => words)).toEqual(['Falta el agua'])
  expect((await phone.ask(`GET ${base}/coverage`)).status).toBe(403)
  expect((await phone.ask(`GET ${base}/matrix.csv`)).status).toBe(403)
  const participant = `/api/plans/${village.planId}/workshops/${workshop.id}/participants/${userId}`
  await world.ask(`PATCH ${participant}`, { as: village.as.carla, body: { muted: true } })
  expect((await phone.ask(`POST ${base}`, { inputs: [idea('Y el gas')] })).status).toBe(403)
})

test('[IN28] the matrix opens in a spreadsheet and runs nothing there', async () => {
  const { as, base, one } = await scene()
  for (const words of ['=1+1', '+1', '-1', '@SUM(A1)', 'Con "comillas", comas\ny líneas', 'Una línea\ny otra'])
    await one(as.rev, idea(words))
  const response = await world.ask(`GET ${base}/matrix.csv`, { as: as.ana })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const text = bytes.toString('utf8')
  for (const cell of ["'=1+1", "'+1", "'-1", "'@SUM(A1)"]) expect(text).toContain(`,${cell},`)
  expect(text).toContain('"Con ""comillas"", comas\ny líneas"')
  expect(text).toContain(',"Una línea\ny otra",')
  expect(text).toContain('\r\n')
})

test('[IN28] [IN66] an answer whose version is of a commitment that the input is not linked with names it in the matrix', async () => {
  const { as, base, documentId, versionId, one, answer } = await scene()
  const adopted = { outcome: 'adopted', documentId, versionId }
  expect((await answer(as.ana, await one(as.rev, idea('Sin enlace')), adopted)).status).toBe(201)
  expect((await answer(as.ana, await one(as.rev, idea('Con enlace', { documentId })), adopted)).status).toBe(201)
  const text = await (await world.ask(`GET ${base}/matrix.csv`, { as: as.ana })).text()
  expect(text).toContain(',Sin enlace,1. Parques,Adoptado,')
  expect(text).toContain(',Con enlace,1. Parques,Adoptado,')
})

test('[IN29] who brought or typed an input takes a code, which shows the answer without an account', async () => {
  const { as, base, one, answer } = await scene()
  const id = await one(as.fina, idea('Luz en el parque', { from: { name: 'Rosa Díaz' } }))
  expect((await world.ask(`POST ${base}/${id}/receipts`, { as: as.ana })).status).toBe(403)
  const taken = await (await world.ask(`POST ${base}/${id}/receipts`, { as: as.fina })).json()
  expect(await (await world.ask(`POST ${base}/${id}/receipts`, { as: as.fina })).json()).toEqual(taken)
  await answer(as.ana, id, { outcome: 'not_adopted', reason: 'No alcanza.' })
  const read = await (await world.ask('POST /api/receipts/look', { body: { code: taken.code } })).json()
  expect(read).toMatchObject({
    ...{ document: null, became: null },
    input: {
      number: 1,
      words: 'Luz en el parque',
      language: 'es',
      answers: [{ outcome: 'not_adopted', reason: 'No alcanza.' }],
    },
  })
  expect(JSON.stringify(read)).not.toContain('Rosa')
})

test('[IN11] a comment becomes an input of its author, once', async () => {
  const { as, documentId, people, list } = await scene()
  const threads = `/api/documents/${documentId}/threads`
  const said = {
    key: 'key-of-a-comment-1',
    kind: 'comment',
    field: 'solution',
    body: `Más luz, @[${people.ana.userId}]`,
  }
  const body = { ...said, mentions: [people.ana.userId] }
  const { id } = await (await world.ask(`POST ${threads}`, { as: as.rev, body })).json()
  const make = () => world.ask(`POST ${threads}/${id}/input`, { as: as.ana })
  const made = await Promise.all([make(), make()])
  expect(made.map(({ status }) => status)).toEqual([201, 201])
  expect(await list()).toMatchObject([
    {
      ...{
        words: 'Más luz, @…',
        channel: 'online',
        from: { id: people.rev.userId },
        typedBy: { id: people.ana.userId },
      },
      links: [{ field: 'solution' }],
      thread: { id, number: 1 },
    },
  ])
})
