import { receiptCodeLength } from '@cabildo/protocol/receipt-code'
import { showSpokenCode, spokenCode } from '@cabildo/protocol/spoken-code'
import { maxRefs } from '@cabildo/record/entry'

/** Random bytes that a code is made from; it shows the first 60 bits of them. */
export const codeBytes = 8

/** Eight bytes as the twelve signs of a receipt's code. */
export function codeOf(bytes: Uint8Array): string {
  return spokenCode(bytes, receiptCodeLength)
}

/** Where a receipt is read. The code stands behind the #: browsers send that part to nobody. */
export function addressOf(baseUrl: string, code: string): string {
  return `${baseUrl}/recibo#${showSpokenCode(code)}`
}

/** Ways in which a row of a log holds words of its sender: neither a template's nor a restored version's. */
export const ownWays = ['edit', 'draft', 'import']

/** An `update-batch` entry of somebody: its number, and the rows of the document's log from which to which it holds. */
export interface WrittenBatch {
  seq: number
  updates: number
  from: number
  to: number
}

/** What a receipt says was written; undefined for nothing. Of very much, one entry can name the last 4,096 batches. */
export function writtenOf(
  batches: readonly WrittenBatch[],
): { refs: number[]; updates: number; from: number; to: number } | undefined {
  const told = batches.slice(-maxRefs)
  if (told.length === 0) return undefined
  return {
    refs: told.map(({ seq }) => seq),
    updates: told.reduce((sum, { updates }) => sum + updates, 0),
    from: Math.min(...told.map(({ from }) => from)),
    to: Math.max(...told.map(({ to }) => to)),
  }
}

/** A stretch of text by who wrote it, and the row that first brought it. */
export interface Stretch {
  text: string
  author: string | null
  seq: number | null
}

/** What stands of somebody's words in one field: those begun by row `upTo`. */
export function standingIn(
  runs: readonly Stretch[],
  author: string,
  upTo: number,
): { characters: number; words: string[] } {
  const own = runs.filter((run) => run.author === author && run.seq !== null && run.seq <= upTo)
  const words = own.map(({ text }) => text.trim()).filter((text) => text !== '')
  return { characters: words.reduce((sum, text) => sum + [...text].length, 0), words }
}

interface Told {
  characters: number
  from: number
  to: number
}

/** What the payload of a receipt's entry says, as far as it is read again. Undefined when it says something else. */
export function readPayload(payload: string): Told | undefined {
  const { characters, from, to } = JSON.parse(payload) as { [key in keyof Told]?: unknown }
  const isTold = typeof characters === 'number' && typeof from === 'number' && typeof to === 'number'
  return isTold ? { characters, from, to } : undefined
}
