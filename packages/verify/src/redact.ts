/** Takes text out of stored updates and leaves filler of the same length: every later update still finds its place. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** What stands where something was taken out, once for each UTF-16 unit. */
export const filler = '\u2588'

/** Where a text stands in the updates of one document. */
export interface TextRange {
  /** The Yjs client that wrote it. */
  client: number
  /** Its first clock. */
  clock: number
  /** Clocks, from 1: for text, UTF-16 units; 1 for a value. */
  length: number
  /** For a value, which units of its strings, one after another: from, and up to but without. */
  units?: readonly [from: number, to: number]
}

/**
 * One Yjs v1 update with filler instead of what stands in the ranges. Clients, clocks, origins, formats and deletions stay
 * as they are; an update that no range touches is given back as it is. A pair of surrogates goes whole. Throws for bytes
 * that are no update.
 */
export function redactUpdate(bytes: Uint8Array, ranges: readonly TextRange[]): Uint8Array {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const byClient = Map.groupBy(ranges, ({ client }) => client)
  let touched = false
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    const { client, clock } = struct.id
    for (const range of byClient.get(client) ?? []) {
      const from = Math.max(range.clock, clock) - clock
      const to = Math.min(range.clock + range.length, clock + struct.length) - clock
      if (from < to && fill(struct.content, from, to, range.units)) touched = true
    }
  }
  return touched ? encode(structs, ds) : bytes
}

/** Answers whether anything changed. */
function fill(content: Y.Item['content'], from: number, to: number, units: TextRange['units']): boolean {
  if (content instanceof Y.ContentString) {
    const before = content.str
    content.str = fillText(before, from, to)
    return content.str !== before
  }
  if (!(content instanceof Y.ContentAny)) return false
  const before = JSON.stringify(content.arr)
  content.arr = content.arr.map((value, at) => (at >= from && at < to ? fillValue(value, units) : value))
  return JSON.stringify(content.arr) !== before
}

/** A text with filler wherever these words stand in it. */
export function maskText(text: string, quote: string): string {
  return text.replaceAll(quote, filler.repeat(quote.length))
}

/** A value as of JSON, with filler wherever these words stand in a text of it. */
export function maskValue(value: unknown, quote: string): unknown {
  return mapStrings(value, (text) => maskText(text, quote))
}

function fillText(text: string, from: number, to: number): string {
  const start = isPair(text, from - 1) ? from - 1 : from
  const end = isPair(text, to - 1) ? to + 1 : to
  return text.slice(0, start) + filler.repeat(end - start) + text.slice(end)
}

/** Whether a pair of surrogates begins here. */
function isPair(text: string, at: number): boolean {
  return at >= 0 && (text.codePointAt(at) ?? 0) > 0xffff
}

function fillValue(value: unknown, units: TextRange['units']): unknown {
  const [from, to] = units ?? [0, Number.POSITIVE_INFINITY]
  let passed = 0
  return mapStrings(value, (text) => {
    const start = Math.max(0, from - passed)
    const end = Math.min(text.length, to - passed)
    passed += text.length
    return start < end ? fillText(text, start, end) : text
  })
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((part) => mapStrings(part, change))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapStrings(part, change)]))
}

type Decoded = ReturnType<typeof Y.decodeUpdate>

/** Yjs's own format of an update, version 1. */
function encode(structs: Decoded['structs'], ds: Decoded['ds']): Uint8Array {
  const runs: Decoded['structs'][] = []
  for (const struct of structs) {
    const last = runs.at(-1)
    if (last?.[0]?.id.client === struct.id.client) last.push(struct)
    else runs.push([struct])
  }
  const encoder = new Y.UpdateEncoderV1()
  const writeNumber = (value: number) => encoding.writeVarUint(encoder.restEncoder, value)
  writeNumber(runs.length)
  for (const run of runs) {
    const [{ id }] = run as [Decoded['structs'][number]]
    writeNumber(run.length)
    encoder.writeClient(id.client)
    writeNumber(id.clock)
    for (const struct of run) struct.write(encoder, 0)
  }
  writeNumber(ds.clients.size)
  for (const [client, items] of ds.clients) {
    encoder.resetDsCurVal()
    writeNumber(client)
    writeNumber(items.length)
    for (const { clock, len } of items) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}
