/**
 * The kinds of entry, a closed list. A new kind is one line here (and its rule in docs/spec/record.md); a verifier that
 * does not know a kind must say so rather than pass over it.
 */

interface EntryRule {
  /** Whether somebody must have done it; otherwise the system may. */
  readonly actor: 'needed' | 'optional'
  /** `public`: there must be a payload, and anyone may have it. */
  readonly commit: 'public' | 'needed' | 'optional'
  readonly content: 'needed' | 'none'
  readonly refs: 'needed' | 'optional' | 'none'
}

const fact: EntryRule = { actor: 'optional', commit: 'needed', content: 'none', refs: 'optional' }
const openFact: EntryRule = { ...fact, commit: 'public' }

/** What an entry of each kind must hold. */
export const entryTypes = {
  /** The plan began, or what is said of it changed. */
  plan: fact,
  /** A group was made, renamed, or ended. */
  group: fact,
  /** Somebody came, left, or has another role. */
  membership: fact,
  /** A workshop opened, closed, or changed. */
  workshop: fact,
  /** What one person wrote in one document, as the updates that are stored. */
  'update-batch': { ...fact, refs: 'none' },
  /** A meeting was planned, changed, held or called off, its attendance counted, or something put beside it. */
  meeting: { ...fact, actor: 'needed' },
  /** A document's text got a name. */
  version: { ...fact, commit: 'optional', content: 'needed' },
  /** Payloads of earlier entries were taken out, for a stated reason. */
  redaction: { ...openFact, refs: 'needed' },
  /** As a redaction, since a person asked to be forgotten. */
  erasure: { ...openFact, refs: 'needed' },
  /** The log signs with another key from now on. */
  'key-rotation': openFact,
  /** Something put in: what somebody wrote in a document and took a receipt for, or an input, also of the public. */
  contribution: fact,
  /** An input was answered. */
  answer: { ...fact, actor: 'needed', refs: 'needed' },
  /** Something was said beside a document's text, reworded, taken back, resolved or opened again. */
  comment: { ...fact, actor: 'needed' },
  /** Other words were proposed for a document, withdrawn, revised, accepted or rejected. */
  proposal: fact,
  /** A group reserved a position on a clause, or withdrew it. */
  dissent: { ...fact, actor: 'needed' },
  /** A commitment or the plan was moved from one state to another; on the last day of a window the system does it. */
  state: openFact,
  /** An exact text was put up for approval, decided on, or its request withdrawn or voided. */
  approval: { ...openFact, actor: 'needed' },
  /** Somebody endorsed exact texts for an organisation, or withdrew that; a letter of support was kept or withdrawn. */
  endorsement: { ...fact, actor: 'needed' },
  /** A milestone of an approved text was reported on, or its commitment found completed to some degree. */
  progress: { ...fact, actor: 'needed' },
  /** An operator gave somebody access outside the usual way. */
  recovery: fact,
} as const satisfies Record<string, EntryRule>

/** One of {@link entryTypes}. */
export type EntryType = keyof typeof entryTypes

/** Whether a text names a kind of entry. */
export function isEntryType(value: unknown): value is EntryType {
  return typeof value === 'string' && Object.hasOwn(entryTypes, value)
}
