/** Which threads are on the screen, as the address bar keeps it: `open` for the list, or the number of one. */
export interface ThreadsSearch {
  threads?: 'open' | number | undefined
}

/** Reads the key of the threads out of a search that anyone may have typed; what is not understood is left out. */
export function readThreadsSearch({ threads }: Record<string, unknown>): ThreadsSearch {
  if (threads === 'open') return { threads }
  return /^[1-9]\d{0,5}$/.test(String(threads)) ? { threads: Number(threads) } : {}
}
