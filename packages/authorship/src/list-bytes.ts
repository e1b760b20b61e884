import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** Writes how many, and then each. */
export function writeList<T>(encoder: encoding.Encoder, items: readonly T[], write: (item: T) => void): void {
  encoding.writeVarUint(encoder, items.length)
  for (const item of items) write(item)
}

/** Reads what `writeList` wrote. */
export function readList<T>(decoder: decoding.Decoder, read: (decoder: decoding.Decoder) => T): T[] {
  const items: T[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) items.push(read(decoder))
  return items
}
