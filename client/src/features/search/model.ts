import type { SearchItem } from '@cabildo/protocol/http/search'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { startOfDay } from '../../lib/dates.ts'
import type { Language } from '../../lib/language.ts'
import { textAddress } from '../../lib/text-address.ts'
import type { FindSearch } from './search.ts'

/** Where a link leads. */
export interface Place {
  to: string
  search?: Record<string, unknown>
  hash?: string
}

/** Where exactly something that was found stands. */
export function placeOf({ kind, document, field, thread, input, version }: SearchItem, slug: string): Place {
  if (kind === 'input') return { to: `/plans/${slug}/inputs/${input?.number}` }
  const address = textAddress(slug, document?.number ?? 0)
  const to = address.to.replace('$slug', slug).replace('$number', address.params.number)
  if (kind === 'comment') return { to, search: { threads: thread?.number } }
  if (kind === 'version') return { to, search: { v: version?.id } }
  return { to, hash: `field-${field}` }
}

/** What a field or a fact is called; undefined for none. */
export const labelOf = (field: string | null, language: Language): string | undefined =>
  field === null ? undefined : labelNamed(field)?.[language]

/** What is asked of the server: days are the reader's own, from their first moment to the end of the last. */
export function queryOf({ q = '', kind, document, from, to }: FindSearch) {
  const start = from === undefined ? undefined : startOfDay(from, 0)
  const end = to === undefined ? undefined : startOfDay(to, 1)
  return {
    q,
    ...(kind && { kind }),
    ...(document !== undefined && { documentId: document }),
    ...(start && { from: start }),
    ...(end && { to: end }),
  }
}
