import type { SearchGroup, SearchItem } from '@cabildo/protocol/http/search'
import { anyCharacter } from '@cabildo/record/testing/any-text'
import { createManualClock } from '@cabildo/testkit/clock'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { idsOfWords } from '@cabildo/testkit/ids-of-words'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import type { TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { eraseByProgram } from '../../privacy/erasing/service.ts'
import { takeOut } from '../../record/redaction/taking-out.ts'
import { systemClock } from '../../rooms/adapters/system-clock.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { createSearchKeeper } from './keeper.ts'
import { mostCompared } from './rules.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const keeperOf = (rooms: Pick<Rooms, 'read'>) =>
  createSearchKeeper({ db: database.db, rooms, clock: systemClock, logger: pino({ level: 'silent' }) })

let keys = 0
const key = () => `key-of-something-${++keys}`

/** A plan with a commitment, and how to find something in it. */
async function scene() {
  const roles = { cora: 'coordinator', fina: 'facilitator', ana: 'drafter', rev: 'reviewer' } as const
  const { planId, people } = await plantPlan(database.db, roles)
  const as = {
    cora: await world.cookieOf(people.cora),
    fina: await world.cookieOf(people.fina),
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
  }
  const added = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Parques' } })
  const { documentId } = await added.json()
  const post = async (by: string, path: string, body: object) => {
    const response = await world.ask(`POST ${path}`, { as: by, body })
    expect([200, 201]).toContain(response.status)
    return response.json()
  }
  return {
    ...{ planId, people, as, documentId },
    open: (by: string, body: string, more: object = {}) =>
      post(by, `/api/documents/${documentId}/threads`, { key: key(), kind: 'comment', body, ...more }),
    bring: async (by: string, words: string, more: object = {}): Promise<string> =>
      (
        await post(by, `/api/plans/${planId}/inputs`, {
          inputs: [{ key: key(), channel: 'paper', consent: true, words, ...more }],
        })
      ).items[0].id,
    post,
    ...finding(planId, as.ana),
  }
}

function finding(planId: string, as: string) {
  const groups = async (query: Record<string, string>, by = as): Promise<SearchGroup[]> => {
    const response = await world.ask(`GET /api/plans/${planId}/search?${new URLSearchParams(query)}`, { as: by })
    expect(response.status).toBe(200)
    return (await response.json()).groups
  }
  const items = async (q: string, more: Record<string, string> = {}, by = as): Promise<SearchItem[]> =>
    (await groups({ q, ...more }, by)).flatMap((group) => group.items)
  return { groups, items, found: async (q: string, by = as) => (await items(q, {}, by)).map(({ kind }) => kind) }
}

async function write(documentId: string, { userId, sessionId, groupId }: Someone, field: string, words: string) {
  await world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, (doc) => {
    const paragraph = doc.getXmlFragment(field).get(0) as Y.XmlElement
    ;(paragraph.get(0) as Y.XmlText).insert(0, words)
  })
}

const said = (item: SearchItem | undefined) => item?.excerpt.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')

test('[SE2] [SE3] [SE9] each text is found where it stands: comments, reasons, inputs, answers and versions at once, commitments when their text was read', async () => {
  const { planId, as, people, documentId, open, bring, post, items, found } = await scene()
  await write(documentId, people.ana, 'problem', 'La basura llega <b>al río</b> cada invierno.')
  const ids = idsOfWords((await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]), 'problem', 'al río')
  const { id: threadId } = await open(as.rev, `¿Qué río es? @[${people.ana.userId}]`, {
    ids,
    mentions: [people.ana.userId],
  })
  await post(as.ana, `/api/documents/${documentId}/threads/${threadId}/resolve`, { reason: 'Es el río Mamoní.' })
  const inputId = await bring(as.fina, 'Limpiar la quebrada', { place: 'Orilla del río', documentId })
  const version = await post(as.ana, `/api/documents/${documentId}/versions`, { name: 'Antes del río' })
  await post(as.ana, `/api/plans/${planId}/inputs/${inputId}/answers`, {
    ...{ after: 0, outcome: 'adopted', reason: 'El río se limpia.', documentId, versionId: version.id },
  })

  expect(await found('basura')).toEqual(['version'])
  expect(await keeperOf(world.rooms).catchUp()).toBeGreaterThan(0)
  const at = { document: { id: documentId, number: 1, title: 'Parques' }, thread: null, input: null, version: null }
  const all = await items('RIO')
  const person = (name: string) => expect.objectContaining({ name })
  expect(all.map(({ at: _, excerpt: __, ...item }) => item)).toEqual([
    { ...at, kind: 'text', field: 'problem', by: null },
    {
      ...{ ...at, kind: 'comment', field: 'problem', by: person('ana') },
      thread: { id: threadId, number: 1, comment: null },
    },
    {
      ...{ ...at, kind: 'comment', field: 'problem', by: person('rev') },
      thread: { id: threadId, number: 1, comment: 1 },
    },
    {
      ...{ ...at, kind: 'input', document: null, field: null, by: person('ana') },
      input: { id: inputId, number: 1, answer: 1 },
    },
    {
      ...{ ...at, kind: 'input', document: null, field: null, by: person('fina') },
      input: { id: inputId, number: 1, answer: null },
    },
    {
      ...{ ...at, kind: 'version', field: null, by: person('ana') },
      version: { id: version.id, number: 1, name: 'Antes del río' },
    },
  ])
  expect(all.map(said)).toEqual([
    'La basura llega <b>al [río]</b> cada invierno.',
    'Es el [río] Mamoní.',
    '¿Qué [río] es? @…',
    'El [río] se limpia.',
    'Orilla del [río]',
    'Antes del [río]',
  ])
  const [text] = await items('basura', { kind: 'version' })
  expect([text?.field, said(text)]).toEqual(['problem', 'La [basura] llega <b>al río</b> cada invierno.'])
  // Nobody is found by being mentioned, and no text by the names of its questions.
  expect(await found(people.ana.userId)).toEqual([])
  expect(await found('definición')).toEqual([])
})

test('[SE1] words are found whatever their accents and their case, and their other forms', async () => {
  const { as, bring, found } = await scene()
  const letters = fc.constantFrom(...'aáàâäeéèiíïoóöuúünñcçAÁEÉIÍOÓUÚÜNÑbdlmrstzBDLMRST')
  const word = fc.string({ unit: letters, minLength: 4, maxLength: 9 })
  const form = fc.constantFrom<(word: string) => string>(
    (one) => one.toUpperCase(),
    (one) => one.toLowerCase(),
    (one) => one.normalize('NFD'),
    (one) => one.normalize('NFD').replace(/\p{M}/gu, ''),
  )
  const seed = 20_261_127
  await fc.assert(
    fc.asyncProperty(word, form, form, async (one, typed, asked) => {
      const { rows } = await sql<{ found: boolean }>`
        select search_vector(${`al ${typed(one)} y otra`}) @@ search_query(${asked(one)}) as found`.execute(database.db)
      expect(rows).toEqual([{ found: true }])
    }),
    { seed, numRuns: 300 },
  )
  await bring(as.rev, 'La participación de los niños y las comunidades indígenas, con luces')
  await bring(as.rev, 'Citizens asked for open meetings and/or hearings, and for services.')
  for (const q of [
    'participaciones',
    'PARTICIPACION',
    'nino',
    'Indigena comunidad',
    'citizen',
    'meeting',
    'hearings',
    'luz',
    'service',
  ])
    expect([q, await found(q)]).toEqual([q, ['input']])
  expect(await found('ninguna')).toEqual([])
  expect(await found('"open meetings"')).toEqual(['input'])
  expect(await found('"meetings open"')).toEqual([])
  expect(await found('open -citizens')).toEqual([])
  expect(await found('niños or citizens')).toEqual(['input', 'input'])
})

test('[SE4] what was taken back, put otherwise, taken out or erased is not found from that moment on', async () => {
  const { planId, as, people, documentId, open, bring, post, items, found } = await scene()
  await write(documentId, people.ana, 'problem', 'Vive aquí Zoraida Paz.')
  const ids = idsOfWords((await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]), 'problem', 'Zoraida')
  const thread = await open(as.rev, 'Zoraida se queja', { ids })
  const comment = `/api/documents/${documentId}/threads/${thread.id}/comments`
  await bring(as.rev, 'Lo pide Zoraida', { documentId, place: 'Casa de Zoraida' })
  await post(as.ana, `/api/documents/${documentId}/versions`, { name: 'Zoraida', note: 'De Zoraida' })
  const keeper = keeperOf(world.rooms)
  await keeper.catchUp()
  expect(await found('zoraida')).toEqual(['text', 'comment', 'input', 'version'])

  // The keeper has read the text, and writes what it read when the words are gone already.
  const stale = await world.rooms.read(documentId)
  const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
  const wish = { planId, documentId, quote: 'Zoraida', ranges: [], basis: 'Ley 81 de 2019', askedBy, approvedBy }
  await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  expect(await found('zoraida')).toEqual([])
  await keeperOf({ read: async (id) => (id === documentId ? stale : undefined) }).catchUp()
  expect(await found('zoraida')).toEqual([])
  await keeper.catchUp()
  expect(await found('zoraida')).toEqual([])
  expect((await items('vive', { kind: 'text' })).map(said)).toEqual([
    expect.stringMatching(/^\[Vive\] aquí \S+ Paz\.$/),
  ])

  await bring(as.rev, 'Manatíes en el lago')
  const [reply] = (await post(as.rev, comment, { key: key(), body: 'Manatíes no hay', mentions: [] })).comments.slice(
    -1,
  )
  await world.ask(`PATCH ${comment}/${reply.id}`, { as: as.rev, body: { body: 'Tortugas sí', mentions: [] } })
  expect(await found('manatíes')).toEqual(['input'])
  expect(await found('tortuga')).toEqual(['comment'])
  await world.ask(`DELETE ${comment}/${reply.id}`, { as: as.rev })
  expect(await found('tortuga')).toEqual([])
  await eraseByProgram(erasingWith(database.db), people.rev.userId)
  expect(await found('manatíes')).toEqual([])
  const { rows } = await sql`select from search_item where plan_id = ${planId}
    and (words::text ~ 'manat|tortug|zoraid' or body ~* 'manat|tortug|zoraid')`.execute(database.db)
  expect(rows).toEqual([])
})

test('[SE4] a text that was brought back is found as it then stands', async () => {
  const { as, people, documentId, post, found } = await scene()
  const keeper = keeperOf(world.rooms)
  await write(documentId, people.ana, 'problem', 'Palabras viejas.')
  const { id } = await post(as.ana, `/api/documents/${documentId}/versions`, { name: 'Uno' })
  await write(documentId, people.ana, 'problem', 'Novedades. ')
  await keeper.catchUp()
  expect(await found('novedad')).toEqual(['text'])
  await post(as.ana, `/api/documents/${documentId}/versions/${id}/restore`, {})
  await keeper.catchUp()
  expect(await found('novedad')).toEqual(['version'])
  expect(await found('viejas')).toEqual(['text', 'version', 'version', 'version'])
})

test('[SE3] texts are read again every five seconds; one that cannot be read keeps no other waiting', async () => {
  const { planId, people, documentId, found } = await scene()
  const broken = await plantDocument(database.db, planId, people.ana, 'No se puede leer')
  const clock = createManualClock()
  const logged: unknown[] = []
  const rooms = {
    async read(id: string) {
      if (id === broken) throw new Error('not now')
      return world.rooms.read(id)
    },
  }
  const logger = { error: (what: unknown) => void logged.push(what) }
  const keeper = createSearchKeeper({ db: database.db, rooms, clock, logger })
  keeper.start()
  await expect.poll(() => found('parque')).toEqual(['text'])
  expect(logged).toMatchObject([{ documentId: broken }])
  await write(documentId, people.ana, 'problem', 'Faltan bancas.')
  await expect.poll(() => clock.waiting()).toBe(1)
  expect(await found('banca')).toEqual([])
  clock.advance(5000)
  await expect.poll(() => found('banca')).toEqual(['text'])
  await keeper.stop()
})

test('[SE5] who has no part in a plan finds nothing in it, and nobody finds anything of another plan', async () => {
  const mine = await scene()
  const other = await scene()
  await mine.bring(mine.as.rev, 'Caballos de monte')
  const foreign = await world.ask(`GET /api/plans/${mine.planId}/search?q=caballo`, { as: other.as.ana })
  const missing = await world.ask('GET /api/plans/no-such-plan/search?q=caballo', { as: other.as.ana })
  expect([foreign.status, missing.status]).toEqual([404, 404])
  expect(await other.found('caballo')).toEqual([])
  expect((await world.ask(`GET /api/plans/${mine.planId}/search?q=caballo`)).status).toBe(401)
  expect(await mine.items('caballo', { documentId: other.documentId })).toEqual([])
})

test('[SE5] a guest of a workshop finds its documents, and of what was brought their own', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const [first, second] = village.commitments
  const workshop = await village.open()
  const { phone } = await village.join(workshop.way, 'Luz')
  const open = (documentId: string | undefined, body: string) =>
    world.ask(`POST /api/documents/${documentId}/threads`, {
      ...{ as: village.as.ana, body: { key: key(), kind: 'comment', body } },
    })
  await open(first?.documentId, 'Guacamayas aquí')
  await open(second?.documentId, 'Guacamayas allá')
  const brought = (words: string) => ({ inputs: [{ key: key(), channel: 'online', words, consent: true }] })
  const base = `/api/plans/${village.planId}/inputs`
  await world.ask(`POST ${base}`, { as: village.as.carla, body: brought('Guacamayas de otra') })
  await phone.ask(`POST ${base}`, brought('Guacamayas mías'))
  const { groups } = await (await phone.ask(`GET /api/plans/${village.planId}/search?q=guacamaya`)).json()
  const texts = groups.flatMap((group: SearchGroup) => group.items.map(said))
  expect(texts).toEqual(['[Guacamayas] aquí', '[Guacamayas] mías'])
  const everything = await finding(village.planId, village.as.ana).items('guacamaya')
  expect(everything).toHaveLength(4)
})

test('[SE6] people are shown as they wish to be when it is asked, and never found by their names', async () => {
  const { planId, people, as, open, bring, items, found } = await scene()
  await open(as.rev, 'Un tapir')
  const from = { name: 'Rosa Quetzal', display: 'anonymous' }
  await bring(as.fina, 'Otro tapir', { from })
  await database.db
    .insertInto('displayChoice')
    .values({ planId, userId: people.rev.userId, display: 'group' })
    .execute()
  const shown = (await items('tapir')).map(({ by }) => [by?.name, by?.group?.name ?? null])
  expect(shown).toEqual([
    ['', 'Neighbours'],
    ['', null],
  ])
  expect(await found('quetzal')).toEqual([])
})

test('[SE7] whatever is typed is looked for, or refused with the name of its field', async () => {
  const { planId, as, open, found } = await scene()
  await open(as.rev, `Un cangrejo "rojo" & 'azul' | 100%`)
  const ask = (query: string) => world.ask(`GET /api/plans/${planId}/search?${query}`, { as: as.ana })
  for (const q of [
    'cangrejo & !rojo <-> (azul:*',
    'cangrejo "rojo',
    `'cangrejo' \\ "rojo"`,
    'cangrejo:A*',
    '%cangrejo_',
  ])
    expect([q, (await ask(`q=${encodeURIComponent(q)}`)).status]).toEqual([q, 200])
  expect(await found(`"cangrejo 'rojo`)).toEqual(['comment'])
  for (const q of ['!!!', '-cangrejo', '""', "'", ':*', '<script>', '-', 'a'.repeat(200), '\u{1f980}', '\ud800'])
    expect([q, await found(q)]).toEqual([q, []])
  const refused = async (query: string) => {
    const response = await ask(query)
    return [response.status, (await response.json()).errors?.[0]?.pointer]
  }
  expect(await refused('')).toEqual([400, '/q'])
  expect(await refused('q=%20')).toEqual([400, '/q'])
  expect(await refused('q=a%00b')).toEqual([400, '/q'])
  expect(await refused(`q=${'x'.repeat(10_000)}`)).toEqual([400, '/q'])
  expect(await refused('q=a&kind=person')).toEqual([400, '/kind'])
  expect(await refused('q=a&from=ayer')).toEqual([400, '/from'])
  expect(await refused('q=a&cursor=x')).toEqual([400, '/cursor'])
  expect(await refused(`q=a&cursor=${Buffer.from('5').toString('base64url')}`)).toEqual([400, '/cursor'])
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 200 }), async (q) => {
      expect([200, 400]).toContain((await ask(`q=${encodeURIComponent(q.toWellFormed())}`)).status)
    }),
    { seed: 7, numRuns: 40 },
  )
})

test('[SE8] [SE10] one kind is read page by page, the best first; filters narrow it', async () => {
  const { as, documentId, open, bring, groups, items } = await scene()
  for (let count = 0; count < 7; count += 1) await open(as.rev, `Un puente largo, número ${count}, que cruza`)
  await open(as.rev, 'Puente, puente, puente')
  await bring(as.rev, 'El puente')
  await bring(as.rev, 'El puente de aquí', { documentId })
  const overview = await groups({ q: 'puente' })
  expect(
    overview.map(({ kind, found, more, items, nextCursor }) => [kind, found, more, items.length, nextCursor]),
  ).toEqual([
    ['text', 0, false, 0, null],
    ['comment', 8, false, 5, null],
    ['input', 2, false, 2, null],
    ['version', 0, false, 0, null],
  ])
  expect(overview[1]?.items.map(said)[0]).toBe('[Puente], [puente], [puente]')

  const read: SearchItem[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const more: Record<string, string> = cursor ? { cursor } : {}
    const [page] = await groups({ q: 'puente', kind: 'comment', limit: '3', ...more })
    read.push(...(page?.items ?? []))
    cursor = page?.nextCursor ?? null
  }
  expect(new Set(read.map(({ thread }) => thread?.number))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]))
  expect((await items('puente', { kind: 'input', documentId })).map(said)).toEqual(['El [puente] de aquí'])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  expect(await items('puente', { from: tomorrow })).toEqual([])
  expect(await items('puente', { to: tomorrow, kind: 'input' })).toHaveLength(2)
})

test('[SE10] of a word that stands everywhere the newest texts are compared', async () => {
  const { planId, people, groups } = await scene()
  await sql`
    insert into input (id, plan_id, number, key, channel, said_on, language, words, salt, typed_by, from_id, role,
      consent, display, entry)
    select lpad(n::text, 22, '0'), ${planId}, n, 'key-' || n || ${planId}, 'paper', '2026-03-28', 'es',
      'Hacen falta luces', '', ${people.ana.userId}, ${people.ana.userId}, 'drafter', true, 'name', 1
    from generate_series(1, ${mostCompared + 20}::int) n`.execute(database.db)
  const [lights] = await groups({ q: 'luz', kind: 'input' })
  expect(lights).toMatchObject({ found: mostCompared, more: true })
})

test('a text that is longer than an index can hold is found by its beginning, and kept all the same', async () => {
  const { as, people, documentId, post, found } = await scene()
  const many = Array.from({ length: 30_000 }, (_, index) => `palabra${index.toString(36)}`).join(' ')
  await write(documentId, people.ana, 'problem', many)
  await post(as.ana, `/api/documents/${documentId}/versions`, { name: 'Muy larga' })
  await keeperOf(world.rooms).catchUp()
  expect(await found('palabra5')).toEqual(['text', 'version'])
  expect(await found(`palabra${(29_999).toString(36)}`)).toEqual(['text'])
})

test('a document that was planted by the program itself is found too', async () => {
  const { planId, people, found } = await scene()
  await plantDocument(database.db, planId, people.ana, 'Mercado de abastos')
  await keeperOf(world.rooms).catchUp()
  expect(await found('abasto')).toEqual(['text'])
})
