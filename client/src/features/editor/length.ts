import type { Node } from '@tiptap/pm/model'

/** The characters of a text as a person counts them: letters and spaces, no markup, an emoji once. */
export function lengthOf(doc: Node): number {
  let length = 0
  doc.descendants((node) => {
    if (node.isText) length += countPoints(node.text ?? '')
  })
  return length
}

function countPoints(text: string): number {
  let points = 0
  for (let at = 0; at < text.length; at++) {
    // The second half of a pair belongs to the first.
    const unit = text.charCodeAt(at)
    if (unit < 0xdc00 || unit > 0xdfff) points += 1
  }
  return points
}
