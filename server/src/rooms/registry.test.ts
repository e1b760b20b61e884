import { defaultLimits } from '@cabildo/protocol/room/limits'
import { seedDocument } from '@cabildo/schema/content'
import { createManualClock, type ManualClock } from '@cabildo/testkit/clock'
import { capture, readFrame, step1Frame, step2Frame, textOf, updateFrame } from '@cabildo/testkit/room-clients'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMemoryLog, type MemoryLog } from './adapters/memory-log.ts'
import type { Connection, RoomEvents, UpdateLog } from './ports.ts'
import { createRooms, type RoomServer } from './registry.ts'

const documentId = 'document'
const seed = seedDocument('Cuentas claras', 7)
const person = (userId: string) => ({ userId, name: userId, groupId: null, groupName: null, sector: null })

interface World {
  rooms: RoomServer
  log: MemoryLog
  clock: ManualClock
  loads: number
  quiet: number[]
  /** What reading rights answers; everything refused until told otherwise. */
  rightsRead: number
}
const world = async (more: Partial<UpdateLog> = {}, limits = defaultLimits): Promise<World> => {
  const clock = createManualClock()
  const log = createMemoryLog(clock.now)
  log.create(documentId)
  const writer = { userId: 'ana', sessionId: null, groupId: null }
  await log.append([
    {
      documentId,
      planId: 'plan',
      epoch: 1,
      baseSeq: 0,
      rows: [{ writer, via: 'template', bytes: seed, newClients: [7] }],
    },
  ])
  const made: World = { clock, log, loads: 0, quiet: [], rightsRead: 0, rooms: undefined as unknown as RoomServer }
  const events: RoomEvents = { stored: () => undefined, lastWriterLeft: (_, headSeq) => made.quiet.push(headSeq) }
  made.rooms = createRooms({
    log: {
      ...log,
      ...more,
      load: (id) => {
        made.loads++
        return (more.load ?? log.load)(id)
      },
    },
    access: {
      check: async () => ({ kind: 'refused', reason: 'sign_in' }),
      checkMany: async (queries) => {
        made.rightsRead++
        return queries.map(() => ({ kind: 'refused', reason: 'sign_in' }))
      },
    },
    clock,
    events,
    limits,
    logger: { info() {}, warn() {}, error() {} },
  })
  return made
}
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
const line = (id: string) => {
  const heard: string[] = []
  let closed: string | undefined
  const connection: Connection = {
    id,
    get open() {
      return closed === undefined
    },
    send: (message) => void heard.push(readFrame(message).type),
    flush() {},
    close: (reason) => {
      closed = reason
    },
    pause() {},
    resume() {},
  }
  return { connection, heard, closed: () => closed }
}
const enter = async (
  { rooms }: World,
  one: ReturnType<typeof line>,
  canWrite = true,
  rights?: number,
): Promise<void> => {
  const member = {
    userId: 'ana',
    sessionId: 's',
    person: person('ana'),
    canWrite,
    expectsToWrite: false,
    capabilities: new Set(['saved1'] as const),
  }
  await rooms.join(one.connection, { documentId, member, ...(rights !== undefined && { rights }) })
  if (one.closed() !== undefined) return
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  rooms.receive(one.connection, step1Frame(doc))
  rooms.receive(one.connection, step2Frame(doc))
}
const type = ({ rooms }: World, one: ReturnType<typeof line>): void => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  rooms.receive(one.connection, updateFrame(capture(doc, (live) => textOf(live, 'problem').insert(0, 'agua')) ?? seed))
}

describe('loading', () => {
  test('[RM6] however many knock at once, a document is loaded once', async () => {
    const made = await world()
    const lines = Array.from({ length: 20 }, (_, i) => line(`line ${i}`))
    await Promise.all([...lines.map((one) => enter(made, one)), made.rooms.read(documentId)])
    expect(made.loads).toBe(1)
    expect(lines.every(({ heard }) => heard.includes('step2'))).toBe(true)
  })

  test('[RM6] a load that fails closes the newcomers with 1013; the next one tries again', async () => {
    let broken = true
    const other = createMemoryLog()
    const made = await world({
      load: async (id) => {
        if (broken) throw new Error('the database is away')
        other.create(id)
        await other.append([
          {
            documentId: id,
            planId: 'plan',
            epoch: 1,
            baseSeq: 0,
            rows: [
              {
                writer: { userId: 'ana', sessionId: null, groupId: null },
                via: 'template',
                bytes: seed,
                newClients: [7],
              },
            ],
          },
        ])
        return other.load(id)
      },
    })
    const first = line('first')
    await enter(made, first)
    expect(first.closed()).toBe('cannot_load')
    await expect(made.rooms.read(documentId)).rejects.toMatchObject({ code: 'unavailable' })
    broken = false
    const second = line('second')
    await enter(made, second)
    expect(second.heard).toContain('step2')
  })
})

describe('a document that is frozen or opened', () => {
  test('[RM22] is told to its room also while that is being loaded', async () => {
    const gate = Promise.withResolvers<void>()
    const made: World = await world({
      load: async (id) => {
        const loaded = await made.log.load(id)
        await gate.promise
        return loaded
      },
    })
    const reading = made.rooms.read(documentId)
    await settle()
    made.log.setStatus(documentId, 'frozen')
    const told = made.rooms.statusChanged(documentId)
    gate.resolve()
    await Promise.all([reading, told])
    expect(await made.rooms.read(documentId)).toMatchObject({ status: 'frozen' })
  })

  test('[RM22] is what it became last, however long an earlier look takes', async () => {
    const gate = Promise.withResolvers<void>()
    let looks = 0
    const made: World = await world({
      statusOf: async (id) => {
        const status = await made.log.statusOf(id)
        if (looks++ === 0) await gate.promise
        return status
      },
    })
    await made.rooms.read(documentId)
    made.log.setStatus(documentId, 'frozen')
    const first = made.rooms.statusChanged(documentId)
    await settle()
    made.log.setStatus(documentId, 'open')
    const second = made.rooms.statusChanged(documentId)
    await settle()
    gate.resolve()
    await Promise.all([first, second])
    expect(await made.rooms.read(documentId)).toMatchObject({ status: 'open' })
  })

  test('closes its room when nobody can tell which, and the next one loads it', async () => {
    const made: World = await world({
      statusOf: async () => {
        throw new Error('the database is away')
      },
    })
    const one = line('one')
    await enter(made, one)
    made.log.setStatus(documentId, 'frozen')
    await made.rooms.statusChanged(documentId)
    expect(one.closed()).toBe('storage_unavailable')
    expect(await made.rooms.read(documentId)).toMatchObject({ status: 'frozen' })
  })
})

describe('a defect', () => {
  test('in one room closes that room for now, and the others go on', async () => {
    const made = await world()
    const one = line('one')
    await enter(made, one)
    const reading = made.rooms.edit(
      documentId,
      { writer: { userId: 'ana', sessionId: null, groupId: null }, via: 'restore' },
      () => {
        throw new Error('a defect')
      },
    )
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' })
    expect(one.closed()).toBe('storage_unavailable')
    const again = line('again')
    await enter(made, again)
    expect(again.heard).toContain('step2')
    // What no code foresaw: the frame is not even bytes.
    made.rooms.receive(again.connection, undefined as unknown as Uint8Array)
    expect(again.closed()).toBeDefined()
    const third = line('third')
    await enter(made, third)
    expect(third.heard).toContain('step2')
  })
})

describe('rights', () => {
  test('[RM23] what changed while somebody was on the way in is read again once they are in', async () => {
    const made = await world()
    const asked = made.rooms.rights
    made.rooms.recheck()
    const late = line('late')
    await enter(made, late, true, asked)
    await settle()
    expect(made.rightsRead).toBe(1)
    expect(late.closed()).toBe('sign_in')
    const fresh = line('fresh')
    await enter(made, fresh, true, made.rooms.rights)
    await settle()
    expect(made.rightsRead).toBe(1)
    expect(fresh.closed()).toBeUndefined()
  })
})

describe('life', () => {
  test('[RM50] a room nobody is in leaves memory after its time, and not before', async () => {
    const made = await world()
    const one = line('one')
    await enter(made, one)
    made.clock.advance(120_000)
    expect(made.rooms.stats.rooms).toBe(1)
    made.rooms.leave(one.connection)
    made.clock.advance(defaultLimits.unloadAfter - 2000)
    expect(made.rooms.stats.rooms).toBe(1)
    made.clock.advance(5000)
    expect(made.rooms.stats.rooms).toBe(0)
  })

  test('[RM50] one with rows that are not stored stays, even when empty', async () => {
    const made = await world({ append: () => new Promise(() => {}) })
    const one = line('one')
    await enter(made, one)
    type(made, one)
    made.rooms.leave(one.connection)
    made.clock.advance(300_000)
    expect(made.rooms.stats.rooms).toBe(1)
  })

  test('[RM51] a document is put to rest when nobody has edited it for a while', async () => {
    const made = await world()
    const one = line('one')
    await enter(made, one)
    expect(made.rooms.stats.awake).toBe(1)
    made.clock.advance(defaultLimits.hibernateAfter + 2000)
    expect(made.rooms.stats.awake).toBe(0)
  })

  test('[RM56] when the last writer leaves after an edit the versions are told, once; a reader does not count', async () => {
    const made = await world()
    const [ana, beto, lector] = [line('ana'), line('beto'), line('lector')]
    await enter(made, ana)
    await enter(made, beto)
    await enter(made, lector, false)
    type(made, ana)
    made.clock.advance(10)
    await settle()
    expect(ana.heard).toContain('saved')
    made.rooms.leave(ana.connection)
    expect(made.quiet).toEqual([])
    made.rooms.leave(beto.connection)
    expect(made.quiet).toEqual([2])
    made.rooms.leave(lector.connection)
    expect(made.quiet).toEqual([2])
  })

  test('[RM43] a room takes so many and no more', async () => {
    const made = await world({}, { ...defaultLimits, socketsPerRoom: 2 })
    const lines = [line('a'), line('b'), line('c')]
    for (const one of lines) await enter(made, one)
    expect(lines.map(({ closed }) => closed())).toEqual([undefined, undefined, 'too_many'])
  })

  test('[RM53] who comes while the server stops is sent away for now', async () => {
    const made = await world()
    const inside = line('inside')
    await enter(made, inside)
    await made.rooms.drain()
    expect(inside.closed()).toBe('restarting')
    const late = line('late')
    await enter(made, late)
    expect(late.closed()).toBe('restarting')
  })
})
