/**
 * What is no part of a first load waits for it. A page that opens a text has the network to itself until one can write
 * there: on a phone's slow line everything else would come before the words.
 */

/** Longest that anything waits, should the text not come, in milliseconds. */
const longest = 10_000

let rest = Promise.resolve()
let end = () => {}

/** Says, before the first page is drawn, that it opens a text. */
export function beginWithText(): void {
  rest = new Promise((resolve) => {
    end = resolve
  })
  setTimeout(end, longest)
}

/** Says that one can write. */
export function textIsThere(): void {
  end()
}

/** Resolves as soon as the rest may be fetched: at once where the first page opens no text. */
export const theRest = (): Promise<void> => rest
