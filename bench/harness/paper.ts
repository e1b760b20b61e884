import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** The Yjs client id under which the paper was replayed. 32 bits, as a browser's would be. */
export const paperAuthor = 0xb4b4b4b4

/** Items the paper's author made: 182,315 characters, one paragraph and one text node. */
export const paperClock = 182_317

/** The 259,778-edit paper (fixtures/README.md) as one Yjs v1 update: a paragraph in the field `problem`. */
export function readPaper(): Uint8Array {
  return gunzipSync(readFileSync(new URL('../fixtures/automerge-paper.bin.gz', import.meta.url)))
}
