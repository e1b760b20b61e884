import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** The Yjs client id under which the paper was replayed. 32 bits, as a browser's would be. */
export const paperAuthor = 0xb4b4b4b4

/** Items the paper's author made: 182,315 characters, one paragraph and one text node. */
export const paperClock = 182_317

/** The 259,778-edit paper (fixtures/README.md) as one Yjs v1 update: a paragraph in the field `problem`. */
export function readPaper(): Uint8Array {
  return gunzipSync(readFileSync(new URL('../fixtures/automerge-paper.bin.gz', import.meta.url)))
}

/** The paper's edits as they would come to a room: one Yjs v1 update each, after one that makes the paragraph. */
export function readPaperRows(most = Number.POSITIVE_INFINITY): Uint8Array[] {
  const packed = readFileSync(new URL('../fixtures/automerge-paper-edits.bin.gz', import.meta.url))
  const decoder = decoding.createDecoder(gunzipSync(packed))
  const rows: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.clientID = paperAuthor
  doc.on('update', (bytes: Uint8Array) => rows.push(bytes))
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [text])
  doc.getXmlFragment('problem').insert(0, [paragraph])
  let position = 0
  while (decoding.hasContent(decoder) && rows.length <= most) {
    const edit = decoding.readVarUint(decoder)
    const distance = edit >> 1
    position += distance % 2 === 0 ? distance / 2 : -(distance + 1) / 2
    if (edit % 2 === 1) text.delete(position, 1)
    else text.insert(position++, String.fromCharCode(decoding.readVarUint(decoder)))
  }
  doc.destroy()
  return rows
}
