/**
 * A plan from nothing to what anybody checks: founded on an empty database, its people brought in by their links, written in
 * the rooms, consulted, answered, approved by both sides with the mayor's passkey, endorsed, submitted and published; and then
 * its evidence, from the file alone. Each role does its own part over HTTP. How each step may go wrong is shown elsewhere.
 */
import { consentText } from '@cabildo/protocol/consent'
import type { Role } from '@cabildo/protocol/http/common'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { createAuthenticator } from '@cabildo/testkit/authenticator'
import { type Browser, createBrowser } from '@cabildo/testkit/browser'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { takeSeat } from '@cabildo/testkit/room-seat'
import { askSecondVerifier } from '@cabildo/testkit/second-verifier'
import { type TestApp, testOrigin, testSigner } from '@cabildo/testkit/test-app'
import { createRebuilding } from '@cabildo/verify/rebuild'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { foundPlan } from './auth/links/founding/service.ts'
import { newId } from './db/ids.ts'
import { createAccessReader } from './people/access.ts'
import { insertDocument } from './rooms/adapters/new-document.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const password = 'tres lagartijas sin orden'

/** Somebody at a browser of their own, and the session that it has now. */
interface Visitor {
  browser: Browser
  userId: string
}

/** Asks for something and expects that it is done. */
async function done({ browser }: Visitor, key: string, body?: object) {
  const { status, body: told } = await browser.ask(key, body)
  expect([key, status < 300 ? 'done' : told]).toEqual([key, 'done'])
  return told
}

/** Comes in by a one-time link, as a new account. */
async function comeIn(url: string, email: string): Promise<Visitor> {
  const browser = createBrowser(world)
  const use = { token: url.split('#')[1], password, email, consent: consentText.version }
  const { status, body } = await browser.ask('POST /api/links/use', use)
  expect(status, JSON.stringify(body)).toBe(200)
  return { browser, userId: body.user.id }
}

/** Writes in the room of a document, with the rights of the moment, and comes back when it is stored. */
async function write({ browser, userId }: Visitor, documentId: string, field: string, words: string) {
  const { id: sessionId } = await database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .orderBy('createdAt', 'desc')
    .select('id')
    .executeTakeFirstOrThrow()
  const access = createAccessReader(database.db)
  const seat = await takeSeat(world.rooms, access, { userId, sessionId }, documentId, { edits: true })
  await expect.poll(() => seat.doc.store.clients.size).toBeGreaterThan(0)
  seat.write((doc) => {
    const text = textOf(doc, field)
    text.insert(text.length, words)
  })
  const stored = async () => JSON.stringify((await browser.ask(`GET /api/documents/${documentId}`)).body)
  await expect.poll(stored).toContain(words)
  seat.leave()
}

test('a plan comes from nothing to a published text that both sides approved, and its evidence is checked offline', async () => {
  const slug = 'torti'
  const { link } = await foundPlan(
    { db: database.db, baseUrl: testOrigin, insertDocument },
    { slug, title: 'Plan de acción de Tortí', place: 'Tortí, Panamá', name: 'Marta', email: 'marta@example.test' },
  )
  const marta = await comeIn(link?.url ?? '', 'marta@example.test')
  const plan = `/api/plans/${slug}`

  // Both sides come in, each with a group of theirs.
  const group = async (name: string, sector: string, kind: string): Promise<string> =>
    (await done(marta, `POST ${plan}/groups`, { name, sector, kind })).id
  const office = await group('Despacho de la alcaldía', 'government', 'government_office')
  const civil = await group('Kernel Community', 'civil_society', 'civil_society')
  const bring = async (name: string, role: Role, groupId: string) => {
    const { items } = await done(marta, `POST ${plan}/invitations`, { people: [{ name, role, groupId }] })
    return comeIn(items[0].link.url, `${name.toLowerCase()}@example.test`)
  }
  const yadira = await bring('Yadira', 'drafter', civil)
  const noris = await bring('Noris', 'reviewer', civil)
  const elda = await bring('Elda', 'approver', office)
  const tomas = await bring('Tomas', 'endorser', civil)
  const movePlan = (by: Visitor, act: string, from: string, reason?: string) =>
    done(by, `POST ${plan}/steps`, { act, from, reason })

  // Announced, met, gathered.
  expect((await createBrowser(world).ask(`GET /p/${slug}`)).status).toBe(404)
  await movePlan(marta, 'announce', 'planning')
  await movePlan(marta, 'gather', 'outreach')
  const meeting = await done(marta, `POST ${plan}/meetings`, {
    ...{ key: newId(), title: 'Reunión de Tortí', heldOn: '2026-03-28', mode: 'in_person' },
    ...{ place: 'Escuela', isPublic: true },
  })
  await done(marta, `POST ${plan}/meetings/${meeting.id}/state`, { after: meeting.revision, state: 'held' })
  await done(marta, `POST ${plan}/inputs`, {
    inputs: [
      {
        ...{ key: newId(), channel: 'meeting', words: 'Que haya agua todo el año.', consent: true },
        ...{ from: { groupId: civil }, meetingId: meeting.id },
      },
    ],
  })
  await movePlan(marta, 'draft', 'gathering', 'Ya opinaron todos los sectores.')

  // Written by the drafter and, in a workshop, by a guest without an account; somebody who only reads comments.
  const { documentId, number, id: commitmentId } = await done(yadira, `POST ${plan}/commitments`, { title: 'Agua' })
  await write(yadira, documentId, 'summary', 'Se cavarán doce pozos.')
  const { wayIn } = await done(marta, `POST ${plan}/workshops`, {
    ...{ title: 'Taller de Tortí', place: 'Escuela', heldOn: '2026-04-12', tables: ['Mesa 1'] },
    commitmentIds: [commitmentId],
  })
  const phone = createBrowser(world)
  const joined = await phone.ask('POST /api/workshops/join', {
    ...{ code: wayIn.code, name: 'Eulalia', groupId: civil },
    consent: { version: consentText.version, way: 'screen' },
  })
  expect(joined.status, JSON.stringify(joined.body)).toBe(201)
  await write({ browser: phone, userId: joined.body.user.id }, documentId, 'problem', 'En verano no llega el agua.')
  await done(noris, `POST /api/documents/${documentId}/threads`, {
    ...{ key: newId(), kind: 'question', body: '¿Desde cuándo?' },
  })
  const { documentId: textId } = await done(marta, `GET ${plan}/document`)
  await write(yadira, textId, 'vision', 'Un distrito que se gobierna a la vista.')

  // Consulted: somebody without an account or a script says something, which is shown and answered.
  const step = (by: Visitor, act: string, from: string, reason?: string) =>
    done(by, `POST /api/documents/${documentId}/steps`, { act, from, reason })
  await step(yadira, 'review', 'drafting')
  await step(marta, 'consult', 'review')
  await movePlan(marta, 'consult', 'drafting')
  const comment = await world.ask(`POST /p/${slug}/commitments/${number}/comments`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ words: 'Que tengan bomba de mano.', consent: 'yes' }).toString(),
  })
  expect(comment.status).toBe(201)
  const { items: held } = await done(marta, `GET ${plan}/inputs?state=held`)
  await done(marta, `POST ${plan}/inputs/${held[0].id}/moderation`, { verdict: 'shown' })
  await step(marta, 'respond', 'consultation', 'Ya opinaron todos.')
  await movePlan(marta, 'respond', 'consultation', 'Ya opinaron todos.')
  await write(yadira, documentId, 'solution', 'Cada pozo tendrá bomba de mano.')
  const version = await done(yadira, `POST /api/documents/${documentId}/versions`, { name: 'Final' })
  const { items: waiting } = await done(yadira, `GET ${plan}/inputs?state=unanswered`)
  expect(waiting).toHaveLength(2)
  for (const { id } of waiting) {
    const answer = { after: 0, outcome: 'adopted', reason: 'Está en el texto.', documentId, versionId: version.id }
    await done(yadira, `POST ${plan}/inputs/${id}/answers`, answer)
  }
  await step(yadira, 'propose', 'response')
  await movePlan(marta, 'revise', 'response')

  // Approved by both sides on one hash: the mayor's office signs with a passkey.
  const asked = await done(yadira, `POST /api/documents/${documentId}/approvals`, {
    ...{ versionId: version.id, contentHash: version.contentHash },
  })
  const request = `/api/documents/${documentId}/approvals/${asked.requests[0].id}`
  const authenticator = createAuthenticator(testOrigin)
  const made = authenticator.create(await done(elda, 'POST /api/profile/passkeys/options', { password }))
  await done(elda, 'POST /api/profile/passkeys', { label: 'Teléfono', response: made })
  const verdict = { contentHash: version.contentHash, verdict: 'approve', reason: '' }
  const passkey = authenticator.get(await done(elda, `POST ${request}/signing`, verdict))
  await done(elda, `POST ${request}/decisions`, { ...verdict, passkey })
  expect((await done(tomas, `POST ${request}/decisions`, verdict)).state).toBe('approved')

  // Endorsed, submitted, published.
  await done(tomas, `POST ${plan}/endorsements`, {
    ...{ key: newId(), name: 'Tomás', office: 'Vocero', organisation: 'Kernel Community' },
    texts: [{ versionId: version.id, contentHash: version.contentHash }],
  })
  await movePlan(marta, 'propose', 'revision')
  await movePlan(tomas, 'endorse', 'endorsement')
  await movePlan(marta, 'submit', 'approval')
  const text = await done(marta, `POST /api/documents/${textId}/versions`, { name: 'Para publicar' })
  await done(marta, `POST ${plan}/publication`, { versionId: text.id, contentHash: text.contentHash })
  await world.recorder.catchUp()
  const reads = async (path: string) => (await world.ask(`GET /p/${slug}${path}`)).text()
  expect(await reads('')).toContain('Un distrito que se gobierna a la vista.')
  const clause = await reads(`/commitments/${number}`)
  for (const words of ['Se cavarán doce pozos.', 'En verano no llega el agua.', 'Aprobado el'])
    expect(clause).toContain(words)
  for (const words of ['Que tengan bomba de mano.', 'Que haya agua todo el año.', 'Está en el texto.'])
    expect(await reads('/inputs')).toContain(words)
  expect(await reads('/history')).toContain('Reunión de Tortí')

  // From the file alone: every version is built again, and the mayor's signature holds. One other byte, and it does not.
  const pack = await world.ask(`GET ${plan}/exports/evidence.zip`, { as: `sid=${marta.browser.cookie('sid')}` })
  const files = unzipSync(new Uint8Array(await pack.arrayBuffer()))
  expect(strFromU8(files['LEAME.txt'] ?? new Uint8Array())).toContain('registro.zip')
  const bundle = files['registro.zip'] ?? new Uint8Array()
  const trustedKeys = testSigner.verifierKeys.slice(0, 1)
  const verify = (bytes: Uint8Array) => {
    const { rebuild } = createRebuilding()
    return verifyBundle(bytes, { verifiers: nodeVerifiers, trustedKeys, rebuild })
  }
  const sound = await verify(bundle)
  expect([sound.exitCode, sound.findings.map(({ code }) => code)]).toEqual([
    0,
    expect.arrayContaining(['signed-government']),
  ])
  const damaged = Uint8Array.from(bundle)
  const at = damaged.length >> 1
  damaged[at] = (damaged[at] ?? 0) ^ 1
  expect((await verify(damaged)).exitCode).toBe(1)

  const keys = trustedKeys.flatMap((key) => ['--key', key])
  const run = askSecondVerifier(bundle, ...keys)
  if (!run) return
  expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^note: signed-government entry \d+/m)])
  expect(askSecondVerifier(damaged, ...keys)?.status).toBe(1)
}, 60_000)
