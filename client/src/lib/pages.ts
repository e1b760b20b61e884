/** Most the server tells at once of nearly every list. */
const pageSize = 200
/** No list has more pages than this; a loop needs an end. */
const mostPages = 50

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** All pages of a list, one after the other, up to ten thousand items. `ask` answers the page at a cursor. */
export async function allPages<Item>(ask: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(cursor)
    items.push(...answer.items)
    if (answer.nextCursor === null) break
    cursor = answer.nextCursor
  }
  return items
}

/** The query that asks for the page at a cursor, as large as pages of nearly every list get; `limit`: of another list. */
export const paged = (cursor: string | undefined, limit = pageSize) => ({ limit, ...(cursor ? { cursor } : {}) })
