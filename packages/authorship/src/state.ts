import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readList, writeList } from './list-bytes.ts'
import { createMemory, type Memory } from './memory.ts'
import { readMemory, writeMemory } from './memory-bytes.ts'
import { createTree, type Tree } from './tree.ts'
import { readTree, writeTree } from './tree-bytes.ts'
import { countCharacters } from './words.ts'

/** Everything an authorship knows. People go by their place in `people`. */
export interface State {
  seq: number
  tree: Tree
  memory: Memory
  people: string[]
  /** How many characters each person brought into each field. */
  proposed: Map<string, Map<number, number>>
  unreadable: number[]
  numbers: Map<string, number>
}

/** Nothing was written yet. */
export function createState(): State {
  const [seq, people, unreadable] = [0, [], []]
  return {
    seq,
    people,
    unreadable,
    tree: createTree(),
    memory: createMemory(),
    proposed: new Map(),
    numbers: new Map(),
  }
}

/** The number of a person, a new one for somebody new. */
export function personOf(state: State, key: string): number {
  const known = state.numbers.get(key)
  if (known !== undefined) return known
  state.numbers.set(key, state.people.length)
  return state.people.push(key) - 1
}

/** Counts text that somebody brought into a field for the first time. */
export function propose({ proposed }: State, author: number, field: string, text: string): void {
  let people = proposed.get(field)
  if (!people) {
    people = new Map()
    proposed.set(field, people)
  }
  people.set(author, (people.get(author) ?? 0) + countCharacters(text))
}

/** `CAB` and a letter for the form of these bytes. */
const form = 0x43414241

/** A state as bytes. */
export function writeState(state: State, algorithm: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeUint32(encoder, form)
  encoding.writeVarUint(encoder, algorithm)
  encoding.writeVarUint(encoder, state.seq)
  writeList(encoder, state.people, (person) => encoding.writeVarString(encoder, person))
  writeList(encoder, state.unreadable, (seq) => encoding.writeVarUint(encoder, seq))
  writeList(encoder, [...state.proposed], ([field, people]) => {
    encoding.writeVarString(encoder, field)
    writeList(encoder, [...people], ([person, count]) => {
      encoding.writeVarUint(encoder, person)
      encoding.writeVarUint(encoder, count)
    })
  })
  writeTree(encoder, state.tree)
  writeMemory(encoder, state.memory)
  return encoding.toUint8Array(encoder)
}

/** The state in these bytes; undefined when they are of another algorithm or form, or damaged. */
export function readState(bytes: Uint8Array, algorithm: number): State | undefined {
  try {
    const decoder = decoding.createDecoder(bytes)
    if (decoding.readUint32(decoder) !== form || decoding.readVarUint(decoder) !== algorithm) return undefined
    const state = createState()
    state.seq = decoding.readVarUint(decoder)
    for (const person of readList(decoder, decoding.readVarString)) personOf(state, person)
    state.unreadable = readList(decoder, decoding.readVarUint)
    state.proposed = new Map(
      readList(decoder, () => {
        const field = decoding.readVarString(decoder)
        const people = readList(decoder, () => [decoding.readVarUint(decoder), decoding.readVarUint(decoder)] as const)
        return [field, new Map(people)] as const
      }),
    )
    state.tree = readTree(decoder)
    state.memory = readMemory(decoder)
    return decoding.hasContent(decoder) ? undefined : state
  } catch {
    return undefined
  }
}
