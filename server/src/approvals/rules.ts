import type { FreshProof, Missing, Party, RequestState, Verdict } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, Role, Sector } from '@cabildo/protocol/http/common'
import type { Act } from '@cabildo/protocol/lifecycle'
import { textIn } from '@cabildo/protocol/lifecycle-text'
import { contentHash } from '@cabildo/schema/canonical'
import type { Content } from '@cabildo/schema/content'

/** A commitment as its row and its document's tell it. */
export interface CommitmentRow {
  id: string
  planId: string
  documentId: string
  number: number
  title: string
  state: CommitmentState
}

/** An act that happened. */
export interface StepRow {
  number: number
  act: Act
  was: CommitmentState
  state: CommitmentState
  reason: string | null
  salt: Uint8Array | null
  intoDocumentId: string | null
  intoNumber: number | null
  intoTitle: string | null
  closesAt: Date | null
  byId: string | null
  entry: number
  at: Date
}

/** Somebody who was asked. */
export interface Decider {
  userId: string
  party: Party
}

/** What somebody who was asked decided. */
export interface DecisionRow {
  userId: string
  verdict: Verdict
  contentHash: string
  /** The names of the clauses it is about; null for the whole text. */
  clauses: readonly string[] | null
  reason: string
  salt: Uint8Array | null
  fresh: FreshProof
  /** The short name of the key that signed it, where one did. */
  signingKey: string | null
  entry: number
  decidedAt: Date
}

/** A clause of a text that was put up for approval. */
export interface ClauseRow {
  /** A text field or a fact, by its name in the form. */
  clause: string
  hash: string
  /** The request whose approval still holds for it; null for one that is to be decided. */
  approvedBy: string | null
}

/** A clause as somebody saw it. */
export type ClauseSeen = Pick<ClauseRow, 'clause' | 'hash'>

/** A request as far as rules need to know it. */
export interface Asked {
  state: RequestState
  contentHash: string
  /** Every clause of its text; none for a request of the time before they were kept. */
  clauses: readonly ClauseRow[]
  deciders: readonly Decider[]
  decisions: readonly Pick<DecisionRow, 'userId' | 'verdict' | 'clauses'>[]
}

/** A request with the version it names, whom it asks, and what they said. */
export interface RequestRow extends Asked {
  id: string
  number: number
  versionId: string
  versionNumber: number
  versionName: string | null
  /** What the version says now, by hash: another than `contentHash` once words were taken out of it. */
  versionHash: string
  headSeq: number
  note: string
  salt: Uint8Array | null
  requestedBy: string
  requestedAt: Date
  closedAt: Date | null
  /** Who withdrew it, and why. */
  endedBy: string | null
  endReason: string | null
  endSalt: Uint8Array | null
  entry: number
  deciders: Decider[]
  decisions: DecisionRow[]
}

/**
 * For which side somebody decides; undefined for nobody's. The mayor's office is an approver of a government group; civil
 * society is an endorser of a group that is neither of the government nor of business.
 */
export function partyOf(role: Role, sector: Sector | null): Party | undefined {
  if (role === 'approver' && sector === 'government') return 'government'
  if (role === 'endorser' && (sector === 'civil_society' || sector === 'community' || sector === 'academia'))
    return 'civil_society'
  return undefined
}

/** For which side somebody who was asked decides; undefined when by now they stand for another one, or for none. */
export function sideOf(
  now: readonly Decider[],
  { deciders }: Pick<Asked, 'deciders'>,
  userId: string,
): Party | undefined {
  const [was, is] = [deciders, now].map((people) => people.find((one) => one.userId === userId)?.party)
  return was === is ? was : undefined
}

/** Whether the text takes edits: an open request freezes it whatever the state. */
export function statusIn(state: CommitmentState, requestOpen: boolean): 'open' | 'frozen' {
  return requestOpen ? 'frozen' : textIn[state]
}

/** What stands in the way of a request. */
export function missingFor({
  state,
  requestOpen,
  inputsReached,
  deciders,
}: {
  state: CommitmentState
  requestOpen: boolean
  inputsReached: boolean
  deciders: readonly Decider[]
}): Missing[] {
  const missing: Missing[] = []
  if (requestOpen) missing.push('request_open')
  else if (state !== 'final') missing.push('final_state')
  if (!inputsReached) missing.push('inputs')
  for (const party of ['government', 'civil_society'] as const)
    if (!deciders.some((decider) => decider.party === party)) missing.push(party)
  return missing
}

/** The clauses that somebody has decided nothing on yet, of those that are to be decided. */
export function undecided({ clauses, decisions }: Asked, userId: string): string[] {
  const mine = decisions.filter((decision) => decision.userId === userId)
  if (mine.some((decision) => decision.clauses === null)) return []
  const done = new Set(mine.flatMap((decision) => decision.clauses ?? []))
  return clauses.flatMap(({ clause, approvedBy }) => (approvedBy === null && !done.has(clause) ? [clause] : []))
}

/** What somebody's decisions come to: all clauses approved, or the whole; one returned; null while there is more to decide. */
export function verdictOf(request: Asked, userId: string): Verdict | null {
  const mine = request.decisions.filter((decision) => decision.userId === userId)
  if (mine.some(({ verdict }) => verdict === 'return')) return 'return'
  return mine.length > 0 && undecided(request, userId).length === 0 ? 'approve' : null
}

/**
 * The earlier request since whose text a reader is shown what changed: the last one that they decided on as a whole, at once
 * or clause by clause; else the last one that was approved. Of a text of which they decided on some clauses, they may not
 * have seen the others. `requests`: newest first.
 */
export function sinceOf<Row extends Asked & { number: number }>(
  userId: string,
  { number }: { number: number },
  requests: readonly Row[],
): Row | undefined {
  const earlier = requests.filter((one) => one.number < number)
  const own = earlier.find(
    (one) => one.decisions.some((decision) => decision.userId === userId) && undecided(one, userId).length === 0,
  )
  return own ?? earlier.find(({ state }) => state === 'approved' || state === 'voided')
}

/**
 * Whether a request waits for somebody: it asked them, they still stand for the same side, and they have not decided on all of
 * it. `deciders`: everybody who decides in the plan now. One whose words were changed since is decided on no more.
 */
export function waitsFor(
  request: Asked & { versionHash: string },
  deciders: readonly Decider[],
  userId: string,
): boolean {
  const stale = request.versionHash !== request.contentHash
  const asked = sideOf(deciders, request, userId) !== undefined
  return request.state === 'open' && !stale && asked && verdictOf(request, userId) === null
}

/** What becomes of a decision: the request's state, and the acts it brings about, in their order. */
export type Ruling =
  | { ok: true; state: 'open' | 'approved' | 'returned'; acts: Act[] }
  | {
      ok: false
      code: 'request_closed' | 'forbidden' | 'already_decided' | 'stale_version' | 'own_text' | 'unknown_clause'
    }

/** What is wrong with clauses that somebody decides on: nobody decides twice, nor on other words than they saw. */
function faultOf(
  request: Asked,
  userId: string,
  clauses: readonly ClauseSeen[],
): (Ruling & { ok: false })['code'] | null {
  const rows = new Map(request.clauses.map((row) => [row.clause, row]))
  const left = new Set(undecided(request, userId))
  for (const { clause, hash } of clauses) {
    const row = rows.get(clause)
    if (!row) return 'unknown_clause'
    if (row.hash !== hash) return 'stale_version'
    if (!left.delete(clause)) return 'already_decided'
  }
  return null
}

/**
 * Rules on one decision, on the whole or on clauses of it. It binds to the content its maker saw, which version and document
 * must still say (`says`, by hash); all must approve all of it, one return returns. `authors` are those who wrote what is
 * new since the last approved text: who is its only one does not approve it.
 */
export function decide(
  request: Asked,
  { userId, verdict, clauses }: Pick<DecisionRow, 'userId' | 'verdict'> & { clauses: readonly ClauseSeen[] | null },
  {
    seenHash,
    says,
    state,
    authors,
  }: { seenHash: string; says: readonly string[]; state: CommitmentState; authors: readonly string[] },
): Ruling {
  const mine = request.deciders.find((decider) => decider.userId === userId)
  if (!mine) return { ok: false, code: 'forbidden' }
  if (verdictOf(request, userId) !== null) return { ok: false, code: 'already_decided' }
  if (request.state !== 'open') return { ok: false, code: 'request_closed' }
  if ([seenHash, ...says].some((hash) => hash !== request.contentHash)) return { ok: false, code: 'stale_version' }
  const fault = clauses && faultOf(request, userId, clauses)
  if (fault) return { ok: false, code: fault }
  if (verdict === 'return') return { ok: true, state: 'returned', acts: ['return'] }
  if (wroteAlone(userId, authors)) return { ok: false, code: 'own_text' }
  const said = { userId, verdict, clauses: clauses?.map(({ clause }) => clause) ?? null }
  const heard = { ...request, decisions: [...request.decisions, said] }
  const all = (deciders: readonly Decider[]) =>
    deciders.every((decider) => verdictOf(heard, decider.userId) === 'approve')
  const endorsed = all(request.deciders.filter(({ party }) => party === 'civil_society'))
  const acts: Act[] = endorsed && state === 'final' ? ['endorse'] : []
  return all(request.deciders)
    ? { ok: true, state: 'approved', acts: [...acts, 'approve'] }
    : { ok: true, state: 'open', acts }
}

/** Whether somebody is the only one who wrote. */
export function wroteAlone(userId: string, authors: readonly string[]): boolean {
  return authors.length > 0 && authors.every((author) => author === userId)
}

/** The clauses of a text by name, each by hash: its text fields, and the facts that are set. */
export function clausesOf({ fields, facts }: Content): ReadonlyMap<string, string> {
  const clauses = [...Object.entries(fields), ...Object.entries(facts)]
  return new Map(clauses.map(([name, value]) => [name, contentHash(value)]))
}

const nothing = contentHash(null)

/**
 * The clauses that a request puts up: one that says what it said when it was approved last keeps that approval, every other
 * is to be decided. `before`: what the last request that was approved had put up.
 */
export function putUp(
  now: ReadonlyMap<string, string>,
  before: Pick<RequestRow, 'id' | 'clauses'> | undefined,
): ClauseRow[] {
  const earlier = new Map(before?.clauses.map((row) => [row.clause, row]))
  // A fact that was taken away is a change too.
  return [...new Set([...now.keys(), ...earlier.keys()])].map((clause) => {
    const hash = now.get(clause) ?? nothing
    const was = earlier.get(clause)
    const holds = before !== undefined && was?.hash === hash
    return { clause, hash, approvedBy: holds ? (was.approvedBy ?? before.id) : null }
  })
}
