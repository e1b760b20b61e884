/**
 * What is no part of a first load waits for it. A page that opens a text has the network to itself until one can write
 * there: on a phone's slow line everything else would come before the words.
 */
export interface FirstLoad {
  /** Says, before the first page is drawn, that it opens a text. */
  beginWithText(): void
  /** Says that one can write, or has gone elsewhere. */
  end(): void
  /** `load`, begun as soon as the rest may come: at once where the first page opens no text. */
  after<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded>
}

/** Longest that anything waits, should the text not come, in milliseconds. */
const longest = 10_000

/** Makes the first load of a page; there is one (`firstLoad`). */
export function createFirstLoad(): FirstLoad {
  let rest = Promise.resolve()
  let end = () => {}
  return {
    beginWithText() {
      rest = new Promise((resolve) => {
        end = resolve
      })
      setTimeout(end, longest)
    },
    end: () => end(),
    after: (load) => async () => {
      await rest
      return load()
    },
  }
}

/** That of this page. */
export const firstLoad = createFirstLoad()
