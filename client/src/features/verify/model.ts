import type { Finding } from '@cabildo/record/findings'
import type { Report } from '@cabildo/record/verify'

/** How a file came out: `ownKey` is sound by the keys that it brings itself, which prove nothing until they are compared. */
export type Verdict = 'sound' | 'ownKey' | 'damaged' | 'incomplete' | 'unknownKey'

/** What to say of a report, with the key that was given. */
export function verdictOf({ exitCode }: Pick<Report, 'exitCode'>, key: string | undefined): Verdict {
  if (exitCode === 0) return key === undefined ? 'ownKey' : 'sound'
  return exitCode === 1 ? 'damaged' : exitCode === 2 ? 'incomplete' : 'unknownKey'
}

const order: readonly Finding['level'][] = ['damaged', 'unknown-key', 'incomplete', 'note', 'sound']

/** Findings with the gravest first; among equals in the order they were found. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
}
