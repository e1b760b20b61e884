import { AppError } from '@cabildo/protocol/errors'
import type { CloseReason } from '@cabildo/protocol/room/close'
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import { mintClientId } from './client-id.ts'
import { createCommitter } from './committer.ts'
import type { Member, RoomEffect, RoomEvent } from './core/events.ts'
import { createRoom, type Room } from './core/room.ts'
import type { AccessReader, Clock, Committed, Connection, RoomEvents, RoomPerson, Rooms, UpdateLog } from './ports.ts'
import { createRightsWatch } from './rights-watch.ts'

/** A connection's way in: who it is, and what it asked for. Access was granted already. */
export interface Entrance {
  documentId: string
  /** The epoch the client's text stands on, as it wrote it; undefined when it did not say. */
  epoch?: string | undefined
  /** What `rights` said before its rights were read; left out when they were read just now. */
  rights?: number
  member: Member
}

export interface RoomServer extends Rooms {
  /** Brings a connection into its room, loading it first if need be. Frames come in through `receive`. */
  join(connection: Connection, entrance: Entrance): Promise<void>
  receive(connection: Connection, frame: Uint8Array): void
  leave(connection: Connection): void
  /** Changes whenever rights may have changed. */
  readonly rights: number
  /** For the metrics page. */
  readonly stats: { rooms: number; connections: number; awake: number; rowsStored: number; commits: number }
  readonly draining: boolean
}

export interface RoomServerPorts {
  log: UpdateLog
  access: AccessReader
  clock: Clock
  events: RoomEvents
  limits: RoomLimits
  logger: {
    info(data: object, message: string): void
    warn(data: object, message: string): void
    error(data: object, message: string): void
  }
}

/** A loaded room with everything around it. */
interface Lodging {
  documentId: string
  room: Room
  connections: Map<string, Connection>
  /** Those waiting for an answer, by token. */
  asked: Map<number, { resolve(committed: Committed): void; reject(error: Error): void }>
  emptySince: number
  editedAt: number
  /** The head when the last writer last left; `writerLeft` asks to look at it again. */
  quietSeq: number
  writerLeft: boolean
}

const sweepEvery = 1000
/** Rights are read again when the database rings; this often in case it was not heard. */
const rightsEvery = 5000
const drainAtMost = 4000

/**
 * Finds, loads, runs and unloads the rooms of this node: one load per document however many knock (spec RM30). It runs
 * the effects of each room in order; the rooms themselves do nothing.
 */
export function createRooms(ports: RoomServerPorts): RoomServer {
  const { log, access, clock, events, limits, logger } = ports
  const lodgings = new Map<string, Lodging>()
  const loading = new Map<string, Promise<Lodging | undefined>>()
  const statuses = new Map<string, Promise<void>>()
  const homes = new Map<string, Lodging>()
  const unflushed = new Set<Connection>()
  const announcing = new Set<Lodging>()
  const stats = { rowsStored: 0, commits: 0 }
  let nextToken = 1
  let draining = false
  let cancelPresence: (() => void) | undefined
  let lastHeartbeat = clock.now()
  let rang = 0

  const committer = createCommitter<Lodging>({
    log,
    clock,
    gatherAtMost: limits.gatherAtMost,
    seal: (lodging) => {
      try {
        return lodging.room.seal()
      } catch (error) {
        logger.error({ documentId: lodging.documentId, error }, 'a room could not gather its rows')
        retire(lodging, 'storage_unavailable')
        return undefined
      }
    },
    deliver(lodging, outcome) {
      if (outcome.kind === 'stored') stats.rowsStored += outcome.headSeq - lodging.room.headSeq
      if (outcome.kind === 'failed')
        logger.error({ documentId: lodging.documentId, error: outcome.error }, 'could not store edits')
      else if (outcome.kind === 'refused')
        logger.warn({ documentId: lodging.documentId, reason: outcome.reason }, 'the log refused a batch')
      // After a failure nobody knows, so they had better look.
      if (outcome.kind !== 'refused') events.stored(lodging.documentId)
      const writes = tell(lodging, outcome.kind === 'failed' ? { type: 'storeFailed' } : { type: 'stored', outcome })
      noticeQuiet(lodging)
      return writes
    },
    delivered() {
      stats.commits++
      flush()
    },
  })

  const flush = (): void => {
    for (const connection of unflushed) connection.flush()
    unflushed.clear()
  }

  /** Hands an event to the room and carries out what it answers. Answers how many connections got something. */
  const tell = (lodging: Lodging, event: RoomEvent): number => {
    try {
      return perform(lodging, lodging.room.handle(event))
    } catch (error) {
      // A defect in one room must not stop the others. What it holds can no longer be trusted; its log can.
      logger.error({ documentId: lodging.documentId, event: event.type, error }, 'a room failed')
      retire(lodging, 'storage_unavailable')
      return 0
    }
  }

  const perform = (lodging: Lodging, effects: readonly RoomEffect[]): number => {
    let writes = 0
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          for (const id of effect.to) {
            const connection = lodging.connections.get(id)
            if (!connection) continue
            connection.send(effect.message, effect.volatile)
            unflushed.add(connection)
            writes++
          }
          break
        case 'close': {
          const connection = lodging.connections.get(effect.connection)
          if (connection) drop(lodging, connection, effect.reason)
          break
        }
        case 'append':
          lodging.editedAt = clock.now()
          committer.wake(lodging)
          break
        case 'announce':
          announcing.add(lodging)
          cancelPresence ??= clock.after(limits.presenceEvery, announce)
          break
        case 'answer': {
          lodging.asked.get(effect.token)?.resolve({ planId: lodging.room.planId, ...effect.committed })
          lodging.asked.delete(effect.token)
          break
        }
        case 'refuse':
          lodging.asked.get(effect.token)?.reject(new AppError(effect.reason))
          lodging.asked.delete(effect.token)
          break
        case 'snapshot':
          keepSnapshot(lodging.documentId, effect)
          break
        case 'retire':
          retire(lodging, effect.reason)
          break
      }
    }
    return writes
  }

  const snapshots = new Set<Promise<void>>()
  const keepSnapshot = (documentId: string, snapshot: { seq: number; epoch: number; state: Uint8Array }): void => {
    // A snapshot only makes the next load shorter. Losing one loses nothing, so its failure is noted and no more.
    const kept: Promise<void> = log
      .saveSnapshot(documentId, snapshot)
      .catch((error: unknown) => logger.warn({ documentId, seq: snapshot.seq, error }, 'could not keep a snapshot'))
      .finally(() => snapshots.delete(kept))
    snapshots.add(kept)
  }

  const drop = (lodging: Lodging, connection: Connection, reason: CloseReason): void => {
    unflushed.delete(connection)
    connection.flush()
    connection.close(reason)
    forget(lodging, connection)
  }

  const forget = (lodging: Lodging, connection: Connection): void => {
    lodging.connections.delete(connection.id)
    homes.delete(connection.id)
    if (lodging.connections.size === 0) lodging.emptySince = clock.now()
    lodging.writerLeft = true
    noticeQuiet(lodging)
  }

  /** Tells the others once when nobody who may write is inside any more and something was written. */
  const noticeQuiet = (lodging: Lodging): void => {
    const { room } = lodging
    if (!lodging.writerLeft || room.pending || lodgings.get(lodging.documentId) !== lodging) return
    for (const [id, member] of room.members) if (member.canWrite && lodging.connections.has(id)) return
    lodging.writerLeft = false
    if (room.headSeq <= lodging.quietSeq) return
    lodging.quietSeq = room.headSeq
    events.lastWriterLeft(lodging.documentId, room.headSeq)
  }

  const retire = (lodging: Lodging, reason: CloseReason): void => {
    if (lodgings.get(lodging.documentId) === lodging) lodgings.delete(lodging.documentId)
    for (const connection of [...lodging.connections.values()]) drop(lodging, connection, reason)
    for (const { reject } of lodging.asked.values()) reject(new AppError('unavailable'))
    lodging.asked.clear()
    announcing.delete(lodging)
  }

  const announce = (): void => {
    cancelPresence = undefined
    const rooms = [...announcing]
    announcing.clear()
    for (const lodging of rooms) tell(lodging, { type: 'presenceDue' })
    flush()
  }

  const find = (documentId: string): Promise<Lodging | undefined> => {
    const lodging = lodgings.get(documentId)
    if (lodging) return Promise.resolve(lodging)
    const before = loading.get(documentId)
    if (before) return before
    const load = (async () => {
      const loaded = await log.load(documentId)
      if (!loaded) return undefined
      const room = createRoom(loaded, limits)
      const now = clock.now()
      const fresh: Lodging = {
        documentId,
        room,
        connections: new Map(),
        asked: new Map(),
        emptySince: now,
        editedAt: now,
        // A room that was lost to a failure may hold rows nobody was told of.
        quietSeq: 0,
        writerLeft: false,
      }
      lodgings.set(documentId, fresh)
      return fresh
    })().finally(() => loading.delete(documentId))
    loading.set(documentId, load)
    return load
  }

  const ask = async (documentId: string, event: (token: number) => RoomEvent): Promise<Committed | undefined> => {
    let lodging: Lodging | undefined
    try {
      lodging = await find(documentId)
    } catch (error) {
      logger.error({ documentId, error }, 'could not load a document')
      throw new AppError('unavailable')
    }
    if (!lodging) return undefined
    // It may have been lost while we waited: then nobody would answer.
    if (lodgings.get(documentId) !== lodging) throw new AppError('unavailable')
    const home = lodging
    const token = nextToken++
    return new Promise((resolve, reject) => {
      home.asked.set(token, { resolve, reject })
      tell(home, event(token))
      flush()
    })
  }

  const tellStatus = async (documentId: string): Promise<void> => {
    // One that is being loaded now may have read what was there before.
    await loading.get(documentId)?.catch(() => undefined)
    const lodging = lodgings.get(documentId)
    if (!lodging) return
    try {
      const status = await log.statusOf(documentId)
      if (status && lodgings.get(documentId) === lodging) tell(lodging, { type: 'statusRead', status })
      flush()
    } catch (error) {
      // Whoever comes next loads it as it is by then.
      logger.error({ documentId, error }, 'could not read whether a document takes edits')
      retire(lodging, 'storage_unavailable')
    }
  }

  const rightsWatch = createRightsWatch<Lodging>({
    access,
    clock,
    logger,
    *present() {
      for (const lodging of lodgings.values()) {
        const { documentId } = lodging
        for (const [connection, { userId, sessionId, behalf }] of lodging.room.members)
          yield { home: lodging, connection, query: { userId, sessionId, documentId, behalfId: behalf?.userId } }
      }
    },
    tell: (lodging, connection, read) => tell(lodging, { type: 'rightsRead', connection, access: read }),
    done: flush,
  })

  const sweep = (): void => {
    if (draining) return
    const now = clock.now()
    if (now - lastHeartbeat >= limits.heartbeatEvery) {
      lastHeartbeat = now
      for (const lodging of lodgings.values()) tell(lodging, { type: 'heartbeatDue' })
      flush()
    }
    for (const lodging of lodgings.values()) {
      const { room } = lodging
      if (room.pending) continue
      if (room.awake && now - lodging.editedAt >= limits.hibernateAfter) tell(lodging, { type: 'calm' })
      const empty = lodging.connections.size === 0 && lodging.asked.size === 0
      if (!empty || now - lodging.emptySince < limits.unloadAfter) continue
      if (room.snapshotLag > 0) tell(lodging, { type: 'snapshotDue' })
      lodgings.delete(lodging.documentId)
    }
    if (rightsWatch.isDue(rightsEvery)) rightsWatch.look()
    cancelSweep = clock.after(sweepEvery, sweep)
  }
  let cancelSweep = clock.after(sweepEvery, sweep)

  return {
    limits,

    async join(connection, { documentId, epoch, rights, member }) {
      if (draining) return connection.close('restarting')
      let lodging: Lodging | undefined
      try {
        lodging = await find(documentId)
      } catch (error) {
        logger.error({ documentId, error }, 'could not load a document')
        return connection.close('cannot_load')
      }
      if (!lodging) return connection.close('not_found')
      // It may have been lost while we waited: then nobody would answer.
      if (lodgings.get(documentId) !== lodging) return connection.close('storage_unavailable')
      if (draining) return connection.close('restarting')
      if (lodging.connections.size >= limits.socketsPerRoom) return connection.close('too_many')
      if (epoch !== undefined && epoch !== String(lodging.room.epoch)) return connection.close('epoch_mismatch')
      if (!connection.open) return
      lodging.connections.set(connection.id, connection)
      homes.set(connection.id, lodging)
      tell(lodging, { type: 'joined', connection: connection.id, member })
      flush()
      // Something changed on its way in, when it was not yet among those who are looked at.
      if (rights !== undefined && rights !== rang) rightsWatch.look()
    },

    receive(connection, frame) {
      const lodging = homes.get(connection.id)
      if (!lodging) return
      tell(lodging, { type: 'received', connection: connection.id, frame })
      if (unflushed.size > 0) flush()
    },

    leave(connection) {
      const lodging = homes.get(connection.id)
      if (!lodging) return
      tell(lodging, { type: 'left', connection: connection.id })
      forget(lodging, connection)
    },

    read: (documentId) => ask(documentId, (token) => ({ type: 'readAsked', token })),

    stateAt: (documentId, seq) => log.stateAt(documentId, seq),

    async edit(documentId, by, change) {
      const clientId = by.clientId ?? mintClientId()
      const committed = await ask(documentId, (token) => ({
        type: 'editAsked',
        token,
        edit: { writer: by.writer, via: by.via, raiseEpoch: by.raiseEpoch ?? false, clientId, change },
      }))
      if (!committed) throw new AppError('not_found')
      return { headSeq: committed.headSeq, epoch: committed.epoch }
    },

    inside(documentIds) {
      const found = new Map<string, RoomPerson[]>()
      for (const documentId of documentIds) {
        const people = new Map<string, RoomPerson>()
        for (const { userId, person } of lodgings.get(documentId)?.room.members.values() ?? [])
          people.set(userId, person)
        found.set(documentId, [...people.values()])
      }
      return found
    },

    async reload(documentId) {
      // One that is being loaded now may have read what was there before.
      await loading.get(documentId)?.catch(() => undefined)
      const lodging = lodgings.get(documentId)
      if (lodging) retire(lodging, 'epoch_mismatch')
      await Promise.all(snapshots)
    },

    announce(documentId, topic) {
      const lodging = lodgings.get(documentId)
      if (!lodging) return
      tell(lodging, { type: 'newsDue', topic })
      flush()
    },

    statusChanged(documentId) {
      // One after another, so that what was read first is told first.
      const read = (statuses.get(documentId) ?? Promise.resolve()).then(() => tellStatus(documentId))
      statuses.set(documentId, read)
      return read.finally(() => {
        if (statuses.get(documentId) === read) statuses.delete(documentId)
      })
    },

    recheck() {
      rang++
      rightsWatch.look()
    },

    async drain() {
      draining = true
      cancelSweep()
      cancelPresence?.()
      for (const lodging of lodgings.values()) for (const connection of lodging.connections.values()) connection.pause()
      const deadline = new Promise<void>((resolve) => clock.after(drainAtMost, resolve))
      const store = async (): Promise<void> => {
        await committer.idle()
        for (const lodging of lodgings.values())
          if (lodging.room.snapshotLag > 0) tell(lodging, { type: 'snapshotDue' })
        await Promise.all(snapshots)
      }
      await Promise.race([store(), deadline])
      for (const lodging of [...lodgings.values()]) retire(lodging, 'restarting')
    },

    get rights() {
      return rang
    },
    get draining() {
      return draining
    },
    get stats() {
      let awake = 0
      for (const { room } of lodgings.values()) if (room.awake) awake++
      return { ...stats, rooms: lodgings.size, connections: homes.size, awake }
    },
  }
}
