import * as Y from 'yjs'

/** The letters of a field, one after another, without layout. */
export function lettersIn(fragment: Y.XmlFragment): string {
  let letters = ''
  const walk = (type: { _start: Y.Item | null }) => {
    for (let item = type._start; item; item = item.right) {
      if (item.deleted) continue
      const { content } = item
      if (content instanceof Y.ContentString) letters += content.str
      else if (content instanceof Y.ContentType) walk(content.type)
    }
  }
  walk(fragment)
  return letters
}
