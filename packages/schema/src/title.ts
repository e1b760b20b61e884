import * as Y from 'yjs'

/**
 * The title of a document as one line, without spaces at its ends; empty when nobody has written one. Reads the text
 * alone: a page that shows a title need not bring what reads whole documents.
 */
export function titleOf(doc: Y.Doc): string {
  return textOf(doc.getXmlFragment('title')).replace(/\s+/g, ' ').trim()
}

function textOf(node: Y.XmlFragment): string {
  return node
    .toArray()
    .map((child) => {
      if (child instanceof Y.XmlText) return child.toDelta().map(said).join('')
      return child instanceof Y.XmlElement ? textOf(child) : ''
    })
    .join(' ')
}

const said = ({ insert }: { insert: unknown }): string => (typeof insert === 'string' ? insert : ' ')
