import type { ProposalHunk } from '@cabildo/protocol/http/proposals'
import type { JsonNode } from '@cabildo/schema/content'
import type { Hunk } from '@cabildo/schema/hunks/hunk'

/** An open hunk as it came from the server; none for one that is decided, or whose words are gone. */
export function openHunk({ state, target, field, before, after, places, blank }: ProposalHunk): Hunk[] {
  if (state !== 'open' || blank) return []
  if (target === 'fact') return [{ target, key: field, before, after }]
  const ids = places.flatMap((place) => place.ids)
  // What the server sends had been read through the schema.
  return [{ target, field, ids, before: before as JsonNode[], after: after as JsonNode[] }]
}
