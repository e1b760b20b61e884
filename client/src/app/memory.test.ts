import type { DocumentOpening, Plan } from '@cabildo/protocol/http/api'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { queryKeys } from '../lib/query-keys.ts'
import { createKeptIndex, type LocalName } from '../sync/kept-index.ts'
import { createMemory } from './memory.ts'

const me = { id: 'R'.repeat(22), name: 'Rosa Batista' }
const planKey = queryKeys.plan('chepo')
const documentKey = queryKeys.document('D'.repeat(22))
// Only what is looked at: an answer of the server has more.
const plan = { slug: 'chepo', title: 'Plan', commitments: [{ number: 1, inside: [me] }] } as unknown as Plan
const document = {
  id: 'D'.repeat(22),
  epoch: 3,
} as unknown as DocumentOpening

/** A device's storage that outlives its pages. */
function device() {
  const held = new Map<string, string>()
  const forgotten: string[] = []
  const letGo: LocalName[] = []
  const storage = {
    get length() {
      return held.size
    },
    key: (at: number) => [...held.keys()][at] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  }
  /** Opens the program on it, as a new page. */
  const open = () => {
    const client = new QueryClient()
    return {
      client,
      memory: createMemory(
        client,
        storage,
        () => 0,
        (userId) => forgotten.push(userId),
        (copies) => letGo.push(...copies),
      ),
    }
  }
  return { forgotten, letGo, storage, open, keys: () => [...held.keys()] }
}

const ask = (client: QueryClient, queryKey: readonly unknown[], answer: unknown) =>
  client.fetchQuery({ queryKey, queryFn: async () => answer })

test('a page opened later knows who is signed in, and the outlines of plan and document', async () => {
  const { open } = device()
  const first = open()
  await ask(first.client, queryKeys.session, me)
  await ask(first.client, planKey, plan)
  await ask(first.client, documentKey, document)

  const later = open()
  expect(later.client.getQueryData(queryKeys.session)).toEqual(me)
  expect(later.client.getQueryData(planKey)).toBeUndefined()
  later.memory.recall(planKey)
  later.memory.recall(documentKey)
  expect(later.client.getQueryData(planKey)).toEqual({ ...plan, commitments: [{ number: 1, inside: [] }] })
  expect(later.client.getQueryData(documentKey)).toEqual(document)
})

test('the plan’s own text opens without a network, and whom to call is not kept on the device', async () => {
  const { open, storage } = device()
  const first = open()
  await ask(first.client, queryKeys.session, me)
  const text = { documentId: 'T'.repeat(22), epoch: 1, monitorContact: '6000-0000' }
  await ask(first.client, queryKeys.planText('chepo'), text)
  const later = open()
  later.memory.recall(queryKeys.planText('chepo'))
  expect(later.client.getQueryData(queryKeys.planText('chepo'))).toEqual({ ...text, monitorContact: null })
  expect(
    JSON.stringify([...Array(storage.length).keys()].map((at) => storage.getItem(storage.key(at) ?? ''))),
  ).not.toContain('6000-0000')
})

test('[ME11] minutes open without a network; a meeting that has none leaves nothing', async () => {
  const { open } = device()
  const first = open()
  await ask(first.client, queryKeys.session, me)
  const minutes = { documentId: 'M'.repeat(22), epoch: 1, meeting: { number: 11 }, shown: null }
  await ask(first.client, queryKeys.minutes('chepo', 11), minutes)
  await ask(first.client, queryKeys.minutes('chepo', 12), null)
  const later = open()
  for (const number of [11, 12]) later.memory.recall(queryKeys.minutes('chepo', number))
  expect(later.client.getQueryData(queryKeys.minutes('chepo', 11))).toEqual(minutes)
  expect(later.client.getQueryData(queryKeys.minutes('chepo', 12))).toBeUndefined()
})

test('what is answered before it is known who is signed in is remembered once that is known', async () => {
  const { open } = device()
  const first = open()
  await ask(first.client, planKey, plan)
  await ask(first.client, documentKey, document)
  await ask(first.client, queryKeys.session, me)

  const later = open()
  later.memory.recall(planKey)
  later.memory.recall(documentKey)
  expect(later.client.getQueryData(planKey)).toEqual({ ...plan, commitments: [{ number: 1, inside: [] }] })
  expect(later.client.getQueryData(documentKey)).toEqual(document)
})

test('what was answered before nobody turned out to be signed in is nobody’s', async () => {
  const { open, keys } = device()
  const { client } = open()
  await ask(client, planKey, plan)
  await ask(client, queryKeys.session, null)
  await ask(client, queryKeys.session, me)
  expect(keys().filter((key) => key.includes('plan:'))).toEqual([])
})

test('what is recalled is old: it is asked for at once', async () => {
  const { open } = device()
  const first = open()
  await ask(first.client, queryKeys.session, me)
  await ask(first.client, planKey, plan)
  const { client, memory } = open()
  memory.recall(planKey)
  const fresh = { ...plan, title: 'Nuevo' }
  expect(await client.fetchQuery({ queryKey: planKey, queryFn: async () => fresh, staleTime: 1e9 })).toBe(fresh)
})

test('a fresher answer is never replaced by a remembered one', async () => {
  const { open } = device()
  const first = open()
  await ask(first.client, queryKeys.session, me)
  await ask(first.client, planKey, plan)
  const { client, memory } = open()
  await ask(client, planKey, { ...plan, title: 'Nuevo' })
  memory.recall(planKey)
  expect(client.getQueryData<Plan>(planKey)?.title).toBe('Nuevo')
})

test('nothing is remembered for nobody, and nobody is shown what another was answered', async () => {
  const { open, keys } = device()
  const visitor = open()
  await ask(visitor.client, planKey, plan)
  expect(keys()).toEqual([])

  const rosa = open()
  await ask(rosa.client, queryKeys.session, me)
  await ask(rosa.client, planKey, plan)
  const luis = open()
  luis.client.setQueryData(queryKeys.session, { id: 'L'.repeat(22), name: 'Luis' })
  luis.memory.recall(planKey)
  expect(luis.client.getQueryData(planKey)).toBeUndefined()
})

test('[RC154] copies of texts that were replaced are let go, but for those with something that was not sent', async () => {
  const { open, storage, letGo } = device()
  const index = createKeptIndex(storage, () => 0)
  const name = (documentId: string, epoch: number, userId = me.id) => ({ documentId, userId, epoch })
  for (const copy of [name('one', 1), name('one', 2), name('two', 1), name('other', 1), name('one', 1, 'luis')])
    index.hold(copy)
  index.setPending(name('two', 1), 7, 3)
  const { client } = open()
  await ask(client, queryKeys.session, me)
  const commitments = [
    { number: 1, documentId: 'one', epoch: 2, inside: [] },
    { number: 2, documentId: 'two', epoch: 2, inside: [] },
  ]
  await ask(client, planKey, { ...plan, commitments })
  expect(letGo).toEqual([{ ...name('one', 1), pending: 0 }])
})

test('signing out forgets the person and what they were answered', async () => {
  const { open, storage, keys } = device()
  const { client } = open()
  await ask(client, queryKeys.session, me)
  await ask(client, planKey, plan)
  expect(keys()).toHaveLength(2)
  createKeptIndex(storage, () => 0).forget(me.id)
  client.setQueryData(queryKeys.session, null)
  expect(keys()).toEqual([])
})

test.each(['{', '"x"', '{"id":1}', 'null'])('a damaged memory %s is no memory', (value) => {
  const { open, storage } = device()
  storage.setItem('cabildo:me', value)
  expect(open().client.getQueryData(queryKeys.session)).toBeUndefined()
})

test('a guest is remembered with their workshop, and for a while after their session has ended; an account ends that', async () => {
  const { open } = device()
  const workshop = { id: 'W'.repeat(22), title: 'Taller de Tortí', planSlug: 'chepo' }
  const first = open()
  expect(first.memory.guestOf()).toBeUndefined()
  await ask(first.client, queryKeys.session, { ...me, workshop })
  const second = open()
  expect(second.client.getQueryData(queryKeys.session)).toEqual({ ...me, workshop })
  second.client.setQueryData(queryKeys.session, null)
  const third = open()
  expect(third.client.getQueryData(queryKeys.session)).toBeUndefined()
  expect(third.memory.guestOf()).toEqual({ title: 'Taller de Tortí', planSlug: 'chepo' })
  await ask(third.client, queryKeys.session, { ...me, workshop: null })
  expect(third.memory.guestOf()).toBeUndefined()
  expect(open().memory.guestOf()).toBeUndefined()
})

const workshop = { id: 'W'.repeat(22), title: 'Taller de Tortí', planSlug: 'chepo' }
const ana = { id: 'A'.repeat(22), name: 'Ana', workshop }
const beto = { id: 'B'.repeat(22), name: 'Beto', workshop }

test('[WS29] a guest whose session ended is forgotten, also by a page that is opened later; the others go on', async () => {
  const { open, forgotten } = device()
  const first = open()
  await ask(first.client, queryKeys.session, ana)
  first.client.setQueryData(queryKeys.session, beto)
  expect(forgotten).toEqual([])
  const later = open()
  await ask(later.client, queryKeys.session, null)
  expect(forgotten).toEqual([beto.id])
})

test('[WS29] when the workshop is over, or another one or an account comes, all its guests are forgotten', async () => {
  for (const end of [
    ({ memory }: ReturnType<ReturnType<typeof device>['open']>) => memory.workshopOver(),
    ({ client }: ReturnType<ReturnType<typeof device>['open']>) =>
      client.setQueryData(queryKeys.session, { ...me, workshop: null }),
    ({ client }: ReturnType<ReturnType<typeof device>['open']>) =>
      client.setQueryData(queryKeys.session, { ...me, workshop: { ...workshop, id: 'X'.repeat(22) } }),
  ]) {
    const { open, forgotten } = device()
    const page = open()
    await ask(page.client, queryKeys.session, ana)
    page.client.setQueryData(queryKeys.session, beto)
    end(page)
    expect(forgotten).toEqual([ana.id, beto.id])
  }
})

test('an account whose session ended is not forgotten, and who shares the phone is never remembered', async () => {
  const { open, forgotten, storage, keys } = device()
  const { client } = open()
  await ask(client, queryKeys.session, { ...me, workshop: null })
  client.setQueryData(queryKeys.session, null)
  expect(forgotten).toEqual([])
  client.setQueryData(queryKeys.session, beto)
  await ask(client, queryKeys.device, { workshop, people: [{ person: ana, active: false }] })
  const kept = keys()
    .map((key) => storage.getItem(key))
    .join()
  expect(kept).toContain(beto.name)
  expect(kept).not.toContain('"Ana"')
})

test('[RC164] the guest who had the device last is known after their session, until an account signs in', async () => {
  const { open } = device()
  const workshop = { id: 'w', title: 'Taller', planSlug: 'chepo' }
  const first = open()
  expect(first.memory.lastGuest()).toBeUndefined()
  await ask(first.client, queryKeys.session, { ...me, workshop })
  expect(first.memory.lastGuest()).toBe(me.id)
  first.client.setQueryData(queryKeys.session, null)
  expect(open().memory.lastGuest()).toBe(me.id)
  await ask(open().client, queryKeys.session, { id: 'A', name: 'Marta', workshop: null })
  expect(open().memory.lastGuest()).toBeUndefined()
})
