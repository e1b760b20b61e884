import type { Dissent } from '@cabildo/protocol/http/dissents'

/** The positions on a field that stood at a moment (RFC 3339), or that stand now. */
export function standingOn(dissents: readonly Dissent[], field: string, at?: string): Dissent[] {
  return dissents.filter(({ field: on, statedAt, withdrawn }) => {
    if (on !== field) return false
    return at === undefined ? withdrawn === null : statedAt <= at && (withdrawn === null || withdrawn.at > at)
  })
}
