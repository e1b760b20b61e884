/**
 * The load generator: people in rooms who type, and who are watched receiving what the others typed.
 *
 * A character is known by its author's client id and clock, which are found in whatever update carries it, alone or
 * merged with others. So the same bookkeeping is right for servers that forward, re-encode or gather.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Dialect, found, kind } from './dialects.ts'
import { createHistogram, type Histogram } from './histogram.ts'
import { layer, memberOf, paragraphWithPlaces, readRuns, typedBytes, writeTyped, writeVarUint } from './updates.ts'
import { closeFrame, frameOf, frameOverhead, openWebSocket, type RawWebSocket } from './web-socket.ts'

/** Where and how to reach a server's rooms. */
export interface Door {
  port: number
  dialect: Dialect
  /** The request that opens a socket to a room for the n-th person of a run, counted over all rooms. */
  request(room: string, person: number): { path: string; headers: Record<string, string> }
}

/** One person in a room: a socket, the characters typed, and how many of each other person's arrived. */
export interface Member {
  readonly room: Room
  readonly index: number
  /** Characters typed so far. */
  readonly typed: number
  /** Of each member of the room, how many of their characters are here. */
  readonly seen: Int32Array
  /** How many of them the server has said are saved. Undefined when it has said nothing of the kind. */
  saved(): number | undefined
  /** Why the server closed the socket. Undefined while it is open. */
  readonly closed: number | undefined
  leave(): void
}

export interface Room {
  readonly name: string
  readonly members: readonly Member[]
}

/** What arrived since `begin`. */
export interface Watch {
  /** Times from a character's write to its arrival, of those written while the watch was open. */
  latency: Histogram
  /** Times from a character's write until the server said to its author that it is saved; empty where it never does. */
  acks: Histogram
  /** Characters that reached somebody. */
  delivered: number
  /** Characters written, and the longest a write was late: much of it means that the harness was the limit. */
  written: number
  latest: number
}

/** Many people in rooms of one server. */
export interface Crowd {
  /** Opens a socket for each and waits until all have the document. */
  join(room: string, people: number): Promise<Room>
  /** Has the first member lay down the paragraph with a place for each of `typists`, and waits until all have it. */
  prepare(room: Room, typists: number): Promise<void>
  /** Both, for many rooms, a few at a time. */
  fill(rooms: readonly string[], people: number, typists: number): Promise<Room[]>
  /** Writes `count` characters of one person, each a message of its own, in one write. */
  type(member: Member, count: number): void
  /** Everybody named types `rate` characters a second, their keystrokes spread evenly over time. */
  typeSteadily(typists: readonly Member[], rate: number, milliseconds: number): Promise<void>
  begin(): Watch
  /** Closes the watch: what is written from now on is not measured, what is under way still counts. */
  end(): void
  /** Waits until every character written has reached everybody else there, at most so long. Answers when, or undefined. */
  settled(milliseconds: number): Promise<number | undefined>
  /** Characters written that somebody has not got. */
  missing(): number
  /** People whose socket the server has closed, each with the close code. */
  closed(): number[]
  leave(): Promise<void>
}

interface Person extends Member {
  room: Place
  typed: number
  /** The server's last count of our stored messages, and how many of ours carried something else than typing. */
  counted: number
  untyped: number
  /** How many of our characters were told to be saved. */
  acknowledged: number
  closed: number | undefined
  hasDocument: boolean
  hasParagraph: boolean
  socket: RawWebSocket | undefined
  prefix: Uint8Array
  /** When each character was written, in `performance.now()`. */
  writtenAt: Float64Array
}

interface Place extends Room {
  members: Person[]
}

const atOnce = 10
const joinWithin = 30_000
const idle = 3

/** Nobody yet. Sockets open `atOnce` at a time, so that joining is no flood. */
export function createCrowd({ port, dialect, request }: Door): Crowd {
  const rooms: Place[] = []
  const ended: (() => void)[] = []
  let people = 0
  let outstanding = 0
  let settledAt = 0
  let watch: Watch | undefined
  let from = Number.POSITIVE_INFINITY
  let until = Number.POSITIVE_INFINITY

  // The message being read: its reader and the time. Kept here so that reading a run allocates nothing.
  let reader: Person | undefined
  let now = 0

  function onRun(clientId: number, clock: number, length: number) {
    if (!reader) return
    const author = memberOf(clientId)
    if (author < 0) {
      if (clientId === layer) reader.hasParagraph = true
      return
    }
    const writer = reader.room.members[author]
    if (writer === undefined || author === reader.index) return
    const first = Math.max(clock, reader.seen[author] ?? 0)
    const last = Math.min(clock + length, writer.typed)
    if (last <= first) return
    reader.seen[author] = last
    outstanding -= last - first
    if (watch) {
      watch.delivered += last - first
      for (let i = first; i < last; i++) {
        const at = writer.writtenAt[i] ?? 0
        if (at >= from && at < until) watch.latency.add(now - at)
      }
    }
    if (outstanding === 0) {
      settledAt = now
      for (const resolve of ended.splice(0)) resolve()
    }
  }

  function onMessage(person: Person, bytes: Uint8Array, start: number, end: number, socket: RawWebSocket) {
    switch (dialect.read(bytes, start, end)) {
      case kind.document:
        person.hasDocument = true
        now = performance.now()
        reader = person
        readRuns(bytes, found.start, found.end, onRun)
        break
      case kind.update:
        now = performance.now()
        reader = person
        readRuns(bytes, found.start, found.end, onRun)
        break
      case kind.question:
        person.untyped += 1
        socket.write(frameOf(dialect.nothing(person.room.name)))
        break
      case kind.saved:
        person.counted = found.saved
        now = performance.now()
        for (const saved = Math.min(found.saved - person.untyped, person.typed); person.acknowledged < saved; ) {
          const at = person.writtenAt[person.acknowledged++] ?? 0
          if (watch && at >= from && at < until) watch.acks.add(now - at)
        }
        break
      default:
        break
    }
  }

  async function enter(room: Place, index: number, size: number): Promise<void> {
    const person: Person = {
      room,
      index,
      typed: 0,
      seen: new Int32Array(size),
      counted: 0,
      untyped: 0,
      acknowledged: 0,
      closed: undefined,
      hasDocument: false,
      hasParagraph: false,
      socket: undefined,
      prefix: dialect.updatePrefix(room.name),
      writtenAt: new Float64Array(64),
      saved: () => (person.counted === 0 ? undefined : Math.max(0, person.counted - person.untyped)),
      leave: () => person.socket?.close(),
    }
    room.members[index] = person
    const socket = await openWebSocket({
      port,
      ...request(room.name, people++),
      onMessage: (bytes, start, end, socket) => onMessage(person, bytes, start, end, socket),
      onClose: (code) => {
        person.closed = code
      },
    })
    person.socket = socket
    for (const payload of dialect.greeting(room.name)) socket.write(frameOf(payload))
    await waitFor(() => person.hasDocument || person.closed !== undefined, joinWithin, `${room.name}: no document came`)
    if (person.closed !== undefined) throw new Error(`${room.name}: the server closed a joiner with ${person.closed}`)
  }

  function send(person: Person, update: Uint8Array) {
    const length = new Uint8Array(5)
    const lengthEnd = writeVarUint(length, 0, update.length)
    person.untyped += 1
    person.socket?.write(frameOf(Buffer.concat([person.prefix, length.subarray(0, lengthEnd), update])))
  }

  function type(person: Person, count: number) {
    const { prefix, room } = person
    const bytes = new Uint8Array(count * (frameOverhead + prefix.length + 1 + typedBytes))
    if (person.typed + count > person.writtenAt.length) {
      const longer = new Float64Array((person.typed + count) * 2)
      longer.set(person.writtenAt)
      person.writtenAt = longer
    }
    let end = 0
    const at = performance.now()
    for (let i = 0; i < count; i++) {
      const payload = end + frameOverhead
      bytes.set(prefix, payload)
      const update = payload + prefix.length + 1
      const updateEnd = writeTyped(bytes, update, person.index, person.typed)
      bytes[update - 1] = updateEnd - update // under 128: one byte
      end = closeFrame(bytes, end, updateEnd - payload)
      person.writtenAt[person.typed] = at
      person.typed += 1
    }
    outstanding += count * (room.members.length - 1)
    if (watch) watch.written += count
    person.socket?.write(bytes.subarray(0, end))
  }

  async function join(name: string, size: number): Promise<Place> {
    const room: Place = { name, members: [] }
    rooms.push(room)
    for (let first = 0; first < size; first += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, size - first) }, (_, i) => enter(room, first + i, size))
      await Promise.all(some)
    }
    return room
  }

  async function prepare({ name, members }: Place, typists: number): Promise<void> {
    const [first, ...others] = members
    if (!first) return
    send(first, paragraphWithPlaces(typists))
    await waitFor(
      () => others.every((person) => person.hasParagraph),
      joinWithin,
      `${name}: the paragraph did not reach everybody`,
    )
  }

  return {
    join,
    prepare: (room, typists) => prepare(placeOf(room), typists),
    async fill(names, size, typists) {
      const filled: Room[] = []
      for (let first = 0; first < names.length; first += atOnce) {
        const some = names.slice(first, first + atOnce).map(async (name) => {
          const room = await join(name, size)
          await prepare(room, typists)
          return room
        })
        filled.push(...(await Promise.all(some)))
      }
      return filled
    },
    type: (member, count) => type(personOf(member), count),
    async typeSteadily(typists, rate, milliseconds) {
      const persons = typists.map(personOf)
      const perMillisecond = (rate * persons.length) / 1000
      const counts = new Int32Array(persons.length)
      const total = Math.floor(perMillisecond * milliseconds)
      const start = performance.now()
      for (let done = 0; done < total; ) {
        const due = Math.min(total, Math.floor((performance.now() - start) * perMillisecond) + 1)
        const begun = done
        for (; done < due; done++) counts[done % persons.length] = (counts[done % persons.length] ?? 0) + 1
        for (let i = begun; i < Math.min(due, begun + persons.length); i++) {
          const place = i % persons.length
          const person = persons[place]
          const count = counts[place] ?? 0
          counts[place] = 0
          if (person && count > 0) type(person, count)
        }
        if (watch) watch.latest = Math.max(watch.latest, performance.now() - start - begun / perMillisecond)
        await pause(1)
      }
    },
    begin() {
      watch = { latency: createHistogram(), acks: createHistogram(), delivered: 0, written: 0, latest: 0 }
      from = performance.now()
      until = Number.POSITIVE_INFINITY
      return watch
    },
    end() {
      until = performance.now()
    },
    async settled(milliseconds) {
      if (outstanding === 0) return settledAt
      const { promise, resolve } = Promise.withResolvers<void>()
      ended.push(resolve)
      const late = setTimeout(resolve, milliseconds)
      await promise
      clearTimeout(late)
      return outstanding === 0 ? settledAt : undefined
    },
    missing: () => outstanding,
    closed: () =>
      rooms.flatMap(({ members }) => members.map(({ closed }) => closed)).filter((code) => code !== undefined),
    async leave() {
      const everybody = rooms.splice(0).flatMap((room) => room.members)
      for (const person of everybody) person.socket?.close()
      const deadline = performance.now() + 2000
      while (performance.now() < deadline && everybody.some((person) => person.socket?.open)) await pause(idle)
      for (const person of everybody) person.socket?.destroy()
      outstanding = 0
    },
  }

  function personOf(member: Member): Person {
    const person = placeOf(member.room).members[member.index]
    if (!person) throw new Error('Not of this crowd')
    return person
  }

  function placeOf(room: Room): Place {
    const place = rooms.find((candidate) => candidate === room)
    if (!place) throw new Error('Not of this crowd')
    return place
  }
}

async function waitFor(isSo: () => boolean, milliseconds: number, otherwise: string): Promise<void> {
  const until = performance.now() + milliseconds
  while (!isSo()) {
    if (performance.now() > until) throw new Error(otherwise)
    await pause(idle)
  }
}
