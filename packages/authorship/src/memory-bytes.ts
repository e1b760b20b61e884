import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Gone } from './gone.ts'
import { readList, writeList } from './list-bytes.ts'
import { createMemory, type LastRun, type Memory } from './memory.ts'
import type { Span, Words } from './words.ts'

/** Writes what was deleted lately. */
export function writeMemory(encoder: encoding.Encoder, { lost, last, gone, values }: Memory): void {
  writeList(encoder, lost.entries(), (entry) => {
    writeWords(encoder, entry)
    encoding.writeVarUint(encoder, entry.by)
    encoding.writeVarUint(encoder, entry.size)
  })
  writeList(encoder, last ? [last] : [], (run) => {
    writeWords(encoder, run.words)
    writeList(encoder, run.slid ? [run.slid] : [], (slid) => writeWords(encoder, slid))
    for (const value of [run.by, run.firstClient, run.firstClock, run.lastClient, run.lastClock, run.kept ? 1 : 0]) {
      encoding.writeVarUint(encoder, value)
    }
  })
  writeSpans(encoder, gone.list())
  writeList(encoder, [...values], ([place, { client, clock, by }]) => {
    encoding.writeVarString(encoder, place)
    for (const value of [client, clock, by]) encoding.writeVarUint(encoder, value)
  })
}

/** Reads what `writeMemory` wrote. */
export function readMemory(decoder: decoding.Decoder): Memory {
  const memory = createMemory()
  const next = (): number => decoding.readVarUint(decoder)
  for (const { words, by, size } of readList(decoder, () => ({
    words: readWords(decoder),
    by: next(),
    size: next(),
  }))) {
    memory.lost.add(words, by, size)
  }
  const [last] = readList(decoder, (): LastRun => {
    const words = readWords(decoder)
    const [slid = null] = readList(decoder, readWords)
    const [by, firstClient, firstClock, lastClient, lastClock] = [next(), next(), next(), next(), next()]
    return { words, slid, by, firstClient, firstClock, lastClient, lastClock, kept: next() === 1 }
  })
  memory.last = last ?? null
  memory.gone = new Gone(readSpans(decoder))
  for (const [place, value] of readList(decoder, () => {
    const place = decoding.readVarString(decoder)
    return [place, { client: next(), clock: next(), by: next() }] as const
  })) {
    memory.values.set(place, value)
  }
  return memory
}

function writeWords(encoder: encoding.Encoder, { text, spans }: { text: string; spans: readonly Span[] }): void {
  encoding.writeVarString(encoder, text)
  writeSpans(encoder, spans)
}

function writeSpans(encoder: encoding.Encoder, spans: readonly Span[]): void {
  writeList(encoder, spans, ({ length, client, clock }) => {
    for (const value of [length, client, clock]) encoding.writeVarUint(encoder, value)
  })
}

function readWords(decoder: decoding.Decoder): Words {
  return { text: decoding.readVarString(decoder), spans: readSpans(decoder) }
}

function readSpans(decoder: decoding.Decoder): Span[] {
  const next = (): number => decoding.readVarUint(decoder)
  return readList(decoder, () => ({ length: next(), client: next(), clock: next() }))
}
