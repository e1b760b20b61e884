import { createDecoder, readVarString } from 'lib0/decoding'
import { propose, type State } from './state.ts'

/**
 * Takes a row that only goes on typing at the end of its client's newest piece: nearly every row there is. Exactly what
 * the long way would do with it, in a fraction of the time. Its bytes are those from `from` to `end`: it is not taken out
 * of what many came in. False when the row is another one; nothing has changed then.
 */
export function appendTyped(
  state: State,
  { bytes, from, end }: { bytes: Uint8Array; from: number; end: number },
  author: number,
  sender: number,
): boolean {
  if (bytes[from] !== 1 || bytes[from + 1] !== 1) return false
  const { tree } = state
  const reader = { bytes, at: from + 2 }
  const client = number(reader)
  const clock = number(reader)
  const info = bytes[reader.at++] ?? 0
  // Text, with a piece it was written after.
  if ((info & 0x9f) !== 0x84) return false
  if (number(reader) !== client || number(reader) !== clock - 1) return false
  const pieces = tree.clients.get(client)
  const piece = pieces?.newest()
  if (!pieces || pieces.end !== clock || piece?.kind !== 'text' || piece.deleted || piece.fromClient >= 0) return false
  const { key, right } = piece
  if (key !== null) return false
  if ((info & 0x40) !== 0) {
    if (number(reader) !== piece.rightClient || number(reader) !== piece.rightClock) return false
    if (right === null || right.client !== piece.rightClient || right.clock !== piece.rightClock) return false
  } else if (piece.rightClient >= 0 || right !== null) return false
  const text = shortText(bytes, reader.at, end)
  if (text === undefined) return false
  // It may bring back what stands there deleted, with its first letter or behind it.
  const gone = right?.goneBy === sender ? right.text.charAt(0) : ''
  if (gone !== '' && text.includes(gone)) return false
  // Longer text may have been pasted.
  if (text.length > 2) return false
  const field = piece.parent?.field ?? ''
  piece.text += text
  piece.length += text.length
  pieces.end += text.length
  pieces.rows.add(clock, text.length, state.seq, author, sender)
  tree.changed.add(field)
  propose(state, author, field, text)
  return true
}

interface Reader {
  bytes: Uint8Array
  at: number
}

/** A number as lib0 writes it, up to 2^32; more is none of ours. */
function number(reader: Reader): number {
  let value = 0
  for (let factor = 1; factor <= 0x10000000; factor *= 128) {
    const byte = reader.bytes[reader.at++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) return value
  }
  return -1
}

/** The text of a struct, when nothing but the mark of no deletions comes after it; none when its bytes are no UTF-8. */
function shortText(bytes: Uint8Array, at: number, end: number): string | undefined {
  const size = bytes[at] ?? 0
  if (size === 0 || size > 127 || end !== at + size + 2 || bytes[at + size + 1] !== 0) return undefined
  const only = bytes[at + 1] ?? 0
  if (size === 1 && only < 128) return String.fromCharCode(only)
  try {
    return readVarString(createDecoder(bytes.subarray(at, end)))
  } catch {
    return undefined
  }
}
