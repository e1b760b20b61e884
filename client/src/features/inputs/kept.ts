/** What this tab keeps under a name; undefined when it is nothing, or not readable any more. */
export function readKept<Kept>(name: string): Kept | undefined {
  const kept = sessionStorage.getItem(name)
  if (kept === null) return undefined
  try {
    // Written by `keep` under the same name.
    return JSON.parse(kept) as Kept
  } catch {
    return undefined
  }
}

/** Keeps something in this tab, or lets go of it. A tab without room keeps what it had. */
export function keep(name: string, what: unknown): void {
  try {
    if (what === undefined) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify(what))
  } catch {}
}
