import * as Y from 'yjs'

/**
 * The ids under which some words stand in a paragraph of a field, unit by unit, as a client reads them off its own
 * document. `state` is a Yjs update. Empty when the words are not there.
 */
export function idsOfWords(
  state: Uint8Array,
  field: string,
  words: string,
): [client: number, clock: number, length: number][] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const text = (doc.getXmlFragment(field).get(0) as Y.XmlElement).get(0) as Y.XmlText
  const sought = text.toString().indexOf(words)
  const ids: [number, number, number][] = []
  if (sought < 0) return ids
  let at = 0
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (let i = 0; i < item.length; i++, at++)
      if (at >= sought && at < sought + words.length) ids.push([item.id.client, item.id.clock + i, 1])
  }
  return ids
}
