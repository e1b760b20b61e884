/** Where a hunk stands in the page: `data-proposal` and `data-hunk` as one word. */
export const placeOf = (proposalId: string, number: number | string): string => `${proposalId} ${number}`

/**
 * The place after another one, or with `by` -1 the one before it, in fields that stand in this order; after the last comes
 * the first. `placesIn` is asked for a field at a time and for no more fields than it takes. Undefined when there is none.
 */
export function nextPlace(
  fields: readonly string[],
  from: { place: string; field: string } | undefined,
  by: 1 | -1,
  placesIn: (field: string) => readonly string[],
): string | undefined {
  const at = from ? fields.indexOf(from.field) : -1
  if (from && at >= 0) {
    const places = placesIn(from.field)
    const here = places.indexOf(from.place)
    const beside = here < 0 ? undefined : places[here + by]
    if (beside !== undefined) return beside
  }
  const start = at < 0 && by < 0 ? 0 : at
  for (let step = 1; step <= fields.length; step += 1) {
    const field = fields[(start + by * step + fields.length * 2) % fields.length]
    const place = field === undefined ? undefined : placesIn(field).at(by > 0 ? 0 : -1)
    if (place !== undefined) return place
  }
  return undefined
}
