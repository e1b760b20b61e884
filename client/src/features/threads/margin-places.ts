/** A card of a thread and where it stands in the margin. CSS pixels. */
export interface Placed {
  id: string
  top: number
  width: number
  height: number
}

const gap = 8

/**
 * Puts cards beside their words, by id and in any order; where they would lie over one another the later ones lower. Every
 * card is as high as any other: so none need be measured.
 */
export function stacked(
  wanted: ReadonlyMap<string, number>,
  { width, height }: Pick<Placed, 'width' | 'height'>,
): Placed[] {
  let free = Number.NEGATIVE_INFINITY
  return [...wanted]
    .sort(([, one], [, other]) => one - other)
    .map(([id, at]) => {
      const top = Math.round(Math.max(at, free))
      free = top + height + gap
      return { id, top, width, height }
    })
}
