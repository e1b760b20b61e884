import type { DocumentOpening, Plan } from '@cabildo/protocol/http/api'
import type { Minutes } from '@cabildo/protocol/http/meetings'
import type { PlanText } from '@cabildo/protocol/http/plan-text'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { queryKeys } from '../lib/query-keys.ts'
import { remembered } from '../lib/remembered.ts'
import { createKeptIndex, type KeyValue, type LocalName } from '../sync/kept-index.ts'
import { createPastGuests } from './past-guests.ts'

/** Where the last person signed in on this device is remembered, to open their pages without a network. */
export const meKey = 'cabildo:me'
/** Where it is remembered that the last person here was a guest, who has no account to sign in with. */
const guestKey = 'cabildo:guest'
/** Where it is remembered which guest had this device last: what they keep here is shown to nobody else. */
const holderKey = 'cabildo:holder'
/** A workshop lasts a day at most; for this long its guests are told that it is over. Milliseconds. */
const farewellFor = 3 * 24 * 60 * 60_000
/** The workshop of a guest. */
export interface GuestOf {
  title: string
  planSlug: string
}

interface Me {
  id: string
  name: string
  /** Null for an account; unknown right after signing in. */
  workshop?: (GuestOf & { id: string }) | null
}

/** What this device remembers of answers, to show when no new ones can be had. */
export interface Memory {
  /** Puts a remembered answer where its question looks for it, unless a fresher one stands there. */
  recall(key: QueryKey): void
  /** The workshop whose guest is, or was the last one to be, signed in on this device. */
  guestOf(): GuestOf | undefined
  /** The id of the guest who had this device last, for as long as no account signs in here. */
  lastGuest(): string | undefined
  /** The workshop of this device is over: all its guests are forgotten, except for what they wrote and was not sent. */
  workshopOver(): void
}

/**
 * Remembers who is signed in, their plans and the outlines of their documents as answers come, and forgets with the
 * session: signing out does, and so does the end of a guest's session, whether they were removed or erased or their
 * workshop is over. Who shares the device is not remembered. The texts themselves are not here: the local copies of `sync`
 * hold them, and `forget` lets go of those that were sent. `letGo` gets the copies of texts that were replaced since.
 */
export function createMemory(
  client: QueryClient,
  storage: KeyValue | undefined,
  now: () => number,
  forget: (userId: string) => void,
  letGo: (copies: readonly LocalName[]) => void,
): Memory {
  const index = createKeptIndex(storage, now)
  const me = () => client.getQueryData<Me | null>(queryKeys.session)

  let guest = readGuest(storage, now())
  const known = readMe(storage)
  const pastGuests = createPastGuests(storage, forget)
  let last: Me | null | undefined = known
  const rememberMe = (user: Me | null) => {
    writeMe(storage, user)
    // An account whose session ran out signs in again; a guest never does.
    if (!user && last?.workshop) forget(last.id)
    last = user
    if (user) pastGuests.note(user)
    if (!user || user.workshop === undefined) return
    guest = user.workshop ? { title: user.workshop.title, planSlug: user.workshop.planSlug } : undefined
    write(storage, holderKey, user.workshop && { id: user.id })
    write(storage, guestKey, guest && { ...guest, until: now() + farewellFor })
  }
  if (known) client.setQueryData(queryKeys.session, known, remembered)

  // Asked for beside the session, some answers come before it is known whose they are.
  let early: [QueryKey, unknown][] = []
  const rememberAnswer = (userId: string, queryKey: QueryKey, data: unknown) => {
    const topic = topicOf(queryKey)
    // A meeting that has no minutes has nothing to open.
    if (data === null) return
    if (topic) index.remember(userId, topic, outline(queryKey, data))
    const isText = queryKey[0] === 'planText' || queryKey[0] === 'minutes'
    const texts = isText ? [data as PlanText | Minutes] : ((data as Partial<Plan>).commitments ?? [])
    // A text that was replaced may hold words that were taken out. What was written in it and not sent is handed in when
    // it is opened.
    const replaced = texts.flatMap(({ documentId, epoch }) =>
      index.held(userId, documentId).filter((copy) => copy.epoch < epoch && copy.pending === 0),
    )
    if (replaced.length > 0) letGo(replaced)
  }
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const { queryKey, state } = event.query
    if (queryKey[0] === queryKeys.session[0]) {
      rememberMe(state.data as Me | null)
      const user = me()
      if (user) for (const [key, data] of early) rememberAnswer(user.id, key, data)
      early = []
      return
    }
    if (!topicOf(queryKey) || event.action.manual) return
    const user = me()
    if (user) rememberAnswer(user.id, queryKey, state.data)
    else if (user === undefined) early.push([queryKey, state.data])
  })

  return {
    recall(key) {
      const user = me()
      const topic = topicOf(key)
      if (!user || !topic || client.getQueryData(key) !== undefined) return
      const value = index.lastKnown(user.id, topic)
      if (value !== undefined) client.setQueryData(key, value, remembered)
    },
    guestOf: () => guest,
    lastGuest() {
      const holder = read(storage, holderKey)
      return holder && 'id' in holder ? String(holder.id) : undefined
    },
    workshopOver: () => pastGuests.end(),
  }
}

/** The name an answer is remembered under; `undefined` for those that are not. */
function topicOf(key: QueryKey): string | undefined {
  const [kind, id, part] = key
  const isWhole = part === undefined || (kind === 'document' && part === 'opening')
  const isKept = kind === 'plan' || kind === 'planText' || kind === 'minutes' || kind === 'document'
  return isKept && isWhole ? `${kind}:${String(id)}` : undefined
}

/** A plan is remembered without who is inside, who will be gone; its text without whom to call. */
function outline([kind]: QueryKey, answer: unknown): Plan | PlanText | Minutes | DocumentOpening {
  // The query under this key answers a document's opening, see lib/query-keys.ts.
  if (kind === 'document') return answer as DocumentOpening
  if (kind === 'minutes') return answer as Minutes
  if (kind === 'planText') return { ...(answer as PlanText), monitorContact: null }
  const plan = answer as Plan
  return { ...plan, commitments: plan.commitments.map((commitment) => ({ ...commitment, inside: [] })) }
}

function readMe(storage: KeyValue | undefined): Me | undefined {
  const me = read(storage, meKey)
  if (!me || !('id' in me && 'name' in me)) return undefined
  const workshop = 'workshop' in me ? readWorkshop(me.workshop) : undefined
  return { id: String(me.id), name: String(me.name), ...(workshop ? { workshop } : undefined) }
}

function writeMe(storage: KeyValue | undefined, me: Me | null): void {
  const { id, name, workshop } = me ?? {}
  write(storage, meKey, me && { id, name, ...(workshop ? { workshop } : undefined) })
}

function readWorkshop(value: unknown): Me['workshop'] {
  const isWorkshop =
    typeof value === 'object' && value !== null && 'id' in value && 'title' in value && 'planSlug' in value
  return isWorkshop ? { id: String(value.id), title: String(value.title), planSlug: String(value.planSlug) } : undefined
}

function readGuest(storage: KeyValue | undefined, now: number): GuestOf | undefined {
  const guest = read(storage, guestKey)
  if (!guest || !('title' in guest && 'planSlug' in guest && 'until' in guest)) return undefined
  return Number(guest.until) > now ? { title: String(guest.title), planSlug: String(guest.planSlug) } : undefined
}

function read(storage: KeyValue | undefined, key: string): object | undefined {
  try {
    const value: unknown = JSON.parse(storage?.getItem(key) ?? 'null')
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function write(storage: KeyValue | undefined, key: string, value: object | null | undefined): void {
  try {
    if (value) storage?.setItem(key, JSON.stringify(value))
    else storage?.removeItem(key)
  } catch {
    // Full or switched off: pages then open with a network only.
  }
}
