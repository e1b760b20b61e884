import type { CloseReason } from '@cabildo/protocol/room/close'
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import { type Capability, messageType, syncType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import {
  type Access,
  type AppendBatch,
  type AppendOutcome,
  type BehalfPerson,
  type LoadedDocument,
  ownerOf,
  type RoomPerson,
  type Writer,
} from '../ports.ts'
import type { Member, RoomEffect, RoomEvent, ServerEdit } from './events.ts'
import { epochFrame, newsFrame, savedFrame, step1, step2 } from './frames.ts'
import { inspectUpdate, type Ownership } from './gate.ts'
import { emptyVector, holdDocument } from './held-document.ts'
import { createPresence, heartbeat, type Speaker } from './presence.ts'
import { createQueue, type Sealed } from './queue.ts'
import { bringsBack } from './taken-out.ts'

/**
 * One document's room: told what happened, it answers what to do, and does nothing else (no I/O, no clock).
 *
 *   received -> gate -> applied here, queued -> sealed into one batch -> stored -> shown to others, acknowledged
 *
 * The Y.Doc runs ahead of the log by what is queued or sealed, so nothing made from it leaves the room until the rows it
 * saw are stored: answers wait in `held`. When the log refuses or fails, the room retires; clients hold what is missing
 * and bring it again (docs/spec/room.md).
 */
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

interface Seat extends Member {
  /** Had the right to write at some time while connected. */
  wasWriter: boolean
  /** Gets updates: its first step 1 was answered. */
  listening: boolean
  /** Sync frames taken from it: all, those before the batch on its way was sealed, and what it was last told. */
  received: number
  sealed: number
  saved: number
  /** Client ids that nobody had used before it brought them. */
  claims: number
  /** How often it asked since the last heartbeat. An answer of its own is being held; it asked again meanwhile. */
  questions: number
  asking: boolean
  askedAgain: Uint8Array | undefined
  /** Its step 2 has come, so that nothing of its own can be missing here. */
  synced: boolean
  /**
   * It typed before its step 2 was sent, on top of what only that step 2 holds. The frame is left out, since the step 2
   * will bring it too, and nothing counts as saved until then. Counts the heartbeats it has lasted.
   */
  behind: number | undefined
  /** Which of its frames was the step 2 that brought what was left out: no fewer count as saved, and it only once it is stored. */
  broughtBy: number
}

const ownerOfSeat = ({ userId, behalf }: Seat): string => ownerOf({ userId, behalfId: behalf?.userId })

const speakerOf = ({ person, behalf }: Seat): Speaker => (behalf ? { ...person, behalf } : person)

const writerOf = ({ userId, sessionId, person, behalf }: Seat): Writer => ({
  userId,
  sessionId,
  groupId: behalf ? behalf.groupId : person.groupId,
  ...(behalf && { behalfId: behalf.userId }),
})

const send = (to: readonly string[], message: Uint8Array, volatile = false): RoomEffect => ({
  type: 'send',
  to,
  message,
  volatile,
})

/** Opens a room over what the log holds. Throws when the log's bytes cannot be a document. */
export function createRoom(loaded: LoadedDocument, limits: RoomLimits): Room {
  const { planId } = loaded
  let { status, epoch, headSeq } = loaded
  let snapshotSeq = loaded.snapshot?.seq ?? 0
  let snapshotAsked = false
  let retired = false

  /** Whose each client id is: bound by a stored row, or claimed by presence or a row on its way. */
  const owners = loaded.clients
  const claims = new Map<number, string>()
  const ownerFor =
    (mine: string) =>
    (client: number): Ownership => {
      const owner = owners.get(client) ?? claims.get(client)
      return owner === undefined ? 'free' : owner === mine ? 'mine' : 'other'
    }

  const seats = new Map<string, Seat>()
  const presence = createPresence(limits)
  const document = holdDocument(loaded, limits)
  const queue = createQueue(loaded, document, (client, owner) => claims.set(client, owner))
  let underway: Sealed | undefined
  /** Made from the document, to be sent once every row it saw is stored. */
  let held: { dueSeq: number; release: () => RoomEffect[] }[] = []

  const acceptedSeq = (): number => headSeq + (underway?.batch.rows.length ?? 0) + queue.length
  const whenStored = (release: () => RoomEffect[]): RoomEffect[] => {
    const dueSeq = acceptedSeq()
    if (dueSeq === headSeq) return release()
    held.push({ dueSeq, release })
    return []
  }

  const leave = (connection: string): RoomEffect[] => {
    if (!seats.delete(connection)) return []
    presence.leave(connection)
    return [{ type: 'announce' }]
  }
  const close = (connection: string, reason: CloseReason): RoomEffect[] => [
    { type: 'close', connection, reason },
    ...leave(connection),
  ]
  const retire = (reason: CloseReason): RoomEffect[] => {
    if (retired) return []
    retired = true
    held = []
    return [{ type: 'retire', reason }]
  }

  const tellSaved = (connection: string, seat: Seat, count: number): RoomEffect[] => {
    if (count <= seat.saved || count < seat.broughtBy || seat.behind !== undefined) return []
    seat.saved = count
    return seat.capabilities.has('saved1') ? [send([connection], savedFrame(count))] : []
  }
  /** A frame that changes nothing is as good as stored once all that came before it is, from whomever: it may repeat that. */
  const handled = (connection: string, seat: Seat): RoomEffect[] => {
    const count = seat.received
    return whenStored(() => (seats.has(connection) ? tellSaved(connection, seat, count) : []))
  }

  const askForAll = (connection: string): RoomEffect[] => {
    const ours = step1(document.stateVector())
    return whenStored(() => (seats.has(connection) ? [send([connection], ours)] : []))
  }

  const join = (connection: string, member: Member): RoomEffect[] => {
    const { canWrite } = member
    const counts = { received: 0, sealed: 0, saved: 0, claims: 0, questions: 0 }
    seats.set(connection, {
      ...member,
      ...counts,
      wasWriter: canWrite,
      listening: false,
      synced: false,
      behind: undefined,
      broughtBy: 0,
      asking: false,
      askedAgain: undefined,
    })
    if (member.expectsToWrite && !canWrite) return close(connection, 'forbidden')
    const everyone = presence.everyone()
    return [
      ...askForAll(connection),
      ...whenStored(() => (everyone && seats.has(connection) ? [send([connection], everyone, true)] : [])),
    ]
  }

  const answer = (connection: string, theirs: Uint8Array): RoomEffect[] => {
    const seat = seats.get(connection)
    if (!seat) return []
    // One answer at a time, however often it asks: each may be as large as the document.
    if (seat.asking) {
      seat.askedAgain = theirs
      return []
    }
    seat.asking = true
    const prepared = document.answerTo(theirs)
    return whenStored(() => {
      if (!seats.has(connection)) return []
      const again = seat.askedAgain
      seat.asking = false
      seat.askedAgain = undefined
      seat.listening = true
      prepared.message ??= step2(prepared.update)
      return [send([connection], prepared.message), ...(again ? answer(connection, again) : [])]
    })
  }

  const receiveUpdate = (connection: string, seat: Seat, bytes: Uint8Array, isStep2: boolean): RoomEffect[] => {
    seat.received++
    if (!seat.canWrite && !seat.wasWriter) return handled(connection, seat)
    const verdict = inspectUpdate(document.wake(), bytes, ownerFor(ownerOfSeat(seat)), limits)
    if (!verdict.ok && verdict.reason === 'out_of_sync' && !isStep2 && !seat.synced) {
      seat.behind ??= 0
      return []
    }
    if (!verdict.ok) return close(connection, verdict.reason)
    if (isStep2) {
      seat.synced = true
      if (seat.behind !== undefined) seat.broughtBy = seat.received
      seat.behind = undefined
    }
    if (!verdict.changes) return handled(connection, seat)
    // What was taken out of a draft, from the device that wrote it: it must let go of its copy.
    if (bringsBack(verdict.update, loaded.takenOut)) return close(connection, 'epoch_mismatch')
    if (!seat.canWrite) return close(connection, 'forbidden')
    if (status !== 'open') return close(connection, 'frozen')
    const { update, exact } = verdict
    // What only deletes is always taken, or else a full document could never become smaller.
    if (verdict.clients.length > 0 && !document.hasRoomFor(update.length)) return close(connection, 'too_large')
    const ownership = ownerFor(ownerOfSeat(seat))
    const fresh = verdict.newClients.filter((client) => ownership(client) === 'free').length
    if (seat.claims + fresh > limits.clientsPerSocket) return close(connection, 'too_large')
    seat.claims += fresh
    const writer = writerOf(seat)
    const source = { connection, writer, via: 'edit' } as const
    const { clients, newClients, newNodes } = verdict
    const apply = (doc: Y.Doc): void => Y.applyUpdate(doc, update)
    const done = queue.accept(source, { apply, clients, newClients, newNodes, exact: exact ? update : null })
    if (done === 'nothing') return handled(connection, seat)
    // The gate let through what does not integrate: memory can no longer be trusted, and its sender must not come back.
    if (done === 'broken') return [...close(connection, 'malformed'), ...retire('storage_unavailable')]
    return [{ type: 'append' }]
  }

  const receivePresence = (connection: string, seat: Seat, payload: Uint8Array): RoomEffect[] => {
    const ownership = ownerFor(ownerOfSeat(seat))
    const mayUse = (client: number): boolean => {
      const whose = ownership(client)
      if (whose === 'other' || (whose === 'free' && seat.claims >= limits.clientsPerSocket)) return false
      if (whose === 'free') {
        claims.set(client, ownerOfSeat(seat))
        seat.claims++
      }
      return true
    }
    if (!presence.receive(connection, speakerOf(seat), payload, mayUse)) return close(connection, 'malformed')
    return [{ type: 'announce' }]
  }

  const receive = (connection: string, frame: Uint8Array): RoomEffect[] => {
    const seat = seats.get(connection)
    if (!seat) return []
    let kind: number
    let sub = 0
    let payload: Uint8Array = emptyVector
    try {
      const decoder = decoding.createDecoder(frame)
      kind = decoding.readVarUint(decoder)
      if (kind === messageType.sync) sub = decoding.readVarUint(decoder)
      if (kind === messageType.sync || kind === messageType.awareness) payload = decoding.readVarUint8Array(decoder)
      if (kind === messageType.sync && sub === syncType.step1) Y.decodeStateVector(payload)
    } catch {
      return close(connection, 'malformed')
    }
    const asks = (kind === messageType.sync && sub === syncType.step1) || kind === messageType.queryAwareness
    if (asks && ++seat.questions > limits.questionsPerHeartbeat) return close(connection, 'too_many')
    if (kind === messageType.sync && sub === syncType.step1) return answer(connection, payload)
    if (kind === messageType.sync && sub <= syncType.update) {
      return receiveUpdate(connection, seat, payload, sub === syncType.step2)
    }
    if (kind === messageType.awareness) return receivePresence(connection, seat, payload)
    if (kind === messageType.queryAwareness) {
      const everyone = presence.everyone()
      return everyone ? [send([connection], everyone, true)] : []
    }
    return close(connection, 'malformed')
  }

  /** Everybody sees a new name, group, or the lack of one at once, and not with the next move of the caret. */
  const showAs = (
    connection: string,
    seat: Seat,
    person: RoomPerson,
    behalf: BehalfPerson | undefined,
  ): RoomEffect[] => {
    const { name, groupName, sector, unverified } = seat.person
    const before = seat.behalf
    seat.person = person
    seat.behalf = behalf
    const sameWords = name === person.name && groupName === person.groupName && sector === person.sector
    const sameBehalf = before?.name === behalf?.name && before?.groupName === behalf?.groupName
    if (sameWords && unverified === person.unverified && sameBehalf) return []
    presence.restamp(connection, speakerOf(seat))
    return [{ type: 'announce' }]
  }

  const readRights = (connection: string, access: Access): RoomEffect[] => {
    const seat = seats.get(connection)
    if (!seat) return []
    if (access.kind === 'refused') return close(connection, access.reason === 'sign_in' ? 'sign_in' : 'forbidden')
    const shown = showAs(connection, seat, access.person, access.behalf)
    status = access.status
    if (seat.canWrite === access.canWrite) return shown
    seat.canWrite = access.canWrite
    if (!access.canWrite) return seat.expectsToWrite ? close(connection, 'forbidden') : shown
    // What it sent as a reader was passed over: ask for all of it.
    seat.wasWriter = true
    seat.synced = false
    return [...shown, ...askForAll(connection)]
  }

  const beat = (): RoomEffect[] => {
    const effects: RoomEffect[] = seats.size > 0 ? [send([...seats.keys()], heartbeat, true)] : []
    for (const [connection, seat] of [...seats]) {
      seat.questions = 0
      if (seat.behind === undefined) continue
      seat.behind++
      if (seat.behind > limits.heartbeatsBehind) effects.push(...close(connection, 'out_of_sync'))
    }
    return effects
  }

  const announce = (): RoomEffect[] => {
    const flushed = presence.flush()
    if (!flushed) return []
    const { message, sources } = flushed
    const to = [...seats.keys()].filter((connection) => sources.size !== 1 || !sources.has(connection))
    return to.length > 0 ? [send(to, message, true)] : []
  }

  /** A message to everybody who asked for such. */
  const tellAll = (capability: Capability, message: Uint8Array): RoomEffect[] => {
    const to = [...seats].filter(([, seat]) => seat.capabilities.has(capability)).map(([connection]) => connection)
    return to.length > 0 ? [send(to, message)] : []
  }

  /** Shows a stored batch: first whoever waits for it, then everyone but a sole sender, then the senders are told. */
  const show = ({ message, senders, sole }: Sealed, epochMoved: boolean): RoomEffect[] => {
    const ready = held.filter(({ dueSeq }) => dueSeq <= headSeq)
    held = held.filter(({ dueSeq }) => dueSeq > headSeq)
    const effects = ready.flatMap(({ release }) => release())
    const listeners: string[] = []
    for (const [connection, seat] of seats) if (seat.listening && connection !== sole) listeners.push(connection)
    if (listeners.length > 0) effects.push(send(listeners, message))
    if (epochMoved) {
      effects.push(...tellAll('epoch1', epochFrame(epoch)))
    }
    for (const connection of senders) {
      const seat = seats.get(connection)
      if (seat) effects.push(...tellSaved(connection, seat, seat.sealed))
    }
    return effects
  }

  const stored = (outcome: AppendOutcome): RoomEffect[] => {
    const shown = underway
    underway = undefined
    if (!shown) return []
    if (outcome.kind === 'refused') {
      // Whoever wrote after it was frozen is told so at once, and keeps it as a draft; the others have nothing to keep.
      const late =
        outcome.reason === 'frozen' ? [...shown.senders, ...(queue.seal({ headSeq, epoch })?.senders ?? [])] : []
      const told = [...new Set(late)].filter((connection) => seats.has(connection))
      return [...told.flatMap((connection) => close(connection, 'frozen')), ...retire('storage_unavailable')]
    }
    const epochMoved = outcome.epoch !== epoch
    headSeq = outcome.headSeq
    epoch = outcome.epoch
    for (const { writer, newClients } of shown.batch.rows) {
      for (const client of newClients) {
        owners.set(client, ownerOf(writer))
        claims.delete(client)
      }
    }
    const effects = show(shown, epochMoved)
    if (headSeq - snapshotSeq >= limits.snapshotEvery) effects.push(...snapshot())
    if (queue.length > 0) effects.push({ type: 'append' })
    return effects
  }

  const snapshot = (): RoomEffect[] => {
    if (snapshotAsked) return []
    snapshotAsked = true
    const seq = acceptedSeq()
    const { update } = document.answerTo(emptyVector)
    return whenStored(() => {
      snapshotSeq = seq
      snapshotAsked = false
      return [{ type: 'snapshot', seq, epoch, state: update }]
    })
  }

  const read = (token: number): RoomEffect[] => {
    const seq = acceptedSeq()
    const { update } = document.answerTo(emptyVector)
    return whenStored(() => [{ type: 'answer', token, committed: { headSeq: seq, epoch, status, state: update } }])
  }

  const edit = (token: number, { writer, via, raiseEpoch, clientId, change }: ServerEdit): RoomEffect[] => {
    if (status !== 'open') return [{ type: 'refuse', token, reason: 'frozen' }]
    if (!document.hasRoomFor(0)) return [{ type: 'refuse', token, reason: 'too_large' }]
    const apply = (doc: Y.Doc): void => {
      doc.clientID = clientId
      doc.transact(() => change(doc))
    }
    const only = [clientId]
    try {
      const source = { connection: null, writer, via }
      const done = queue.accept(source, { apply, clients: only, newClients: only, newNodes: [], exact: null })
      if (done === 'nothing') return read(token)
    } catch {
      // Half of the change may stand in the document and in no row.
      return [{ type: 'refuse', token, reason: 'unavailable' }, ...retire('storage_unavailable')]
    }
    if (raiseEpoch) queue.raiseEpoch()
    return [{ type: 'append' }, ...read(token)]
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
        case 'presenceDue':
          return announce()
        case 'heartbeatDue':
          return beat()
        case 'readAsked':
          return read(event.token)
        case 'editAsked':
          return edit(event.token, event.edit)
        case 'newsDue':
          return tellAll('news1', newsFrame(event.topic))
        case 'statusRead':
          status = event.status
          return []
        case 'snapshotDue':
          return snapshot()
        case 'calm':
          if (!underway && queue.length === 0) document.putAway()
          return []
      }
    },

    seal() {
      if (retired || underway) return undefined
      underway = queue.seal({ headSeq, epoch })
      for (const connection of underway?.senders ?? []) {
        const seat = seats.get(connection)
        if (seat) seat.sealed = seat.received
      }
      return underway?.batch
    },

    planId,
    get headSeq() {
      return headSeq
    },
    get epoch() {
      return epoch
    },
    get pending() {
      return underway !== undefined || queue.length > 0
    },
    get snapshotLag() {
      return headSeq - snapshotSeq
    },
    get awake() {
      return document.awake
    },
    members: seats,
  }
}
