/** Reads where a commitment stands: its state and acts, what may come next, and what those who decide need to know. */
import { AppError } from '@cabildo/protocol/errors'
import type { ApprovalRequest, Standing } from '@cabildo/protocol/http/approvals'
import type { Person } from '@cabildo/protocol/http/common'
import { actsFrom, move, owesReason, ruleOf } from '@cabildo/protocol/lifecycle'
import { toHex } from '@cabildo/record/bytes'
import type { Kysely } from 'kysely'
import type { FreshProof } from '../auth/fresh-proof.ts'
import { may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import { type DocumentMembership, enterDocument, peopleOf } from '../people/service.ts'
import { readCoverage } from '../review/inputs/tell.ts'
import type { Rooms } from '../rooms/ports.ts'
import {
  type ClauseRow,
  type Decider,
  missingFor,
  partyOf,
  type RequestRow,
  sideOf,
  sinceOf,
  statusIn,
  undecided,
  verdictOf,
  waitsFor,
  wroteAlone,
} from './rules.ts'
import { countOpenThreads, findCommitment, findDeciding, findRequests, findSteps, findWriters } from './store.ts'
import { isRunning, tellWindow } from './windows/rules.ts'
import { findWindow } from './windows/store.ts'
import { windowDays } from './windows/turn.ts'

/** What moving commitments and plans needs. */
export interface MovingDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'statusChanged' | 'recheck' | 'announce'>
  now: () => Date
}

/** What approving commitments needs besides. */
export interface ApprovalDeps extends MovingDeps {
  rooms: Pick<Rooms, 'read' | 'statusChanged' | 'recheck' | 'announce'>
  fresh: FreshProof
}

/** How many of the inputs that have to do with a commitment are answered; null for a guest, who reads their own alone. */
export async function inputsOf(
  db: Kysely<Database>,
  actor: Actor,
  planId: string,
  documentId: string,
): Promise<Standing['inputs']> {
  if (actor.workshopId !== null) return null
  const { commitments, answeredShare } = await readCoverage({ db }, actor, planId)
  const ours = commitments.find((one) => one.documentId === documentId)
  const { total, answered, share } = ours ?? { total: 0, answered: 0, share: 100 }
  return { total, unanswered: total - answered, share, needed: answeredShare }
}

/** Everybody who decides in a plan now. */
export async function decidersOf(db: Kysely<Database>, planId: string): Promise<Decider[]> {
  const people = await findDeciding(db, planId, ['approver', 'endorser'])
  return people.flatMap(({ userId, role, sector }) => {
    const party = partyOf(role, sector)
    return party === undefined ? [] : [{ userId, party }]
  })
}

/** Reads where a commitment stands, for one reader. */
export async function readStanding(
  { db, fresh, now }: Pick<ApprovalDeps, 'db' | 'fresh' | 'now'>,
  actor: Actor,
  documentId: string,
): Promise<Standing> {
  const membership = await enterDocument(db, actor, documentId, 'document.open')
  const { planId, role } = membership
  const commitment = await findCommitment(db, documentId)
  if (!commitment) throw new AppError('not_found')
  const { state } = commitment
  const [steps, requests, deciders, openThreads, inputs, proof, window] = await Promise.all([
    findSteps(db, commitment.id),
    findRequests(db, documentId),
    decidersOf(db, planId),
    countOpenThreads(db, documentId),
    inputsOf(db, actor, planId, documentId),
    fresh.ways(actor),
    findWindow(db, { planId, documentId }),
  ])
  const people = await peopleOf(db, planId, [
    ...steps.flatMap(({ byId }) => byId ?? []),
    ...requests.flatMap((request) => [
      request.requestedBy,
      ...(request.endedBy === null ? [] : [request.endedBy]),
      ...request.deciders.map(({ userId }) => userId),
    ]),
  ])
  const requestOpen = requests.some((request) => request.state === 'open')
  const inputsReached = inputs === null || inputs.share >= inputs.needed
  const windowOpen = isRunning(window, now())
  return {
    documentId: documentId as Standing['documentId'],
    state,
    text: statusIn(state, requestOpen),
    steps: steps.map(({ byId, salt, at, closesAt, intoDocumentId, intoNumber, intoTitle, ...step }) => ({
      ...step,
      salt: hexOf(salt),
      at: at.toISOString(),
      closesAt: closesAt?.toISOString() ?? null,
      by: byId === null ? null : known(people, byId),
      into:
        intoDocumentId === null
          ? null
          : // Read from a column of ids.
            {
              documentId: intoDocumentId as Standing['documentId'],
              number: intoNumber ?? 0,
              title: intoTitle ?? '',
            },
    })),
    next: actsFrom(state).map((act) => {
      const rule = ruleOf(act)
      const { to, roles, back, by } = rule
      return {
        ...{ act, to, roles: [...roles], back, by },
        reason: owesReason(rule, windowOpen),
        window: rule.window ?? null,
        mine: move({ state, requestOpen, windowOpen }, { act, role, reason: 'given' }).ok,
      }
    }),
    window: tellWindow(window, now()),
    windowDays,
    requests: await Promise.all(
      requests.map((request) => tellRequest(db, actor, membership, request, { people, requests, deciders })),
    ),
    ask: {
      may: may(role, 'approval.request'),
      missing: missingFor({ state, requestOpen, inputsReached, deciders }),
    },
    openThreads,
    inputs,
    proof,
  }
}

async function tellRequest(
  db: Kysely<Database>,
  actor: Actor,
  { role, documentId }: DocumentMembership,
  request: RequestRow,
  {
    people,
    requests,
    deciders,
  }: {
    people: Map<string, Person>
    requests: readonly RequestRow[]
    deciders: readonly Decider[]
  },
): Promise<ApprovalRequest> {
  const { id, number, versionId, versionNumber, versionName, contentHash, headSeq, state, note, entry } = request
  const open = state === 'open'
  const stale = open && request.versionHash !== contentHash
  const decides = may(role, 'approval.decide') && waitsFor(request, deciders, actor.userId)
  const alone = decides && wroteAlone(actor.userId, await findWriters(db, documentId, request))
  const left = new Set(decides ? undecided(request, actor.userId) : [])
  const since = sinceOf(actor.userId, request, requests)
  return {
    // Read from columns of ids.
    id: id as ApprovalRequest['id'],
    version: {
      id: versionId as ApprovalRequest['version']['id'],
      ...{ number: versionNumber, name: versionName, seq: headSeq, contentHash },
    },
    ...{ number, state, note, entry },
    salt: hexOf(request.salt),
    requestedBy: known(people, request.requestedBy),
    requestedAt: request.requestedAt.toISOString(),
    closedAt: request.closedAt?.toISOString() ?? null,
    end:
      request.endedBy === null
        ? null
        : { by: known(people, request.endedBy), reason: request.endReason ?? '', salt: hexOf(request.endSalt) },
    deciders: request.deciders.map(({ userId, party }) => {
      const verdict = verdictOf(request, userId)
      return {
        ...{ person: known(people, userId), party, verdict, you: userId === actor.userId },
        decisions: request.decisions
          .filter((one) => one.userId === userId)
          .map(({ salt, decidedAt, clauses, ...decision }) => ({
            ...decision,
            clauses: clauses && [...clauses],
            salt: hexOf(salt),
            decidedAt: decidedAt.toISOString(),
          })),
        blocked: open && verdict === null && sideOf(deciders, request, userId) === undefined,
      }
    }),
    stale,
    clauses: request.clauses.map((row) => ({ ...tellClause(row, requests), yours: left.has(row.clause) })),
    since: since ? { id: since.versionId as ApprovalRequest['version']['id'], number: since.versionNumber } : null,
    may: {
      decide: decides,
      approve: decides && !alone,
      withdraw:
        open &&
        may(role, 'approval.request') &&
        (request.requestedBy === actor.userId || may(role, 'approval.withdraw')),
    },
  }
}

/** A clause as readers are told of it: when it was approved, and with which version, where that still holds. */
function tellClause(
  { clause, hash, approvedBy }: ClauseRow,
  requests: readonly RequestRow[],
): Omit<ApprovalRequest['clauses'][number], 'yours'> {
  const request = requests.find(({ id }) => id === approvedBy)
  // Its last decision approved it.
  const last = request?.decisions.at(-1)
  return {
    ...{ clause, hash },
    approved: request && last ? { version: request.versionNumber, at: last.decidedAt.toISOString() } : null,
  }
}

/** A salt as it is shown; null once what it stood for was changed or erased. */
export const hexOf = (salt: Uint8Array | null): string | null => (salt?.length ? toHex(salt) : null)

/** Somebody who must be known: accounts are suspended and erased, never deleted. */
export function known(people: Map<string, Person>, userId: string): Person {
  const person = people.get(userId)
  if (!person) throw new Error(`user ${userId} is not known`)
  return person
}
