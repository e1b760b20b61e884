import type { EndorsementList } from '@cabildo/protocol/http/endorsements'
import { canonicalText } from '@cabildo/record/canonical-json'
import { payloadCommitment } from '@cabildo/record/hash'
import { verifyBundle } from '@cabildo/record/verify'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import { eraseAccount } from '../privacy/erasing/store.ts'
import { readEndorsements, readLetter } from './service.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const roles = { cora: 'coordinator', ana: 'drafter', aval: 'endorser', gov: 'endorser', rev: 'reviewer' } as const
type Name = keyof typeof roles

/** The smallest PDF that says what it is. */
const pdf = (words: string) => new TextEncoder().encode(`%PDF-1.4\n% ${words}\ntrailer << >>\n%%EOF\n`)

/** A plan with two commitments that have a version each, and an endorser of the government. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, roles)
  const id = newId()
  await database.db
    .insertInto('stakeholderGroup')
    .values({ id, planId, name: 'Alcaldía', sector: 'government' })
    .execute()
  const { userId } = people.gov
  await database.db.updateTable('member').set({ groupId: id }).where('userId', '=', userId).execute()
  // Filled below, name by name.
  const as = {} as Record<Name, string>
  for (const name of Object.keys(roles) as Name[]) as[name] = await world.cookieOf(people[name])
  for (const title of ['Agua', 'Riego']) {
    const added = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title } })
    const { documentId } = await added.json()
    await world.ask(`POST /api/documents/${documentId}/versions`, { as: as.ana, body: { name: 'Final' } })
  }
  const ask = async (name: Name, key: string, body?: unknown) => {
    const response = await world.ask(key.replace(' ', ` /api/plans/${planId}`), {
      as: as[name],
      ...(body ? { body } : {}),
    })
    return { status: response.status, body: await response.json() }
  }
  const list = async (name: Name = 'rev'): Promise<EndorsementList> => (await ask(name, 'GET /endorsements')).body
  const named = async () =>
    (await list()).texts.map(({ version }) => ({ versionId: version.id, contentHash: version.contentHash }))
  const endorse = async (name: Name, more: object = {}) =>
    ask(name, 'POST /endorsements', {
      ...{ key: newId(), name: 'Pedro Ruiz', office: 'Coordinador', organisation: 'Kernel' },
      ...{ texts: await named(), ...more },
    })
  const keep = async (name: Name, bytes: Uint8Array, side = 'partner') => {
    const form = new FormData()
    form.append('file', new File([Buffer.from(bytes)], 'carta.pdf'))
    const path = `/api/plans/${planId}/letters?side=${side}&organisation=Kernel`
    const response = await world.app.request(
      path,
      { method: 'POST', headers: { origin: testOrigin, cookie: as[name] }, body: form },
      { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
    )
    return { status: response.status, body: await response.json() }
  }
  const entries = async () => {
    const { rows } = await sql<{ seq: number; payload: string; body: string }>`
      select e.seq, p.payload, e.body from record_entry e
      join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
      where e.plan_id = ${planId} and e.type = 'endorsement' order by e.seq`.execute(database.db)
    return rows.map(({ payload, body, seq }) => ({ seq, ...JSON.parse(payload), refs: JSON.parse(body).refs }))
  }
  return { planId, people, as, ask, list, named, endorse, keep, entries }
}

test('[ED1] [ED2] [ED3] [ED5] a group endorses exact texts, once for a key, and withdraws that with a reason; all of it is entered', async () => {
  const { endorse, list, named, ask, entries, planId } = await scene()
  const key = newId()
  const [first, again] = await Promise.all([endorse('aval', { key }), endorse('aval', { key })])
  expect([first.status, again.status]).toEqual([201, 201])
  const [given, ...more] = (await list()).endorsements
  expect(more).toEqual([])
  expect(given).toMatchObject({
    ...{ number: 1, name: 'Pedro Ruiz', office: 'Coordinador', organisation: 'Kernel', withdrawn: null },
    ...{
      texts: [
        { number: 1, title: 'Agua' },
        { number: 2, title: 'Riego' },
      ],
      may: { withdraw: false },
    },
  })
  const told = { name: 'Pedro Ruiz', office: 'Coordinador', organisation: 'Kernel' }
  const salt = Buffer.from(given?.salt ?? '', 'hex')
  expect(await entries()).toMatchObject([
    {
      ...{ seq: given?.entry, kind: 'given', endorsement: 1, who: payloadCommitment(salt, canonicalText(told)) },
      texts: (await named()).map(({ contentHash }) => ({ sha256: contentHash })),
    },
  ])

  const withdrawal = `POST /endorsements/${given?.id}/withdrawal`
  expect((await ask('cora', withdrawal, { reason: 'No' })).status).toBe(403)
  expect((await ask('aval', withdrawal, { reason: ' ' })).body.errors[0].pointer).toBe('/reason')
  expect((await ask('aval', withdrawal, { reason: 'Era otra versión' })).status).toBe(201)
  expect((await ask('aval', withdrawal, { reason: 'Otra vez' })).body.code).toBe('conflict')
  expect((await list()).endorsements[0]?.withdrawn).toMatchObject({ reason: 'Era otra versión' })
  expect((await entries()).at(-1)).toMatchObject({ kind: 'withdrawn', endorsement: 1, refs: [given?.entry] })
  expect((await readEndorsements(database.db, planId)).endorsements).toEqual([])
})

test('[PR5] who withdrew what somebody else of the group gave takes along the reason, not who that was', async () => {
  const { endorse, list, ask, as, people } = await scene()
  await endorse('aval')
  const { groupId } = people.aval
  const [{ id }, { userId }] = [(await list()).endorsements[0] ?? { id: '' }, people.rev]
  await database.db.updateTable('member').set({ role: 'endorser', groupId }).where('userId', '=', userId).execute()
  expect((await ask('rev', `POST /endorsements/${id}/withdrawal`, { reason: 'Era otra versión' })).status).toBe(201)
  const exported = async (name: Name) =>
    (await (await world.ask('GET /api/profile/export', { as: as[name] })).json()).endorsements
  const of = { number: 1, organisation: 'Kernel' }
  expect(await exported('rev')).toMatchObject([{ ...of, name: null, office: null, reason: 'Era otra versión' }])
  expect(await exported('aval')).toMatchObject([{ ...of, name: 'Pedro Ruiz', office: 'Coordinador', reason: null }])
})

test('[ED1] [ED2] nobody of the government endorses, nor anybody of another role, nor a text that reads otherwise', async () => {
  const { endorse, named, list, ask } = await scene()
  expect((await list('gov')).may.endorseFor).toBeNull()
  for (const name of ['gov', 'cora', 'ana'] as const) expect((await endorse(name)).status).toBe(403)
  const [one, other] = await named()
  const foreign = await (await scene()).named()
  expect((await endorse('aval', { texts: [{ ...one, contentHash: other?.contentHash }] })).body.code).toBe(
    'stale_version',
  )
  expect((await endorse('aval', { texts: [one, foreign[0]] })).body.errors[0].pointer).toBe('/texts/1/versionId')
  expect((await endorse('aval', { texts: [one, one] })).body.errors[0].pointer).toBe('/texts')
  expect((await ask('aval', `POST /endorsements/${newId()}/withdrawal`, { reason: 'x' })).status).toBe(404)
  expect((await list()).endorsements).toEqual([])
})

test('[ED4] [ED5] letters are looked at, kept once, read, and withdrawn with their bytes', async () => {
  const { keep, ask, list, as, planId, entries } = await scene()
  expect((await keep('ana', pdf('a'))).status).toBe(403)
  expect((await keep('aval', new TextEncoder().encode('Estimados señores:'))).body.errors[0].pointer).toBe('/file')
  expect((await keep('aval', pdf('de la junta'))).status).toBe(201)
  expect((await keep('cora', pdf('de la junta'))).status).toBe(201)
  expect((await keep('cora', pdf('de la alcaldesa'), 'government')).status).toBe(201)
  const { letters } = await list('aval')
  expect(letters.map(({ number, side, may }) => [number, side, may.withdraw])).toEqual([
    [1, 'partner', true],
    [2, 'government', false],
  ])
  const file = await world.ask(`GET /api/plans/${planId}/letters/1`, { as: as.rev })
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="carta-1.pdf"')
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(pdf('de la junta'))
  const salt = Buffer.from(letters[0]?.salt ?? '', 'hex')
  expect((await entries())[0]).toMatchObject({
    ...{ kind: 'letter', letter: 1, side: 'partner', media: 'application/pdf' },
    file: payloadCommitment(salt, letters[0]?.sha256 ?? ''),
  })

  expect((await ask('aval', 'POST /letters/2/withdrawal', { reason: 'No es mía' })).status).toBe(403)
  expect((await ask('cora', 'POST /letters/1/withdrawal', { reason: 'Tenía una cédula' })).status).toBe(201)
  expect((await ask('cora', 'POST /letters/1/withdrawal', { reason: 'Otra vez' })).status).toBe(409)
  expect((await world.ask(`GET /api/plans/${planId}/letters/1`, { as: as.rev })).status).toBe(404)
  expect(await readLetter(database.db, planId, 1)).toBeUndefined()
  expect((await list()).letters[0]).toMatchObject({
    sha256: null,
    salt: null,
    withdrawn: { reason: 'Tenía una cédula' },
  })
  expect((await readEndorsements(database.db, planId)).letters.map(({ number }) => number)).toEqual([2])
})

test('[ED6] [ED7] who is erased leaves the organisation and its texts; strangers read nothing, and the record is sound', async () => {
  const { endorse, list, people, planId, as } = await scene()
  await endorse('aval')
  await database.db.transaction().execute((trx) => eraseAccount(trx, people.aval.userId))
  expect((await list()).endorsements[0]).toMatchObject({ name: '', office: '', organisation: 'Kernel', salt: null })
  const { endorsements } = await readEndorsements(database.db, planId)
  expect(endorsements).toMatchObject([{ name: '', organisation: 'Kernel', texts: [{ number: 1 }, { number: 2 }] }])
  const stranger = (await scene()).as.cora
  expect((await world.ask(`GET /api/plans/${planId}/endorsements`, { as: stranger })).status).toBe(404)
  expect((await world.ask(`GET /api/plans/${planId}/letters/1`, { as: stranger })).status).toBe(404)
  await world.recorder.catchUp()
  const bundle = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: as.cora })
  expect((await verifyBundle(new Uint8Array(await bundle.arrayBuffer()))).exitCode).toBe(0)
})
