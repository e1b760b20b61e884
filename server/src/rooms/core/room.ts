import type { CloseReason } from '@cabildo/protocol/room/close'
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import { type Capability, messageType, syncType } from '@cabildo/protocol/room/messages'
import { titleOf } from '@cabildo/schema/content'
import { factsRoot } from '@cabildo/schema/rules'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import type {
  Access,
  AppendBatch,
  AppendOutcome,
  AppendRow,
  DocumentStatus,
  LoadedDocument,
  RoomPerson,
  Via,
  Writer,
} from '../ports.ts'
import { collectDeletions, type Deletions, encodeChange } from './encode.ts'
import { repairForm, touchedParents } from './form.ts'
import { epochFrame, savedFrame, step1, step2, updateFrame } from './frames.ts'
import { inspectUpdate, type Ownership } from './gate.ts'
import { createPresence, heartbeat } from './presence.ts'

/**
 * One document's room: told what happened, it answers what to do, and does nothing else (no I/O, no clock).
 *
 *   received -> gate -> applied here, queued -> sealed into one batch -> stored -> shown to others, acknowledged
 *
 * The Y.Doc runs ahead of the log by what is queued or sealed, so nothing made from it leaves the room until the rows it
 * saw are stored: answers wait in `held`. When the log refuses or fails, the room retires; clients hold what is missing
 * and bring it again (docs/spec/room.md).
 */

/** A connection's side in the room. */
export interface Member {
  userId: string
  sessionId: string
  person: RoomPerson
  canWrite: boolean
  /** Said `mode=edit`: losing the right to write must close it, so that it can keep its text as a draft. */
  expectsToWrite: boolean
  capabilities: ReadonlySet<Capability>
}

export type RoomEvent =
  | { type: 'joined'; connection: string; member: Member }
  | { type: 'left'; connection: string }
  | { type: 'received'; connection: string; frame: Uint8Array }
  | { type: 'rightsRead'; connection: string; access: Access }
  | { type: 'stored'; outcome: AppendOutcome }
  | { type: 'storeFailed' }
  | { type: 'presenceDue' }
  | { type: 'heartbeatDue' }
  | { type: 'readAsked'; token: number }
  | {
      type: 'editAsked'
      token: number
      writer: Writer
      via: Via
      raiseEpoch: boolean
      clientId: number
      change: (doc: Y.Doc) => void
    }
  /** Nothing was edited for a while: the Y.Doc may be put away. */
  | { type: 'calm' }
  /** A snapshot is wanted now. */
  | { type: 'snapshotDue' }

export type RoomEffect =
  /** One message, one frame. A `volatile` one may be skipped for a slow receiver. */
  | { type: 'send'; to: readonly string[]; message: Uint8Array; volatile: boolean }
  | { type: 'close'; connection: string; reason: CloseReason }
  /** There are rows to `seal`. */
  | { type: 'append' }
  /** Presence changed: send `presenceDue` soon. */
  | { type: 'announce' }
  | {
      type: 'answer'
      token: number
      committed: { headSeq: number; epoch: number; status: DocumentStatus; state: Uint8Array }
    }
  | { type: 'refuse'; token: number; reason: 'frozen' | 'content_not_allowed' | 'too_large' }
  | { type: 'snapshot'; seq: number; state: Uint8Array }
  /** Memory may be ahead of the log: close everyone with this reason and forget the room. */
  | { type: 'retire'; reason: CloseReason }

interface Held {
  /** Ready once this row is stored. */
  dueSeq: number
  release: () => RoomEffect[]
}
interface Seat extends Member {
  /** Had the right to write at some time while connected. */
  wasWriter: boolean
  /** Gets updates: its first step 1 was answered. */
  listening: boolean
  /** Sync frames taken from it, how many of its rows are queued, and what it was last told. */
  received: number
  queued: number
  saved: number
  /** Client ids it brought by presence alone. */
  claims: number
  /** Its step 2 has come, so that nothing of its own can be missing here. */
  synced: boolean
  /**
   * It typed before its step 2 was sent, on top of what only that step 2 holds. The frame is left out, since the step 2
   * will bring it too, and nothing counts as saved until then. Counts the heartbeats it has lasted.
   */
  behind: number | undefined
}
/** A document put away: its bytes inside the very message that answers a newcomer, so that they are held once. */
interface Rest {
  message: Uint8Array
  state: Uint8Array
  stateVector: Uint8Array | null
  deletions: Uint8Array | null
}
interface Batch {
  rows: AppendRow[]
  /** Whose rows these are, with how many frames each had sent when the batch was sealed. */
  senders: Map<string, number>
  /** The batch as one message for the others. */
  message: Uint8Array
  raiseEpoch: boolean
}

export interface Room {
  handle(event: RoomEvent): RoomEffect[]
  /** Takes what is queued as the next batch. Undefined when nothing is queued or a batch is on its way. */
  seal(): AppendBatch | undefined
  /** What others may know of it without asking. */
  readonly planId: string
  readonly headSeq: number
  readonly epoch: number
  readonly pending: boolean
  readonly awake: boolean
  /** Rows stored since the last snapshot. */
  readonly snapshotLag: number
  readonly members: ReadonlyMap<string, Readonly<Member>>
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])
const nothing = Uint8Array.of(0)

const restOf = (state: Uint8Array): Rest => {
  const message = step2(state)
  return { message, state: message.subarray(message.length - state.length), stateVector: null, deletions: null }
}

/** A Y.Doc with the roots of a commitment in their right types. */
export function createDoc(state?: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  for (const { name } of ogpCommitment.fields) doc.getXmlFragment(name)
  doc.getMap(factsRoot)
  if (state) Y.applyUpdate(doc, state)
  return doc
}

/** Opens a room over what the log holds. Throws when the log's bytes cannot be a document. */
export function createRoom(loaded: LoadedDocument, limits: RoomLimits): Room {
  const { documentId, planId } = loaded
  let { status, epoch } = loaded
  let headSeq = loaded.headSeq
  let snapshotSeq = loaded.snapshot?.seq ?? 0

  /** The document is either awake (a Y.Doc) or at rest (its bytes). */
  let doc: Y.Doc | null = null
  let rest: Rest | null = null
  let transactions: Y.Transaction[] = []
  let size = 0

  const owners = loaded.clients
  const claims = new Map<number, string>()
  const seats = new Map<string, Seat>()
  const presence = createPresence(limits)

  let queue: { row: AppendRow; connection: string | null }[] = []
  let sealed: Batch | null = null
  let since = new Map<number, number>()
  let deletions: Deletions = new Map()
  let raiseEpoch = false
  let titleTouched = false
  let held: Held[] = []
  let snapshotAsked = false
  let retired = false
  /** Step 2 answers by state vector, good until the next row. */
  let answers: { stateVector: Uint8Array; update: Uint8Array; message: Uint8Array | null }[] = []

  const acceptedSeq = (): number => headSeq + (sealed?.rows.length ?? 0) + queue.length

  const wake = (): Y.Doc => {
    if (doc) return doc
    doc = createDoc(rest?.state)
    rest = null
    if (doc.store.pendingStructs || doc.store.pendingDs)
      throw new Error(`document ${documentId} has entries missing from its log`)
    doc.on('afterTransaction', (transaction: Y.Transaction) => transactions.push(transaction))
    return doc
  }
  if (loaded.tail.length === 0 && loaded.snapshot) {
    rest = restOf(loaded.snapshot.state)
    size = loaded.snapshot.state.length
  } else {
    rest = loaded.snapshot && restOf(loaded.snapshot.state)
    const live = wake()
    live.transact(() => {
      for (const { bytes } of loaded.tail) Y.applyUpdate(live, bytes)
    })
    transactions = []
    if (live.store.pendingStructs || live.store.pendingDs)
      throw new Error(`document ${documentId} has entries missing from its log`)
    size = loaded.tail.reduce((sum, { bytes }) => sum + bytes.length, loaded.snapshot?.state.length ?? 0)
  }

  const stateVector = (): Uint8Array => {
    if (doc) return Y.encodeStateVector(doc)
    if (!rest) return nothing
    rest.stateVector ??= Y.encodeStateVectorFromUpdate(rest.state)
    return rest.stateVector
  }

  /** What a holder of `theirs` lacks, encoded once for all who hold the same. */
  const answerTo = (theirs: Uint8Array): { update: Uint8Array; message: Uint8Array | null } => {
    const cached = answers.find((answer) => sameBytes(answer.stateVector, theirs))
    if (cached) return cached
    const empty = theirs.length === 1 && theirs[0] === 0
    if (rest && empty) return { update: rest.state, message: rest.message }
    const update =
      rest?.deletions && sameBytes(theirs, stateVector())
        ? rest.deletions
        : Y.encodeStateAsUpdate(wake(), empty ? undefined : theirs)
    const answer = { stateVector: theirs.slice(), update, message: null }
    if (answers.length >= 8) answers.shift()
    answers.push(answer)
    return answer
  }

  const whenStored = (release: () => RoomEffect[]): RoomEffect[] => {
    const dueSeq = acceptedSeq()
    if (dueSeq === headSeq) return release()
    held.push({ dueSeq, release })
    return []
  }

  const close = (connection: string, reason: CloseReason): RoomEffect[] => [
    { type: 'close', connection, reason },
    ...leave(connection),
  ]

  const send = (to: readonly string[], message: Uint8Array, volatile = false): RoomEffect => ({
    type: 'send',
    to,
    message,
    volatile,
  })

  const tellSaved = (connection: string, seat: Seat, count: number): RoomEffect[] => {
    if (count <= seat.saved || seat.behind !== undefined) return []
    seat.saved = count
    return seat.capabilities.has('saved1') ? [send([connection], savedFrame(count))] : []
  }
  /** A frame that changes nothing is as good as stored once what came before it is. */
  const handled = (connection: string, seat: Seat): RoomEffect[] =>
    seat.queued > 0 || sealed?.senders.has(connection) ? [] : tellSaved(connection, seat, seat.received)

  const ownerOf =
    (userId: string) =>
    (client: number): Ownership => {
      const owner = owners.get(client) ?? claims.get(client)
      return owner === undefined ? 'free' : owner === userId ? 'mine' : 'other'
    }

  /** Runs `change` on the awake document and queues what really changed, and what the form then needed, as rows. */
  const accept = (
    live: Y.Doc,
    source: { connection: string | null; writer: Writer; via: Via },
    clients: readonly number[],
    newClients: readonly number[],
    newNodes: readonly Y.ID[],
    exact: Uint8Array | null,
    change: () => void,
  ): boolean => {
    const before = new Map(clients.map((client) => [client, Y.getState(live.store, client)]))
    transactions = []
    change()
    if (live.store.pendingStructs || live.store.pendingDs) return false
    const [first, ...followers] = transactions
    if (!first) return true
    const removed: Deletions = new Map()
    for (const transaction of transactions) collectDeletions(removed, transaction)
    // Yjs tidies redundant formatting in a transaction of its own: then the sender's bytes are not the whole change.
    const tidied = followers.some((transaction) => transaction.deleteSet.clients.size > 0)
    const grown = clients.some((client) => Y.getState(live.store, client) > (before.get(client) ?? 0))
    if (!grown && removed.size === 0) return true
    const bytes = exact && !tidied ? exact : encodeChange(live, before, removed)
    enqueue(source, bytes, newClients, before, removed)

    const parents = touchedParents(live, first, newNodes)
    if (parents.size > 0) {
      transactions = []
      let repaired = false
      live.transact((transaction) => {
        repaired = repairForm(transaction, parents)
      })
      if (repaired) {
        const mended: Deletions = new Map()
        for (const transaction of transactions) collectDeletions(mended, transaction)
        const row = encodeChange(live, new Map(), mended)
        enqueue(
          { connection: null, writer: { ...source.writer, sessionId: null }, via: 'repair' },
          row,
          [],
          new Map(),
          mended,
        )
      }
    }
    // The library's types do not see that a fragment is one of its shared types.
    const title = live.getXmlFragment('title') as unknown as Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>
    if (first.changedParentTypes.has(title)) titleTouched = true
    transactions = []
    return true
  }

  const enqueue = (
    source: { connection: string | null; writer: Writer; via: Via },
    bytes: Uint8Array,
    newClients: readonly number[],
    before: ReadonlyMap<number, number>,
    removed: Deletions,
  ): void => {
    for (const client of newClients) claims.set(client, source.writer.userId)
    for (const [client, clock] of before) if (!since.has(client)) since.set(client, clock)
    for (const [client, items] of removed) deletions.set(client, [...(deletions.get(client) ?? []), ...items])
    queue.push({ row: { writer: source.writer, via: source.via, bytes, newClients }, connection: source.connection })
    const seat = source.connection === null ? undefined : seats.get(source.connection)
    if (seat) seat.queued++
    size += bytes.length
    answers = []
  }

  const roomFor = (bytes: number): boolean => {
    if (size + bytes <= limits.documentBytes) return true
    // `size` only ever grows; what is really there may be far less.
    size = Y.encodeStateAsUpdate(wake()).length
    return size + bytes <= limits.documentBytes
  }

  const receiveUpdate = (connection: string, seat: Seat, bytes: Uint8Array, isStep2: boolean): RoomEffect[] => {
    seat.received++
    if (!seat.canWrite && !seat.wasWriter) return handled(connection, seat)
    const live = wake()
    const verdict = inspectUpdate(live, bytes, ownerOf(seat.userId), limits)
    if (!verdict.ok && verdict.reason === 'out_of_sync' && !isStep2 && !seat.synced) {
      seat.behind ??= 0
      return []
    }
    if (!verdict.ok) return close(connection, verdict.reason)
    if (isStep2) {
      seat.synced = true
      seat.behind = undefined
    }
    if (!verdict.changes) return handled(connection, seat)
    if (!seat.canWrite) return close(connection, 'forbidden')
    if (status !== 'open') return close(connection, 'frozen')
    if (!roomFor(verdict.update.length)) return close(connection, 'too_large')
    const writer: Writer = { userId: seat.userId, sessionId: seat.sessionId, groupId: seat.person.groupId }
    const good = accept(
      live,
      { connection, writer, via: 'edit' },
      verdict.clients,
      verdict.newClients,
      verdict.newNodes,
      verdict.exact ? verdict.update : null,
      () => Y.applyUpdate(live, verdict.update),
    )
    // The gate let through what does not integrate: memory can no longer be trusted, and its sender must not come back.
    if (!good) return [...close(connection, 'malformed'), ...retire('storage_unavailable')]
    return [{ type: 'append' }]
  }

  const receive = (connection: string, frame: Uint8Array): RoomEffect[] => {
    const seat = seats.get(connection)
    if (!seat) return []
    let kind: number
    let sub = 0
    let payload: Uint8Array = nothing
    try {
      const decoder = decoding.createDecoder(frame)
      kind = decoding.readVarUint(decoder)
      if (kind === messageType.sync) sub = decoding.readVarUint(decoder)
      if (kind === messageType.sync || kind === messageType.awareness) payload = decoding.readVarUint8Array(decoder)
      if (kind === messageType.sync && sub === syncType.step1) Y.decodeStateVector(payload)
    } catch {
      return close(connection, 'malformed')
    }
    if (kind === messageType.sync) {
      if (sub === syncType.step1) return answer(connection, payload)
      if (sub === syncType.step2 || sub === syncType.update)
        return receiveUpdate(connection, seat, payload, sub === syncType.step2)
      return close(connection, 'malformed')
    }
    if (kind === messageType.awareness) {
      const mine = ownerOf(seat.userId)
      const mayUse = (client: number): boolean => {
        const ownership = mine(client)
        if (ownership === 'other' || (ownership === 'free' && seat.claims >= limits.clientsPerSocket)) return false
        if (ownership === 'free') {
          claims.set(client, seat.userId)
          seat.claims++
        }
        return true
      }
      if (!presence.receive(connection, seat.person, payload, mayUse)) return close(connection, 'malformed')
      return [{ type: 'announce' }]
    }
    if (kind === messageType.queryAwareness) {
      const everyone = presence.everyone()
      return everyone ? [send([connection], everyone, true)] : []
    }
    return close(connection, 'malformed')
  }

  const answer = (connection: string, theirs: Uint8Array): RoomEffect[] => {
    const prepared = answerTo(theirs)
    return whenStored(() => {
      const seat = seats.get(connection)
      if (!seat) return []
      seat.listening = true
      prepared.message ??= step2(prepared.update)
      return [send([connection], prepared.message)]
    })
  }

  const join = (connection: string, member: Member): RoomEffect[] => {
    seats.set(connection, {
      ...member,
      wasWriter: member.canWrite,
      listening: false,
      received: 0,
      queued: 0,
      saved: 0,
      claims: 0,
      synced: false,
      behind: undefined,
    })
    if (member.expectsToWrite && !member.canWrite) return close(connection, 'forbidden')
    const ours = step1(stateVector())
    const everyone = presence.everyone()
    return whenStored(() =>
      seats.has(connection)
        ? [send([connection], ours), ...(everyone ? [send([connection], everyone, true)] : [])]
        : [],
    )
  }

  const leave = (connection: string): RoomEffect[] => {
    if (!seats.delete(connection)) return []
    presence.leave(connection)
    return [{ type: 'announce' }]
  }

  const readRights = (connection: string, access: Access): RoomEffect[] => {
    const seat = seats.get(connection)
    if (!seat) return []
    if (access.kind === 'refused') return close(connection, access.reason === 'sign_in' ? 'sign_in' : 'forbidden')
    seat.person = access.person
    status = access.status
    if (seat.canWrite === access.canWrite) return []
    seat.canWrite = access.canWrite
    if (access.canWrite) {
      // What it sent as a reader was passed over: ask for all of it.
      seat.wasWriter = true
      seat.synced = false
      const ours = step1(stateVector())
      return whenStored(() => (seats.has(connection) ? [send([connection], ours)] : []))
    }
    return seat.expectsToWrite ? close(connection, 'forbidden') : []
  }

  const beat = (): RoomEffect[] => {
    const effects: RoomEffect[] = seats.size > 0 ? [send([...seats.keys()], heartbeat, true)] : []
    for (const [connection, seat] of [...seats]) {
      if (seat.behind === undefined) continue
      seat.behind++
      if (seat.behind > 1) effects.push(...close(connection, 'out_of_sync'))
    }
    return effects
  }

  const retire = (reason: CloseReason): RoomEffect[] => {
    if (retired) return []
    retired = true
    held = []
    return [{ type: 'retire', reason }]
  }

  const stored = (outcome: AppendOutcome): RoomEffect[] => {
    const batch = sealed
    if (!batch) return []
    sealed = null
    if (outcome.kind === 'refused') return retire('storage_unavailable')
    headSeq = outcome.headSeq
    const epochMoved = outcome.epoch !== epoch
    epoch = outcome.epoch
    for (const { writer, newClients } of batch.rows) {
      for (const client of newClients) {
        owners.set(client, writer.userId)
        claims.delete(client)
      }
    }
    const effects: RoomEffect[] = []
    const released = held.filter(({ dueSeq }) => dueSeq <= headSeq)
    held = held.filter(({ dueSeq }) => dueSeq > headSeq)
    for (const { release } of released) effects.push(...release())

    const sole =
      batch.senders.size === 1 && batch.rows.every(({ via }) => via === 'edit')
        ? [...batch.senders.keys()][0]
        : undefined
    const listeners: string[] = []
    for (const [connection, seat] of seats) if (seat.listening && connection !== sole) listeners.push(connection)
    if (listeners.length > 0) effects.push(send(listeners, batch.message))
    if (epochMoved) {
      const told = [...seats].filter(([, seat]) => seat.capabilities.has('epoch1')).map(([connection]) => connection)
      if (told.length > 0) effects.push(send(told, epochFrame(epoch)))
    }
    for (const [connection, frames] of batch.senders) {
      const seat = seats.get(connection)
      if (seat) effects.push(...tellSaved(connection, seat, seat.queued === 0 ? seat.received : frames))
    }
    if (headSeq - snapshotSeq >= limits.snapshotEvery && !snapshotAsked) {
      snapshotAsked = true
      effects.push(...snapshot())
    }
    if (queue.length > 0) effects.push({ type: 'append' })
    return effects
  }

  const snapshot = (): RoomEffect[] => {
    const seq = acceptedSeq()
    const { update } = answerTo(nothing)
    return whenStored(() => {
      snapshotSeq = seq
      snapshotAsked = false
      return [{ type: 'snapshot', seq, state: update }]
    })
  }

  const read = (token: number): RoomEffect[] => {
    const seq = acceptedSeq()
    const { update } = answerTo(nothing)
    return whenStored(() => [{ type: 'answer', token, committed: { headSeq: seq, epoch, status, state: update } }])
  }

  const edit = (event: Extract<RoomEvent, { type: 'editAsked' }>): RoomEffect[] => {
    const { token, writer, via, change } = event
    if (status !== 'open') return [{ type: 'refuse', token, reason: 'frozen' }]
    if (!roomFor(0)) return [{ type: 'refuse', token, reason: 'too_large' }]
    const live = wake()
    const had = queue.length
    live.clientID = event.clientId
    accept(live, { connection: null, writer, via }, [event.clientId], [event.clientId], [], null, () =>
      live.transact(() => change(live)),
    )
    if (queue.length > had && event.raiseEpoch) raiseEpoch = true
    return [...(queue.length > had ? [{ type: 'append' } as const] : []), ...read(token)]
  }

  return {
    handle(event) {
      if (retired) return []
      switch (event.type) {
        case 'joined':
          return join(event.connection, event.member)
        case 'left':
          return leave(event.connection)
        case 'received':
          return receive(event.connection, event.frame)
        case 'rightsRead':
          return readRights(event.connection, event.access)
        case 'stored':
          return stored(event.outcome)
        case 'storeFailed':
          return retire('storage_unavailable')
        case 'presenceDue': {
          const flushed = presence.flush()
          if (!flushed) return []
          const to = [...seats.keys()].filter(
            (connection) => flushed.sources.size !== 1 || !flushed.sources.has(connection),
          )
          return to.length > 0 ? [send(to, flushed.message, true)] : []
        }
        case 'heartbeatDue':
          return beat()
        case 'readAsked':
          return read(event.token)
        case 'editAsked':
          return edit(event)
        case 'snapshotDue':
          return snapshot()
        case 'calm': {
          if (!doc || sealed || queue.length > 0) return []
          const vector = Y.encodeStateVector(doc)
          rest = {
            ...restOf(Y.encodeStateAsUpdate(doc)),
            stateVector: vector,
            deletions: Y.encodeStateAsUpdate(doc, vector),
          }
          size = rest.state.length
          answers = []
          doc.destroy()
          doc = null
          return []
        }
      }
    },

    seal() {
      if (retired || sealed || queue.length === 0) return undefined
      const live = wake()
      const rows = queue.map(({ row }) => row)
      const senders = new Map<string, number>()
      for (const { connection } of queue) {
        const seat = connection === null ? undefined : seats.get(connection)
        if (connection === null || !seat) continue
        senders.set(connection, seat.received)
        seat.queued = 0
      }
      // Encoded now, while the document is exactly what these rows make it.
      const only = rows.length === 1 ? rows[0] : undefined
      const message = updateFrame(only ? only.bytes : encodeChange(live, since, deletions))
      sealed = { rows, senders, message, raiseEpoch }
      const batch: AppendBatch = {
        documentId,
        epoch,
        baseSeq: headSeq,
        rows,
        ...(raiseEpoch && { raiseEpoch }),
        ...(titleTouched && { title: titleOf(live) }),
      }
      queue = []
      since = new Map()
      deletions = new Map()
      raiseEpoch = false
      titleTouched = false
      return batch
    },

    planId,
    get headSeq() {
      return headSeq
    },
    get epoch() {
      return epoch
    },
    get pending() {
      return sealed !== null || queue.length > 0
    },
    get snapshotLag() {
      return headSeq - snapshotSeq
    },
    get awake() {
      return doc !== null
    },
    members: seats,
  }
}
