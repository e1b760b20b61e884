/** Which kept drafts are on the screen, as the address bar keeps it: `open` for the list, or the id of one. */
export interface DraftsSearch {
  drafts?: string | undefined
}

/** Reads the key of the drafts out of a search that anyone may have typed; what is not understood is left out. */
export function readDraftsSearch(raw: Record<string, unknown>): DraftsSearch {
  const { drafts } = raw
  return typeof drafts === 'string' && (drafts === 'open' || /^[A-Za-z0-9_-]{22}$/.test(drafts)) ? { drafts } : {}
}
