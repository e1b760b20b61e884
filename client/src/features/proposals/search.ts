/** Which proposals are on the screen, as the address bar keeps it: `open` for the list, or the number of one. */
export interface ProposalsSearch {
  proposals?: 'open' | number | undefined
}

/** Reads the key of the proposals out of a search that anyone may have typed; what is not understood is left out. */
export function readProposalsSearch({ proposals }: Record<string, unknown>): ProposalsSearch {
  if (proposals === 'open') return { proposals }
  return /^[1-9]\d{0,5}$/.test(String(proposals)) ? { proposals: Number(proposals) } : {}
}
