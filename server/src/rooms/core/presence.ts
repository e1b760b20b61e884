import { messageType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { BehalfPerson, RoomPerson } from '../ports.ts'

/**
 * Who is here and where. y-protocols' awareness on the wire, but not its class: that one keeps a timer per room and lets
 * anybody speak for anybody. Here a state belongs to the connection that brought its client id, and `user` is written by
 * the server (docs/spec/security.md, T7). Nothing of it is stored.
 */
interface Entry {
  connection: string
  userId: string
  clock: number
  /** The stamped state as JSON. */
  json: string
}

/** Who speaks through a connection, and on whose behalf they type, when they do. */
export type Speaker = RoomPerson & { behalf?: BehalfPerson | undefined }

export interface Presence {
  /**
   * Takes a client's awareness message. `mayUse` says whether a client id may speak for this connection. Foreign ids are
   * passed over: honest clients echo what they hear. Answers false when the bytes are no awareness message or a state is
   * too large.
   */
  receive(connection: string, person: Speaker, payload: Uint8Array, mayUse: (client: number) => boolean): boolean
  /** A person is shown otherwise from now on: their states on this connection are stamped anew. */
  restamp(connection: string, person: Speaker): void
  /** The connection is gone: its states go too. */
  leave(connection: string): void
  /** Everything changed since the last call, as one message; undefined when nothing did. */
  flush(): { message: Uint8Array; sources: ReadonlySet<string> } | undefined
  /** Everybody, for a newcomer; undefined when nobody is here. */
  everyone(): Uint8Array | undefined
  readonly size: number
}

/** The three bytes of an awareness message about nobody: keeps y-websocket clients from thinking the server dead. */
export const heartbeat = Uint8Array.of(messageType.awareness, 1, 0)

/** Shades of each sector's hue (look of the screens), all dark enough for white text; the last are for people without one. */
const shades: Readonly<Record<string, readonly string[]>> = {
  government: ['#3b4cca', '#2f3da6', '#4a3fc0', '#24509e'],
  civil_society: ['#a9500b', '#8a4209', '#9c3f1a', '#7d4a12'],
  community: ['#2e7035', '#23602b', '#3a6b1f', '#1f6650'],
  academia: ['#7a3e9d', '#653182', '#8a3a8f', '#5b3aa0'],
  private_sector: ['#4a5a6a', '#3b4a59', '#565c70', '#40606a'],
}
const plain = ['#0b6e6e', '#095a5a', '#2d6480', '#5a6a2a'] as const

/** What an unmodified client writes beside the caret of somebody who is shown neither by name nor as one of a group. */
const unnamed = 'Persona sin nombre'

/** A person's colour: a shade of their sector, taken from their id, so that it is the same for everyone and everywhere. */
function colorOf({ userId, sector }: RoomPerson): string {
  let hash = 2166136261
  for (const char of userId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0
  const tints = (sector !== null && shades[sector]) || plain
  return tints[hash % tints.length] ?? plain[0]
}

/** Who somebody types for, by the words everybody may see: no id, since carets need none. */
const behalfStamp = ({ name, groupName }: BehalfPerson) => ({
  name: name || groupName || unnamed,
  ...(name === '' && { unnamed: true }),
})

export function createPresence(limits: {
  awarenessBytes: number
  awarenessBytesPerUser: number
  clientsPerSocket: number
}): Presence {
  const entries = new Map<number, Entry>()
  /**
   * How far a client's clock is ahead for the others: whoever hears a state keeps only one with a later clock, and a new
   * stamp must be such without taking a number from the client's own next state.
   */
  const lifts = new Map<number, number>()
  const changed = new Set<number>()
  const sources = new Set<string>()
  const gone = new Map<number, number>()

  const write = (encoder: encoding.Encoder, client: number, clock: number, json: string): void => {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock + (lifts.get(client) ?? 0))
    encoding.writeVarString(encoder, json)
  }
  const message = (states: readonly [number, number, string][]): Uint8Array => {
    const inner = encoding.createEncoder()
    encoding.writeVarUint(inner, states.length)
    for (const [client, clock, json] of states) write(inner, client, clock, json)
    const outer = encoding.createEncoder()
    encoding.writeVarUint(outer, messageType.awareness)
    encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner))
    return encoding.toUint8Array(outer)
  }

  const stamp = (person: Speaker, state: object): string =>
    JSON.stringify({
      ...state,
      user: {
        id: person.userId,
        name: person.name || person.groupName || unnamed,
        // Only where the name is none: our own pages say it in the reader's language.
        ...(person.name === '' && { unnamed: true }),
        ...(person.unverified && { unverified: true }),
        ...(person.behalf && { behalf: behalfStamp(person.behalf) }),
        group: person.groupName,
        sector: person.sector,
        color: colorOf(person),
      },
    })

  return {
    receive(connection, person, payload, mayUse) {
      try {
        const decoder = decoding.createDecoder(payload)
        const count = decoding.readVarUint(decoder)
        // An echo may name everyone in a full room; only own states are worth parsing.
        if (count > 10_000) return false
        let mine = 0
        let held = 0
        for (const entry of entries.values()) {
          if (entry.connection === connection) mine++
          if (entry.userId === person.userId) held += entry.json.length
        }
        for (let i = 0; i < count; i++) {
          const client = decoding.readVarUint(decoder)
          const clock = decoding.readVarUint(decoder)
          const raw = decoding.readVarString(decoder)
          const before = entries.get(client)
          // A farewell is heard only from the connection itself: clients also announce whom they merely lost sight of.
          const stale =
            raw === 'null'
              ? before?.connection !== connection || clock < before.clock
              : clock <= (before?.clock ?? gone.get(client) ?? -1)
          if (stale || !mayUse(client)) continue
          if (raw === 'null') {
            entries.delete(client)
            gone.set(client, clock)
          } else {
            if (raw.length > limits.awarenessBytes) return false
            if (!before && ++mine > limits.clientsPerSocket) return false
            const state: unknown = JSON.parse(raw)
            if (typeof state !== 'object' || state === null || Array.isArray(state)) return false
            const json = stamp(person, state)
            const more = json.length - (before?.json.length ?? 0)
            // Passed over, and not a reason to close: everybody gets all states at once, so their sum must stay small.
            if (held + more > limits.awarenessBytesPerUser) continue
            held += more
            entries.set(client, { connection, userId: person.userId, clock, json })
            gone.delete(client)
          }
          changed.add(client)
          sources.add(connection)
        }
        return true
      } catch {
        return false
      }
    },

    restamp(connection, person) {
      for (const [client, entry] of entries) {
        if (entry.connection !== connection) continue
        // Stamped by us: an object for certain.
        const json = stamp(person, JSON.parse(entry.json))
        if (json === entry.json) continue
        entries.set(client, { ...entry, json })
        lifts.set(client, (lifts.get(client) ?? 0) + 1)
        changed.add(client)
        sources.add(connection)
      }
    },

    leave(connection) {
      for (const [client, entry] of entries) {
        if (entry.connection !== connection) continue
        entries.delete(client)
        gone.set(client, entry.clock)
        changed.add(client)
        // Or else the only other one who changed something would not be told.
        sources.add(connection)
      }
    },

    flush() {
      if (changed.size === 0) return undefined
      const states: [number, number, string][] = []
      for (const client of changed) {
        const entry = entries.get(client)
        if (entry) states.push([client, entry.clock, entry.json])
        else states.push([client, gone.get(client) ?? 0, 'null'])
      }
      const from = new Set(sources)
      changed.clear()
      sources.clear()
      gone.clear()
      return { message: message(states), sources: from }
    },

    everyone() {
      if (entries.size === 0) return undefined
      return message([...entries].map(([client, { clock, json }]) => [client, clock, json]))
    },

    get size() {
      return entries.size
    },
  }
}
