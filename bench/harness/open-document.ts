import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import type { Door } from './crowd.ts'
import { found, kind } from './dialects.ts'
import { paperAuthor, paperClock } from './paper.ts'
import { clientIdOf, readRuns, writeVarUint } from './updates.ts'
import { frameOf, openWebSocket, type RawWebSocket } from './web-socket.ts'

/** One opening of a document: milliseconds until the whole of it was here. */
export interface Opening {
  /** From the open socket. */
  fromSocket: number
  /** From the first packet: with TCP, the upgrade, and whatever the server does before it answers that. */
  fromConnect: number
}

interface Visitor {
  socket: RawWebSocket
  ask(): void
  arrived: Promise<number>
  close(): Promise<void>
}

const within = 20_000

/** Stores the paper in a room, as the one update of one visitor, who stays inside. */
export async function bringPaper(door: Door, room: string, paper: Uint8Array): Promise<{ close(): Promise<void> }> {
  const visitor = await visit(door, room, 0, 0)
  visitor.ask()
  await visitor.arrived
  const prefix = door.dialect.updatePrefix(room)
  const length = new Uint8Array(5)
  const lengthEnd = writeVarUint(length, 0, paper.length)
  visitor.socket.write(frameOf(Buffer.concat([prefix, length.subarray(0, lengthEnd), paper])))
  // Whoever can open it whole shows that it is there.
  await openPaper(door, room, paper.length)
  return { close: visitor.close }
}

/** Opens the room that holds the paper once, with a new socket, and leaves. Throws when the paper does not come. */
export async function openPaper(door: Door, room: string, bytes: number): Promise<Opening> {
  const begun = performance.now()
  const visitor = await visit(door, room, 1, bytes)
  const opened = performance.now()
  visitor.ask()
  const at = await visitor.arrived
  await visitor.close()
  return { fromSocket: at - opened, fromConnect: at - begun }
}

/**
 * Many sockets, open and quiet, ask for the paper at one moment. Answers milliseconds until the last has it all, and the
 * server's CPU milliseconds meanwhile.
 */
export async function openPaperTogether(
  door: Door,
  room: string,
  bytes: number,
  people: number,
  cpu: () => number,
): Promise<{ took: number; cpu: number }> {
  const visitors: Visitor[] = []
  for (let i = 0; i < people; i++) visitors.push(await visit(door, room, i + 1, bytes))
  await pause(300)
  const cpuBefore = cpu()
  const begun = performance.now()
  for (const visitor of visitors) visitor.ask()
  const arrivals = await Promise.all(visitors.map(({ arrived }) => arrived))
  const used = cpu() - cpuBefore
  await Promise.all(visitors.map(({ close }) => close()))
  return { took: Math.max(...arrivals) - begun, cpu: used }
}

/**
 * Opens a room anew and counts the characters of its first typist that are there. Waits for `expected` of them, but not
 * longer than `patience` after the server's first answer: some send the document after an empty one.
 */
export async function countTyped(door: Door, room: string, expected: number, patience: number): Promise<number> {
  const { dialect } = door
  const answered = Promise.withResolvers<void>()
  const enough = Promise.withResolvers<void>()
  let count = 0
  const socket = await openWebSocket({
    port: door.port,
    ...door.request(room, 0),
    onMessage(message, start, end, under) {
      const what = dialect.read(message, start, end)
      if (what === kind.question) under.write(frameOf(dialect.nothing(room)))
      if (what !== kind.document && what !== kind.update) return
      readRuns(message, found.start, found.end, (client, clock, length) => {
        if (client === clientIdOf(0)) count = Math.max(count, clock + length)
      })
      answered.resolve()
      if (count >= expected) enough.resolve()
    },
  })
  for (const payload of dialect.greeting(room)) socket.write(frameOf(payload))
  await Promise.race([answered.promise, pause(within)])
  await Promise.race([enough.promise, pause(patience)])
  socket.destroy()
  return count
}

/**
 * A visitor waiting for a document of at least 90 % of `bytes` in one message. Smaller ones that came before it (a
 * server that answers first with an empty document) are passed over. What came is checked after the clock has stopped.
 */
async function visit(door: Door, room: string, person: number, bytes: number): Promise<Visitor> {
  const { dialect } = door
  const { promise: arrived, resolve, reject } = Promise.withResolvers<number>()
  const gone = Promise.withResolvers<void>()
  arrived.catch(() => {})
  const late = setTimeout(() => reject(new Error(`${room}: the document did not come whole in ${within} ms`)), within)
  let done = false
  const socket = await openWebSocket({
    port: door.port,
    ...door.request(room, person),
    onMessage(message, start, end, under) {
      const what = dialect.read(message, start, end)
      if (what === kind.question) under.write(frameOf(dialect.nothing(room)))
      if (done || (what !== kind.document && what !== kind.update) || found.end - found.start < bytes * 0.9) return
      const at = performance.now()
      done = true
      clearTimeout(late)
      if (bytes === 0 || holdsPaper(message.subarray(found.start, found.end))) resolve(at)
      else reject(new Error(`${room}: a document came, but not the paper`))
    },
    onClose(code) {
      clearTimeout(late)
      gone.resolve()
      reject(new Error(`${room}: the server closed the socket with ${code}`))
    },
  })
  return {
    socket,
    ask() {
      for (const payload of dialect.greeting(room)) socket.write(frameOf(payload))
    },
    arrived,
    async close() {
      socket.close()
      await Promise.race([gone.promise, pause(500)])
      socket.destroy()
    },
  }
}

let known: Uint8Array | undefined

/** Decodes only what differs from what was decoded last: two hundred readers get the same bytes. */
function holdsPaper(update: Uint8Array): boolean {
  if (known && Buffer.compare(known, update) === 0) return true
  const { structs } = Y.decodeUpdate(update)
  const clock = structs.reduce(
    (most, { id, length }) => (id.client === paperAuthor ? Math.max(most, id.clock + length) : most),
    0,
  )
  if (clock !== paperClock) return false
  known = update.slice()
  return true
}
