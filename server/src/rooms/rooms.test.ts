import { defaultLimits } from '@cabildo/protocol/room/limits'
import { canonicalJson } from '@cabildo/schema/canonical'
import { contentOf, contentOfState, seedDocument } from '@cabildo/schema/content'
import { createManualClock } from '@cabildo/testkit/clock'
import { createRandom, type Random } from '@cabildo/testkit/random'
import { capture, readFrame, step1Frame, step2Frame, textOf, updateFrame } from '@cabildo/testkit/room-clients'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMemoryLog, type MemoryLog } from './adapters/memory-log.ts'
import { createDoc } from './core/held-document.ts'
import type { Access, AccessQuery, AppendBatch, AppendOutcome, Connection, UpdateLog } from './ports.ts'
import { createRooms, type RoomServer } from './registry.ts'

/**
 * The rooms of a node between clients whose network is in the hands of the test, and a log that is slow, fails, or
 * answers late. Everything random comes from one seed.
 */

const documentId = 'document'
const people = ['ana', 'beto', 'carla', 'delfina', 'ernesto']
const longRun = process.env.LONG === '1'

interface Tab {
  person: string
  doc: Y.Doc
  /** Undefined while offline. */
  line: Line | undefined
}
interface Line {
  id: string
  /** On their way to the server, and to the client. */
  up: Uint8Array[]
  down: Uint8Array[]
  sent: number
  /** For each frame sent: what must be stored once it counts as saved. */
  promises: ReturnType<typeof Y.decodeUpdate>[]
  /** How many of them were found in the log, where they stay. */
  kept: number
  closed: string | undefined
  /** Was a reader's at some time: then frames count as handled without being stored. */
  reader: boolean
  connection: Connection
}

/** A log whose appends the test lets through, fails before, or fails after they were stored. */
function createMoodyLog(log: MemoryLog): {
  log: UpdateLog
  release: (mood: 'store' | 'fail' | 'store and fail') => Promise<void>
  readonly waiting: number
} {
  const waiting: {
    batches: readonly AppendBatch[]
    resolve: (outcomes: AppendOutcome[]) => void
    reject: (error: Error) => void
  }[] = []
  return {
    log: {
      ...log,
      append: (batches) => new Promise((resolve, reject) => waiting.push({ batches, resolve, reject })),
    },
    async release(mood) {
      const next = waiting.shift()
      if (!next) return
      if (mood === 'fail') return next.reject(new Error('the disk is full'))
      const outcomes = await log.append(next.batches)
      if (mood === 'store') next.resolve(outcomes)
      else next.reject(new Error('the connection broke before the answer'))
    },
    get waiting() {
      return waiting.length
    },
  }
}

class World {
  readonly random: Random
  readonly clock = createManualClock()
  readonly stored: MemoryLog
  readonly moody: ReturnType<typeof createMoodyLog>
  readonly rooms: RoomServer
  readonly tabs: Tab[]
  readonly mayWrite = new Map(people.map((person) => [person, true]))
  /** What the log says, as far as it was read: its rows only grow. */
  readonly log = { rows: 0, doc: createDoc(), ends: new Map<number, number>() }
  lines = 0
  quiet: number[] = []
  failures: unknown[] = []
  stayed = 0
  saved = 0

  constructor(random: Random) {
    this.random = random
    this.stored = createMemoryLog(this.clock.now)
    this.stored.create(documentId)
    this.stored.setWriters((person) => this.mayWrite.get(person) ?? false)
    this.moody = createMoodyLog(this.stored)
    const check = async ({ userId }: AccessQuery): Promise<Access> => this.accessOf(userId)
    this.rooms = createRooms({
      log: this.moody.log,
      access: { check, checkMany: async (queries) => queries.map(({ userId }) => this.accessOf(userId)) },
      clock: this.clock,
      events: { stored: () => undefined, lastWriterLeft: (_, headSeq) => this.quiet.push(headSeq) },
      limits: { ...defaultLimits, snapshotEvery: 40, unloadAfter: 3000, hibernateAfter: 1500 },
      logger: {
        info() {},
        warn() {},
        // What a room throws, or has us throw, closes the room and no more: it would come back as if it had been the disk.
        error: ({ error }: { error?: unknown }, what: string) => {
          if (what === 'a room failed') this.failures.push(error)
        },
      },
    })
    this.tabs = [...people, 'ana', 'beto'].map((person) => {
      const doc = new Y.Doc()
      // Which of two letters at one place comes first hangs on these: they are of the seed too.
      doc.clientID = random.integer(1000, 2 ** 31)
      return { person, doc, line: undefined }
    })
  }

  accessOf(userId: string): Access {
    return {
      kind: 'granted',
      planId: 'plan',
      status: 'open',
      canWrite: this.mayWrite.get(userId) ?? false,
      person: { userId, name: userId, groupName: null, groupId: null, sector: null },
    }
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 12; i++) await Promise.resolve()
  }

  async connect(tab: Tab): Promise<void> {
    const id = `line${++this.lines}`
    const line: Line = {
      id,
      up: [],
      down: [],
      sent: 0,
      promises: [],
      kept: 0,
      closed: undefined,
      reader: this.mayWrite.get(tab.person) !== true,
      connection: {
        id,
        get open() {
          return line.closed === undefined
        },
        send: (message) => {
          if (line.closed === undefined) {
            this.checkShown(message)
            this.checkSaved(line, message)
            line.down.push(message)
          }
        },
        flush() {},
        close: (reason) => {
          line.closed ??= reason
        },
        pause() {},
        resume() {},
      },
    }
    tab.line = line
    const access = this.accessOf(tab.person)
    if (access.kind === 'refused') return
    await this.rooms.join(line.connection, {
      documentId,
      member: {
        userId: tab.person,
        sessionId: `session of ${tab.person}`,
        person: access.person,
        canWrite: access.canWrite,
        expectsToWrite: false,
        capabilities: new Set(['saved1']),
      },
    })
    this.put(tab, step1Frame(tab.doc))
  }

  /** Reads what was stored since it was read last. */
  readLog(): World['log'] {
    const { log } = this
    for (const { bytes } of this.stored.rows(documentId).slice(log.rows)) {
      log.rows++
      Y.applyUpdate(log.doc, bytes)
      for (const { id, length } of Y.decodeUpdate(bytes).structs) log.ends.set(id.client, id.clock + length)
    }
    return log
  }

  /** [RM2] Whatever leaves the server is stored already. */
  checkShown(message: Uint8Array): void {
    const frame = readFrame(message)
    if (frame.type !== 'step2' && frame.type !== 'update') return
    const { ends } = this.readLog()
    for (const struct of Y.decodeUpdate(frame.update).structs) {
      if (struct.id.clock + struct.length > (ends.get(struct.id.client) ?? 0))
        throw new Error('shown before it was stored')
    }
  }

  put(tab: Tab, frame: Uint8Array): void {
    if (!tab.line || tab.line.closed !== undefined) return
    tab.line.up.push(frame)
    const read = readFrame(frame)
    if (read.type !== 'step2' && read.type !== 'update') return
    tab.line.sent++
    tab.line.promises.push(Y.decodeUpdate(read.update))
  }

  edit(tab: Tab): void {
    const { random } = this
    const update = capture(tab.doc, (doc) => {
      const field = random.pick(['title', 'problem', 'solution', 'results'])
      const fragment = doc.getXmlFragment(field)
      const text = textOf(doc, field)
      const choice = random.next()
      // No editor puts a caret inside a surrogate pair, and Yjs would spoil the character.
      const plain = text
        .toDelta()
        .map(({ insert }: { insert: unknown }) => String(insert))
        .join('')
      const between = (from: number): number => (/[\uDC00-\uDFFF]/.test(plain[from] ?? '') ? from - 1 : from)
      const at = between(random.integer(0, Math.max(0, text.length - 1)))
      const width = (plain.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
      if (choice < 0.5 || text.length === 0)
        text.insert(
          between(random.integer(0, text.length)),
          random.pick(['a', 'la junta ', 'agua', '🌊', 'ñ', 'camino ']),
        )
      else if (choice < 0.7) text.delete(at, width)
      else if (choice < 0.78) text.format(at, width, { bold: random.chance(0.5) ? {} : null })
      else if (choice < 0.86) {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText('nuevo')])
        fragment.insert(random.integer(0, fragment.length), [paragraph])
      } else if (choice < 0.92) {
        const list = new Y.XmlElement('bulletList')
        const item = new Y.XmlElement('listItem')
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText('punto')])
        item.insert(0, [paragraph])
        list.insert(0, [item])
        fragment.insert(random.integer(0, fragment.length), [list])
      } else if (choice < 0.97) {
        // Takes the only item out of a list: alone a client would not, two clients together may.
        const list = fragment
          .toArray()
          .find((child): child is Y.XmlElement => child instanceof Y.XmlElement && child.nodeName === 'bulletList')
        if (list && list.length > 0) list.delete(random.integer(0, list.length - 1), 1)
        else doc.getMap('facts').set('leadInstitution', random.pick(['Alcaldía', 'Junta comunal']))
      } else if (fragment.length > 1) fragment.delete(random.integer(0, fragment.length - 1), 1)
    })
    if (update) this.put(tab, updateFrame(update))
  }

  deliverUp(tab: Tab): void {
    const frame = tab.line?.up.shift()
    if (frame && tab.line && tab.line.closed === undefined) this.rooms.receive(tab.line.connection, frame)
  }

  deliverDown(tab: Tab): void {
    const { line } = tab
    const message = line?.down.shift()
    if (!line || !message) return
    const frame = readFrame(message)
    if (frame.type === 'step1') this.put(tab, step2Frame(tab.doc, frame.stateVector))
    else if (frame.type === 'step2' || frame.type === 'update') {
      // What Yjs does on its own at that, tidying marks that two people set at once, is an edit of this client like others.
      const sendOwn = (update: Uint8Array, origin: unknown) => {
        if (origin !== 'server') this.put(tab, updateFrame(update))
      }
      tab.doc.on('update', sendOwn)
      Y.applyUpdate(tab.doc, frame.update, 'server')
      tab.doc.off('update', sendOwn)
    }
  }

  /** [RM3] What is told to be saved is in the log at that moment: what was written and what was deleted. */
  checkSaved(line: Line, message: Uint8Array): void {
    const frame = readFrame(message)
    if (frame.type !== 'saved') return
    const { count } = frame
    expect(count).toBeLessThanOrEqual(line.sent)
    if (line.reader) return
    const { store } = this.readLog().doc
    for (const { structs, ds } of line.promises.slice(line.kept, count)) {
      const written = structs.every(({ id, length }) => Y.getState(store, id.client) >= id.clock + length)
      const deleted = [...ds.clients].every(([client, ranges]) =>
        ranges.every(({ clock, len }) => isDeleted(store, client, clock, clock + len)),
      )
      if (!written || !deleted) throw new Error(`seed ${this.random.seed}: saved before it was stored`)
      this.saved++
    }
    line.kept = count
  }

  cut(tab: Tab): void {
    if (!tab.line) return
    this.rooms.leave(tab.line.connection)
    tab.line.closed ??= 'cut'
    tab.line = undefined
  }

  async step(): Promise<void> {
    const { random } = this
    const tab = random.pick(this.tabs)
    if (tab.line?.closed !== undefined) {
      // An honest client is never turned away for good, unless its person lost the right to write.
      if (!tab.line.reader)
        expect(['cut', 'storage_unavailable'], `seed ${random.seed}: ${tab.person}`).toContain(tab.line.closed)
      tab.line = undefined
    }
    const choice = random.next()
    if (choice < 0.3) this.edit(tab)
    else if (choice < 0.55) this.deliverUp(tab)
    else if (choice < 0.78) this.deliverDown(tab)
    else if (choice < 0.9) {
      this.clock.advance(random.pick([0, 0, 1, 10, 60]))
      const mood = random.next()
      await this.moody.release(mood < 0.94 ? 'store' : mood < 0.97 ? 'fail' : 'store and fail')
    } else if (choice < 0.94) {
      if (tab.line === undefined) await this.connect(tab)
    } else if (choice < 0.955) this.cut(tab)
    else if (choice < 0.96) this.clock.advance(5000)
    else if (choice < 0.965) {
      // Rights come and go; the tab's text stays where it is.
      const person = random.pick(people)
      this.mayWrite.set(person, !this.mayWrite.get(person))
      for (const tab of this.tabs) if (tab.line && tab.person === person) tab.line.reader = true
      this.rooms.recheck()
    }
    await this.settle()
    expect(this.failures, `seed ${random.seed}`).toEqual([])
  }

  /** [RM7] Whoever stayed connected, and could write all along, has missed nothing: no one comes back for this. */
  async calm(): Promise<void> {
    const busy = (): boolean =>
      this.moody.waiting > 0 ||
      this.tabs.some(
        ({ line }) => line?.closed === undefined && line !== undefined && line.up.length + line.down.length > 0,
      )
    for (let round = 0; round < 200 && (busy() || round < 3); round++) {
      for (const tab of this.tabs) {
        while (tab.line && tab.line.closed === undefined && tab.line.up.length > 0) this.deliverUp(tab)
      }
      this.clock.advance(20)
      await this.settle()
      await this.moody.release('store')
      await this.settle()
      for (const tab of this.tabs)
        while (tab.line && tab.line.closed === undefined && tab.line.down.length > 0) this.deliverDown(tab)
    }
    const log = createDoc()
    for (const { bytes } of this.stored.rows(documentId)) Y.applyUpdate(log, bytes)
    const expected = canonicalJson(contentOf(log))
    for (const { person, doc, line } of this.tabs) {
      if (!line || line.closed !== undefined || line.reader) continue
      expect(
        canonicalJson(contentOf(doc)),
        `seed ${this.random.seed}: ${person}, who never left, against the log`,
      ).toBe(expected)
      this.stayed++
    }
  }

  /** Everything is well again: everyone comes back and all is delivered. */
  async heal(): Promise<void> {
    for (const person of people) this.mayWrite.set(person, true)
    for (const tab of this.tabs) this.cut(tab)
    while (this.moody.waiting > 0) {
      await this.moody.release('store')
      await this.settle()
    }
    for (let round = 0; round < 60; round++) {
      for (const tab of this.tabs) {
        if (tab.line?.closed !== undefined) tab.line = undefined
        if (!tab.line) await this.connect(tab)
        while (tab.line && tab.line.up.length > 0) this.deliverUp(tab)
        this.clock.advance(20)
        await this.settle()
        await this.moody.release('store')
        await this.settle()
        while (tab.line && tab.line.down.length > 0) this.deliverDown(tab)
      }
    }
    expect(this.failures, `seed ${this.random.seed}`).toEqual([])
  }
}

/** Whether all that a client wrote from one clock up to another is deleted. */
function isDeleted(store: Y.Doc['store'], client: number, from: number, end: number): boolean {
  for (let clock = from; clock < end; ) {
    if (Y.getState(store, client) <= clock) return false
    const { id, length, deleted } = Y.getItem(store, Y.createID(client, clock))
    if (!deleted) return false
    clock = id.clock + length
  }
  return true
}

async function run(seed: number | undefined, operations: number): Promise<void> {
  const random = createRandom(seed)
  const world = new World(random)
  const clientId = 7
  await world.stored.append([
    {
      documentId,
      planId: 'plan',
      epoch: 1,
      baseSeq: 0,
      rows: [
        {
          writer: { userId: 'ana', sessionId: null, groupId: null },
          via: 'template',
          bytes: seedDocument('Cuentas claras', clientId),
          newClients: [clientId],
        },
      ],
    },
  ])
  for (let i = 0; i < operations; i++) {
    await world.step()
    if (i % 500 === 499) await world.calm()
  }
  expect(world.stayed).toBeGreaterThan(0)
  expect(world.saved).toBeGreaterThan(operations / 100)
  await world.heal()

  const log = createDoc()
  for (const { bytes } of world.stored.rows(documentId)) Y.applyUpdate(log, bytes)
  const expected = canonicalJson(contentOf(log))
  const reading = world.rooms.read(documentId)
  await world.settle()
  const committed = await reading
  expect(
    canonicalJson(contentOfState(committed?.state ?? new Uint8Array())),
    `seed ${random.seed}: the room against its log [RM1]`,
  ).toBe(expected)
  for (const tab of world.tabs) {
    expect(tab.line?.closed, `seed ${random.seed}: ${tab.person} is connected`).toBeUndefined()
    expect(canonicalJson(contentOf(tab.doc)), `seed ${random.seed}: ${tab.person}'s document against the log`).toBe(
      expected,
    )
  }
  // [RM4] One sender a row, and a client id belongs to one person for ever.
  const owner = new Map<number, string>()
  for (const { bytes, userId } of world.stored.rows(documentId)) {
    for (const { id } of Y.decodeUpdate(bytes).structs) {
      expect(owner.get(id.client) ?? userId).toBe(userId)
      owner.set(id.client, userId)
    }
  }
}

describe('random interleavings of joins, leaves, edits, failing and slow stores and changes of rights', () => {
  test('[RM1] [RM2] [RM3] [RM4] [RM5] 10,000 operations leave every document equal to the log', {
    timeout: 240_000,
  }, async () => {
    await run(undefined, longRun ? 40_000 : 10_000)
  })

  // 43: Yjs tidied marks in the room, and the sender was not told. 1335634453: what was typed before the step 2 counted as
  // saved when the step 2 had come and was not stored.
  test.each([43, 1335634453])('[RM1] [RM2] [RM3] [RM4] [RM5] seed %d', { timeout: 240_000 }, async (seed) => {
    await run(seed, 10_000)
  })
})
