import { whenBrowserIsIdle } from './when-idle.ts'

/**
 * What is no part of a first load waits for it. A page that opens a text has the network to itself until one can write
 * there: on a phone's slow line everything else would come before the words.
 */
export interface FirstLoad {
  /** Says, before the first page is drawn, that it opens a text. */
  beginWithText(): void
  /** Says that one can write, or has gone elsewhere. `next` is waited for by what comes last. */
  end(next?: Promise<unknown>): void
  /** `load`, begun as soon as the rest may come: at once where the first page opens no text. */
  after<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded>
  /** The same for what the text itself does not wait for: begun when what comes next is there, and the browser idle. */
  last<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded>
}

/** Longest that anything waits, should the text not come, in milliseconds. */
const longest = 10_000

/** Makes the first load of a page; there is one (`firstLoad`). */
export function createFirstLoad(): FirstLoad {
  let rest = Promise.resolve()
  let idle = Promise.resolve()
  let next: Promise<unknown> = Promise.resolve()
  let end = () => {}
  const waiting =
    (moment: () => Promise<void>) =>
    <Loaded>(load: () => Promise<Loaded>) =>
    async () => {
      await moment()
      return load()
    }
  return {
    beginWithText() {
      rest = new Promise((resolve) => {
        end = resolve
      })
      idle = rest.then(() => next.catch(() => undefined)).then(() => new Promise(whenBrowserIsIdle))
      setTimeout(end, longest)
    },
    end(then) {
      if (then) next = then
      end()
    },
    after: waiting(() => rest),
    last: waiting(() => idle),
  }
}

/** That of this page. */
export const firstLoad = createFirstLoad()
