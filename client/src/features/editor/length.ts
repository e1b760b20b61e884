import type * as Y from 'yjs'
import { lettersIn } from '../../sync/letters.ts'

/** The characters of a field as a person counts them: letters and spaces, no markup, an emoji once. */
export const lengthOf = (field: Y.XmlFragment): number => countPoints(lettersIn(field))

function countPoints(text: string): number {
  let points = 0
  for (let at = 0; at < text.length; at++) {
    // The second half of a pair belongs to the first.
    const unit = text.charCodeAt(at)
    if (unit < 0xdc00 || unit > 0xdfff) points += 1
  }
  return points
}
