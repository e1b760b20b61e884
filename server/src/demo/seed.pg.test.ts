import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { contentOfState } from '@cabildo/schema/content'
import { knownText } from '@cabildo/schema/plan-known'
import { meetingMinutes } from '@cabildo/schema/templates/meeting-minutes'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { planRows } from '@cabildo/schema/templates/ogp-plan'
import { plainText } from '@cabildo/schema/text'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { askSecondVerifier } from '@cabildo/testkit/second-verifier'
import { createTestApp, type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { createRebuilding } from '@cabildo/verify/rebuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPasswords } from '../auth/passwords.ts'
import { createSessions } from '../auth/sessions.ts'
import { readPublicMinutes } from '../meetings/minutes/service.ts'
import { findDifferences } from '../record/audit/service.ts'
import { insertDocument } from '../rooms/adapters/new-document.ts'
import { finalVersion } from './approved.ts'
import { demoMeetings, workshopMeeting } from './meetings/held.ts'
import { demoAddress, demoPassword, otherPlan, people } from './people.ts'
import { afterRound, demoInputs } from './round/inputs.ts'
import { demoProposals, demoThreads } from './round/said.ts'
import { seedDemo, stories } from './seed.ts'

let database: FreshDatabase
let world: TestApp
/** Milliseconds of the processor's time. */
let took: number
let seeded: boolean
const seed = () =>
  seedDemo({
    db: database.db,
    rooms: world.rooms,
    sessions: createSessions(database.db, { secure: false }),
    passwords: createPasswords(),
    insertDocument,
    now: () => new Date(),
  })
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
  const before = process.threadCpuUsage()
  seeded = await seed()
  const { user, system } = process.threadCpuUsage(before)
  took = (user + system) / 1000
})
afterAll(() => database.drop())

async function signIn(key: string): Promise<string> {
  const body = { email: demoAddress(key), password: demoPassword }
  const response = await world.ask('POST /api/session', { body })
  expect(response.status, key).toBe(200)
  return response.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

async function get(path: string, as: string) {
  return (await world.ask(`GET ${path}`, { as })).json()
}

test('an empty database is seeded with five seconds of the processor; one that holds anything is left alone', async () => {
  expect(seeded).toBe(true)
  // Of this thread alone: how long it takes by the clock depends on what else the machine does.
  expect(took).toBeLessThan(5000)
  expect(await seed()).toBe(false)
  const { count } = await database.db
    .selectFrom('plan')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(2)
})

test('the accounts of the contract sign in and have their roles', async () => {
  const roles: Record<string, string> = {}
  for (const { key } of people) roles[key] = (await get('/api/plans/chepo', await signIn(key))).role
  expect(roles).toEqual({
    coordinacion: 'coordinator',
    facilitacion: 'facilitator',
    gobierno: 'drafter',
    sociedad: 'drafter',
    revision: 'reviewer',
    alcaldia: 'approver',
    aval: 'endorser',
    monitoreo: 'monitor',
  })
})

test('the other municipality sees its own plan and nothing of Chepo', async () => {
  const as = await signIn(otherPlan.person.key)
  const { items } = await get('/api/plans', as)
  expect(items.map(({ slug }: { slug: string }) => slug)).toEqual([otherPlan.slug])
  expect((await world.ask('GET /api/plans/chepo', { as })).status).toBe(404)
  expect((await get(`/api/plans/${otherPlan.slug}`, as)).commitments).toHaveLength(1)
})

test('four commitments, numbered, in different states, each marked as invented', async () => {
  const as = await signIn('sociedad')
  const { commitments } = await get('/api/plans/chepo', as)
  expect(commitments.map(({ number, title, state }: Record<string, unknown>) => ({ number, title, state }))).toEqual(
    stories.map(({ title, state }, index) => ({
      ...{ number: index + 1, title },
      state: index === 3 ? 'implementing' : state,
    })),
  )
  for (const { documentId, inside } of commitments) {
    const { content } = await get(`/api/documents/${documentId}`, as)
    expect(plainText({ ...content, fields: { summary: content.fields.summary } })).toContain(
      'inventado para la demostración',
    )
    expect(inside).toEqual([])
  }
})

test('[PD9] the plan has a text of its own that answers every row of the form, marked as invented', async () => {
  const as = await signIn('coordinacion')
  const { documentId, known, monitorContact } = await get('/api/plans/chepo/document', as)
  const { content, kind, template } = await get(`/api/documents/${documentId}`, as)
  expect([kind, template]).toEqual(['plan', 'ogp-plan'])
  expect(plainText(content)).toContain('inventado para la demostración')
  for (const row of planRows) {
    if (row.by === 'field')
      expect(plainText({ ...content, fields: { [row.field]: content.fields[row.field] } })).not.toBe('')
    if (row.by === 'known' && row.known !== 'meetings') expect(knownText(known, row.known), row.known).not.toBe('')
  }
  expect(monitorContact).toContain('inventado')
  expect(known.groups).toHaveLength(20)
  const { items } = await get(`/api/documents/${documentId}/versions`, as)
  expect(items[0].authors.map(({ name }: { name: string }) => name).sort()).toEqual([
    'Iván Castillo',
    'Marta Quintero',
    'Yadira Moreno',
  ])
})

test('every field has a text, with lists, tables and dated milestones, in what the rooms hold', async () => {
  const as = await signIn('gobierno')
  const { commitments } = await get('/api/plans/chepo', as)
  const seen = new Set<string>()
  for (const { documentId } of commitments) {
    const committed = await world.rooms.read(documentId)
    const { fields, facts } = contentOfState(committed?.state ?? new Uint8Array())
    for (const { name } of ogpCommitment.fields) expect(JSON.stringify(fields[name]), name).toContain('"text"')
    for (const [, type] of JSON.stringify(fields).matchAll(/"type":"(\w+)"/g)) seen.add(type ?? '')
    for (const { attrs } of fields.milestones?.content ?? []) {
      expect(attrs).toMatchObject({
        start: expect.any(String),
        due: expect.any(String),
        lead: expect.stringMatching(/./),
      })
    }
    expect(facts).toMatchObject({ leadInstitution: expect.any(String), ogpValues: expect.any(Array) })
  }
  for (const type of ['bulletList', 'orderedList', 'table', 'heading', 'blockquote', 'bold', 'italic', 'milestone']) {
    expect(seen).toContain(type)
  }
})

test('what stands was typed through the rooms by several authors, and is kept in named versions', async () => {
  const as = await signIn('monitoreo')
  const { commitments } = await get('/api/plans/chepo', as)
  for (const [index, { documentId }] of commitments.entries()) {
    const { items } = await get(`/api/documents/${documentId}/history?limit=200`, as)
    const typed = items.filter(({ via }: { via: string }) => via === 'edit')
    const authors = new Set(typed.map(({ author }: { author: { name: string } }) => author.name))
    const expected = new Set(stories[index]?.steps.map(({ by }) => people.find(({ key }) => key === by)?.name))
    expect(authors).toEqual(expected)
    expect(items.filter(({ via }: { via: string }) => via === 'template')).toHaveLength(1)

    const versions = await get(`/api/documents/${documentId}/versions`, as)
    const named = versions.items.filter(({ kind }: { kind: string }) => kind === 'named')
    const told = stories[index]?.steps.flatMap((step) => ('keep' in step ? [step.keep] : [])) ?? []
    const kept = [...told, index < 3 ? afterRound.name : finalVersion.name]
    expect(named.map(({ name }: { name: string }) => name).reverse()).toEqual(kept)
  }
})

test('twenty groups of the kinds that Chepo’s plan names, each somewhere and with a contact that reaches nobody', async () => {
  const rows = await database.db
    .selectFrom('stakeholderGroup')
    .innerJoin('plan', 'plan.id', 'stakeholderGroup.planId')
    .where('plan.slug', '=', 'chepo')
    .select(['stakeholderGroup.name', 'kind', 'sector', 'territory', 'contact'])
    .execute()
  expect(rows).toHaveLength(20)
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(
    new Set([
      ...['government_office', 'civil_society', 'academia', 'community', 'indigenous_community'],
      ...['producers', 'seniors', 'youth', 'local_board'],
    ]),
  )
  for (const { territory, contact } of rows) {
    expect(territory).toMatch(/^\p{Lu}/u)
    expect(contact).toMatch(/^[a-z.]+@example\.test$/)
  }
  const as = await signIn('sociedad')
  const { groups } = await get('/api/plans/chepo', as)
  expect(groups).toHaveLength(20)
})

test('a workshop that is over, with guests who came on shared phones and chose how they are shown', async () => {
  const workshop = await database.db.selectFrom('workshop').selectAll().executeTakeFirstOrThrow()
  expect(workshop.closedAt).not.toBeNull()
  const guests = await database.db
    .selectFrom('workshopParticipant')
    .innerJoin('userAccount', 'userAccount.id', 'workshopParticipant.userId')
    .innerJoin('displayChoice', 'displayChoice.userId', 'userAccount.id')
    .innerJoin('consent', 'consent.userId', 'userAccount.id')
    .innerJoin('devicePerson', 'devicePerson.userId', 'userAccount.id')
    .select(['userAccount.kind', 'displayChoice.display', 'devicePerson.deviceId'])
    .execute()
  expect(guests.map(({ kind }) => kind)).toEqual(Array(7).fill('guest'))
  expect(new Set(guests.map(({ display }) => display))).toEqual(new Set(['name', 'group', 'anonymous']))
  expect(new Set(guests.map(({ deviceId }) => deviceId)).size).toBeLessThan(7)
})

test('everybody’s part has its event and its consent', async () => {
  const { db } = database
  const pairs = (rows: { planId: string; userId: string }[]) =>
    rows.map(({ planId, userId }) => `${planId} ${userId}`).sort()
  const members = pairs(await db.selectFrom('member').select(['planId', 'userId']).execute())
  const joined = db.selectFrom('membershipEvent').where('kind', '=', 'joined').select(['planId', 'userId'])
  expect(pairs(await joined.execute())).toEqual(members)
  expect(pairs(await db.selectFrom('consent').select(['planId', 'userId']).execute())).toEqual(members)
})

test('nobody stays signed in from the seeding', async () => {
  const seeders = await database.db
    .selectFrom('documentClient')
    .innerJoin('session', 'session.id', 'documentClient.sessionId')
    .select(['session.id', 'session.endedAt'])
    .execute()
  expect(seeders.length).toBeGreaterThan(8)
  expect(seeders.filter(({ endedAt }) => endedAt === null)).toEqual([])
})

test('a whole round: thirty inputs of a meeting, on paper and by voice, with answers of every kind and a few that wait', async () => {
  const as = await signIn('coordinacion')
  const { items } = await get('/api/plans/chepo/inputs?limit=100', as)
  expect(items.map(({ words }: { words: string }) => words)).toEqual([
    ...demoInputs.map(({ words }) => words),
    ...demoThreads.flatMap(({ input, body }) => (input ? [body] : [])),
  ])
  const coverage = await get('/api/plans/chepo/inputs/coverage', as)
  const answered = demoInputs.filter(({ answers }) => answers).length
  expect(coverage).toMatchObject({ total: demoInputs.length + 1, answered, overdue: 0, reached: false })
  for (const count of Object.values(coverage.outcomes)) expect(count).toBeGreaterThan(1)
  expect(demoInputs.length - answered).toBeGreaterThan(4)
  for (const { answers, place, thread } of items) {
    if (thread === null) expect(place).toContain('(demostración)')
    for (const { outcome, version } of answers)
      expect(version !== null).toBe(outcome === 'adopted' || outcome === 'adapted')
  }
  expect(JSON.stringify(items)).not.toContain('Aurelio')
})

test('[ME20] twelve public meetings with all twenty groups, of which the workshop has what people brought there', async () => {
  const as = await signIn('monitoreo')
  const { items, totals } = await get('/api/plans/chepo/meetings?limit=50', as)
  expect(totals).toMatchObject({ held: 12, public: 12, groups: 20 })
  expect(items.map(({ number }: { number: number }) => number)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  for (const { place, registered } of items) {
    expect(place).toContain('(demostración)')
    expect(registered).toBeGreaterThan(10)
  }
  const typed = demoInputs.filter(({ from }) => !('member' in from)).length
  expect(items[1]).toMatchObject({ title: demoMeetings[workshopMeeting]?.title, attended: 7, inputs: typed })
})

test('[ME21] two meetings have minutes that several people wrote, named and marked as invented', async () => {
  const as = await signIn('monitoreo')
  const { items } = await get('/api/plans/chepo/meetings?limit=50', as)
  const noted = items.filter(({ minutesId }: { minutesId: string | null }) => minutesId !== null)
  expect(noted.map(({ number }: { number: number }) => number)).toEqual([11, 1])
  for (const { id, minutesId } of noted) {
    const { shown } = await get(`/api/plans/chepo/meetings/${id}/minutes`, as)
    expect(shown).toMatchObject({ number: 1 })
    const { content } = await get(`/api/documents/${minutesId}`, as)
    expect(plainText(content)).toContain('inventado para la demostración')
    for (const { name } of meetingMinutes.fields)
      expect(plainText({ ...content, fields: { [name]: content.fields[name] } }), name).not.toBe('')
    const { items: versions } = await get(`/api/documents/${minutesId}/versions`, as)
    expect(versions.at(-1).authors.length).toBeGreaterThan(1)
  }
  const planned = await database.db
    .selectFrom('plan')
    .where('slug', '=', 'chepo')
    .select('id')
    .executeTakeFirstOrThrow()
  expect(JSON.stringify(await readPublicMinutes(database.db, planned.id))).not.toContain('La mesa de juventud pide')
})

test('threads on words, fields and whole commitments, and proposals of every state, whose accepted words are the proposer’s', async () => {
  const as = await signIn('revision')
  const { commitments } = await get('/api/plans/chepo', as)
  const states: string[] = []
  for (const [at, { documentId }] of commitments.entries()) {
    const threads = await get(`/api/documents/${documentId}/threads`, as)
    const told = demoThreads.filter(({ commitment }) => commitment === at + 1)
    expect(threads.items.map(({ kind }: { kind: string }) => kind).sort()).toEqual(told.map(({ kind }) => kind).sort())
    for (const { on } of told) if (on?.words) expect(JSON.stringify(threads.items)).toContain(on.words)
    const proposals = await get(`/api/documents/${documentId}/proposals`, as)
    expect(proposals.items).toHaveLength(demoProposals.filter(({ commitment }) => commitment === at + 1).length)
    for (const { state, hunks } of proposals.items) {
      states.push(state)
      if (state === 'open') expect(hunks.every(({ fits }: { fits: boolean }) => fits)).toBe(true)
    }
  }
  expect(new Set(states)).toEqual(new Set(['open', 'accepted', 'rejected', 'withdrawn']))
  const { fields } = await get(`/api/documents/${commitments[0].documentId}/authorship`, as)
  const noris = (await get('/api/session', as)).user.id
  expect(fields.transparency).toContainEqual(expect.objectContaining({ text: 'letra grande, en ', authorId: noris }))
})

test('[ED1] [ED4] an endorsement of every commitment, the mayor’s letter and a partner’s, each told to be of the demo', async () => {
  const { endorsements, letters, texts } = await get('/api/plans/chepo/endorsements', await signIn('revision'))
  expect(endorsements).toMatchObject([{ name: 'Tomás Herrera', texts }])
  expect(texts.length).toBeGreaterThan(0)
  expect(letters.map(({ side, mediaType }: { side: string; mediaType: string }) => [side, mediaType])).toEqual([
    ['government', 'application/pdf'],
    ['partner', 'application/pdf'],
  ])
  for (const { organisation } of [...endorsements, ...letters]) expect(organisation).toContain('(demostración)')
})

test('[PD11] [PU7] [PU19] the public page has what Chepo’s page of 2024 has, and what that lacks', async () => {
  const page = async (path: string) => (await world.ask(`GET /p/chepo${path}`)).text()
  const [plan, history, commitment] = [await page(''), await page('/history'), await page('/commitments/4')]
  for (const words of [
    // At a glance.
    ...['Plan de acción – Chepo, Panamá, 2026 – 2028', 'Año de presentación', '28 de marzo de 2026', 'abril de 2028'],
    ...['Institución', 'Secretaría del Concejo Municipal', 'Duración', '20 grupos', '12 reuniones abiertas al público'],
    // Its sections.
    ...['caja de herramientas', 'La visión', 'San Cristóbal', 'Los retos', 'Metas a mediano plazo', 'ANTAI'],
    ...['Espacios de encuentro', 'isla', 'personas mayores', 'La colaboración que sigue', 'CIFHU', 'La Antigua'],
    ...['Hablar de los avances', 'Seguimiento con las oficinas', 'https://municipiodechepo.org/gobierno-abierto/'],
    ...['https://www.instagram.com/alcaldiachepo/', 'https://www.facebook.com/municipiochepo'],
    // Who stands behind it.
    ...['Tomás Herrera, Coordinador', 'Kernel Community', 'Carta de apoyo del gobierno: Despacho de la Alcaldía'],
    ...['/p/chepo/letters/1', '/p/chepo/letters/2'],
    // What that one lacks: commitments, and how far they are.
    'Elección abierta del comité de la fiesta de San Cristóbal',
  ])
    expect([words, plan.includes(words)]).toEqual([words, true])
  expect(plan).not.toContain('example.test')
  for (const words of [
    'Apertura del proceso',
    'Taller sobre los borradores',
    'Se aprobó',
    'Se abrió la consulta pública',
  ])
    expect([words, history.includes(words)]).toEqual([words, true])
  for (const words of [
    'Sociedad civil: Tomás Herrera',
    'Alcaldía: Elda Carrión',
    'En marcha',
    'Reglamento de elección',
  ])
    expect([words, commitment.includes(words)]).toEqual([words, true])
})

test('both verifiers find the record of the demo sound, and the database agrees with it', async () => {
  await world.recorder.catchUp()
  const { id } = await database.db.selectFrom('plan').where('slug', '=', 'chepo').select('id').executeTakeFirstOrThrow()
  expect(await findDifferences(database.db, id)).toEqual([])
  const answer = await world.ask('GET /api/plans/chepo/record/bundle', { as: await signIn('monitoreo') })
  const bundle = new Uint8Array(await answer.arrayBuffer())
  const trustedKeys = testSigner.verifierKeys.slice(0, 1)
  const { rebuild } = createRebuilding()
  const report = await verifyBundle(bundle, { verifiers: nodeVerifiers, trustedKeys, rebuild })
  expect(report).toMatchObject({ exitCode: 0 })

  const run = askSecondVerifier(bundle, '--json', ...trustedKeys.flatMap((key) => ['--key', key]))
  if (!run) return
  expect(JSON.parse(run.stdout), run.stderr).toMatchObject({ exitCode: 0 })
}, 60_000)
