/** Whose proposals are shown, in the text and in the list. */
export interface Shown {
  /** Nobody's are, whoever comes. */
  none: boolean
  /** Else everybody's but theirs. */
  aside: ReadonlySet<string>
}

/** Everybody's. */
export const everybody: Shown = { none: false, aside: new Set() }

/** Whether somebody's are put aside. */
export const isAside = ({ none, aside }: Shown, id: string): boolean => none || aside.has(id)

/** With somebody's put aside, or shown again; `all` are those who propose something now. */
export function toggled(shown: Shown, id: string, all: readonly string[]): Shown {
  const aside = new Set(shown.none ? all : shown.aside)
  if (!aside.delete(id)) aside.add(id)
  return { none: false, aside }
}
