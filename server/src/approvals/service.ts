/**
 * Approval of an exact text.
 * 1. A request names a version. Under the row lock that edits use, it is what the document says, and the document is
 *    frozen: every edit was stored before, or comes back to its author as a draft.
 * 2. Each of those asked decides once, on the hash they saw, and proves afresh who they are.
 * 3. The last approval, the first return, or a withdrawal ends it, and moves the commitment in the same transaction.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Standing, Verdict } from '@cabildo/protocol/http/approvals'
import { fingerprintOf } from '@cabildo/record/assertion'
import { contentHash as hashOf } from '@cabildo/schema/canonical'
import { contentOfState } from '@cabildo/schema/content'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Kysely } from 'kysely'
import type { SigningDeps } from '../auth/passkeys/signing.ts'
import { may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterDocument } from '../people/service.ts'
import { sealHeld } from '../record/sealing/service.ts'
import { appendEntry, pidsOf } from '../record/service.ts'
import { apply, change, type Life, namesOf } from './moving.ts'
import {
  type ClauseRow,
  type ClauseSeen,
  clausesOf,
  type Decider,
  decide,
  missingFor,
  putUp,
  type RequestRow,
  sideOf,
  statusIn,
} from './rules.ts'
import { sealWords } from './sealing.ts'
import { acceptDecision, beginDecision, isSame, tellDecision } from './signing.ts'
import {
  findCommitment,
  findRequests,
  findVersion,
  findWriters,
  insertClauses,
  insertDecision,
  insertRequest,
  setStatus,
  updateRequest,
} from './store.ts'
import { type ApprovalDeps, decidersOf, inputsOf } from './tell.ts'

/** Asks that a version be approved, and freezes the document, which must say exactly that. */
export async function requestApproval(
  deps: ApprovalDeps,
  actor: Actor,
  {
    documentId,
    versionId,
    contentHash,
    note,
  }: { documentId: string; versionId: string; contentHash: string; note: string },
): Promise<Standing> {
  const { db, rooms } = deps
  const { planId } = await enterDocument(db, actor, documentId, 'approval.request')
  const version = await findVersion(db, documentId, versionId)
  if (!version) throw refuseField('/versionId', 'The document has no such version.')
  const head = await readHead(rooms, documentId)
  if (version.contentHash !== contentHash || head.says !== contentHash) throw new AppError('stale_version')
  const inputs = await inputsOf(db, actor, planId, documentId)

  return change(deps, actor, documentId, { right: 'approval.request', asks: true }, async (life) => {
    const { trx, commitment, requests, open, at, asked: deciders } = life
    const inputsReached = inputs === null || inputs.share >= inputs.needed
    const [missing] = missingFor({ state: commitment.state, requestOpen: open !== undefined, inputsReached, deciders })
    if (missing === 'inputs') throw new AppError('inputs_unanswered')
    if (missing !== undefined) throw new AppError('conflict', { detail: `Missing: ${missing}.` })
    const { headSeq } = demandSame(at, head)
    // Words may have been taken out of it before the document was read.
    if ((await findVersion(trx, documentId, versionId))?.contentHash !== contentHash)
      throw new AppError('stale_version')
    await setStatus(trx, documentId, 'frozen')
    const number = (requests[0]?.number ?? 0) + 1
    const { salt, told } = sealWords(note)
    const names = namesOf(documentId, { number, versionNumber: version.number, contentHash })
    const before = requests.find(({ state }) => state === 'voided')
    const clauses = putUp(head.clauses, before)
    // It speaks of a row of the log: that is in the record before it.
    await sealHeld(trx, [documentId])
    const pidsFor = async (party: Decider['party']) =>
      pidsOf(
        trx,
        planId,
        deciders.filter((decider) => decider.party === party).map(({ userId }) => userId),
      )
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'approval', userId: actor.userId, documentId },
      payload: {
        ...{ kind: 'requested', ...names, seq: headSeq, ...told, ...toldClauses(clauses) },
        ...{ government: await pidsFor('government'), civilSociety: await pidsFor('civil_society') },
      },
    })
    const request = { id: newId(), number, planId, documentId, versionId, contentHash, headSeq, note, salt, entry }
    await insertRequest(trx, { ...request, requestedBy: actor.userId }, deciders)
    await insertClauses(trx, request.id, clauses)
  })
}

/** What somebody says of the text of this hash, or of clauses of it. */
interface Saying {
  documentId: string
  approvalId: string
  contentHash: string
  clauses?: readonly ClauseSeen[] | undefined
  verdict: Verdict
  reason: string
}

/** Rules on a decision from what stands in a database, or in a transaction; throws what refuses it. */
async function prepareDecision(
  { db, rooms }: Pick<ApprovalDeps, 'db' | 'rooms'>,
  actor: Actor,
  { documentId, approvalId, contentHash, clauses: some, verdict, reason }: Saying,
) {
  if (verdict === 'return' && reason === '') throw refuseField('/reason', 'Say why you return it.')
  const clauses = some ?? null
  await enterDocument(db, actor, documentId, 'approval.decide')
  const head = await readHead(rooms, documentId)
  const rule = async (from: Kysely<Database>, requests: readonly RequestRow[]) => {
    const request = demandRequest(requests, approvalId)
    const commitment = await findCommitment(from, documentId)
    if (!commitment) throw new AppError('not_found')
    const { planId, state } = commitment
    const authors = await findWriters(from, documentId, request)
    const party = sideOf(await decidersOf(from, planId), request, actor.userId)
    const says = [request.versionHash, head.says]
    const saying = { userId: actor.userId, verdict, clauses }
    const ruling = decide(request, saying, { seenHash: contentHash, says, state, authors })
    if (!ruling.ok) {
      const { code } = ruling
      throw code === 'unknown_clause' ? refuseField('/clauses', 'The text has no such clause.') : new AppError(code)
    }
    if (party === undefined) throw new AppError('forbidden')
    return { ruling, state, wish: { planId, documentId, request, verdict, clauses, party, reason } }
  }
  // Once before anything is shown, so that no code is used up on what is refused anyway.
  const { wish } = await rule(db, await findRequests(db, documentId))
  return { head, rule, wish }
}

/** Begins to sign a decision with a passkey; what would refuse the decision refuses this. */
export async function signApproval(
  deps: ApprovalDeps & SigningDeps,
  actor: Actor,
  saying: Saying,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; cookie: string }> {
  const { wish } = await prepareDecision(deps, actor, saying)
  return beginDecision(deps, actor, wish)
}

/** Hears one decision: decision, states, thaw and entries commit together or not at all. */
export async function decideApproval(
  deps: ApprovalDeps & SigningDeps,
  actor: Actor,
  {
    network,
    secret,
    password,
    code,
    passkey,
    ...saying
  }: Saying & {
    password?: string | undefined
    code?: string | undefined
    /** What the browser answered to `signApproval`, and the secret of that ceremony. */
    passkey?: unknown
    secret?: string | undefined
    network: string
  },
): Promise<Standing> {
  const { head, rule, wish } = await prepareDecision(deps, actor, saying)
  const { documentId, contentHash, verdict, reason } = saying
  const signed =
    passkey === undefined ? undefined : await acceptDecision(deps, actor, wish, { response: passkey, secret })
  const proof = signed ? 'passkey' : await deps.fresh.demand(actor, { password, code }, network)
  const signingKey = signed ? fingerprintOf(signed.assertion) : null

  return change(deps, actor, documentId, { right: 'approval.decide' }, async (life) => {
    const { trx } = life
    const { ruling, state, wish } = await rule(trx, life.requests)
    demandSame(life.at, head)
    const { planId, request } = wish
    if (signed && !isSame(signed, wish)) throw new AppError('conflict', { detail: 'Something else was signed.' })
    const sealed = signed ? undefined : sealWords(reason)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'approval', userId: actor.userId, documentId, refs: [request.entry] },
      payload: signed?.payload ?? tellDecision(wish, { fresh: proof, ...sealed?.told }),
    })
    const salt = (signed ?? sealed)?.salt ?? null
    const decision = {
      userId: actor.userId,
      verdict,
      contentHash,
      clauses: wish.clauses?.map(({ clause }) => clause) ?? null,
      reason,
      salt,
      fresh: proof,
      signingKey,
      entry,
    } as const
    await insertDecision(trx, request.id, decision)
    if (ruling.state !== 'open') await updateRequest(trx, request.id, ruling.state)
    let was = state
    for (const act of ruling.acts)
      was = await apply(life, actor.userId, { act, was, requestOpen: ruling.state === 'open', refs: [entry] })
  })
}

/** Withdraws an open request: its own maker does, or a coordinator. The text opens again. */
export async function withdrawApproval(
  deps: ApprovalDeps,
  actor: Actor,
  { documentId, approvalId, reason }: { documentId: string; approvalId: string; reason: string },
): Promise<Standing> {
  return change(deps, actor, documentId, { right: 'approval.request' }, async (life) => {
    const { trx, commitment, membership } = life
    const request = demandRequest(life.requests, approvalId)
    if (request.requestedBy !== actor.userId && !may(membership.role, 'approval.withdraw'))
      throw new AppError('forbidden')
    if (request.state !== 'open') throw new AppError('request_closed')
    await setStatus(trx, documentId, statusIn(commitment.state === 'endorsed' ? 'final' : commitment.state, false))
    const { salt, told } = sealWords(reason)
    const { seq: entry } = await appendEntry(trx, commitment.planId, {
      ...{ type: 'approval', userId: actor.userId, documentId, refs: [request.entry] },
      payload: { kind: 'withdrawn', ...namesOf(documentId, request), ...told },
    })
    await updateRequest(trx, request.id, 'withdrawn', { by: actor.userId, reason, salt })
    if (commitment.state === 'endorsed')
      await apply(life, actor.userId, { act: 'recall', was: 'endorsed', requestOpen: false, refs: [entry] })
  })
}

/** What the record tells of clauses: which are to be decided, where the others keep an approval. */
function toldClauses(clauses: readonly ClauseRow[]): { changed?: string[] } {
  const changed = clauses.filter(({ approvedBy }) => approvedBy === null).map(({ clause }) => clause)
  return changed.length === clauses.length ? {} : { changed }
}

/** What a document says, by hash, and where it stood when it said so. */
interface Head {
  headSeq: number
  epoch: number
  says: string
  clauses: ReadonlyMap<string, string>
}

/** Reads what a document says. To be read before anything is held: a room that is not loaded needs connections of its own. */
async function readHead(rooms: ApprovalDeps['rooms'], documentId: string): Promise<Head> {
  const head = await rooms.read(documentId)
  if (!head) throw new AppError('not_found')
  const { headSeq, epoch, state } = head
  const content = contentOfState(state)
  return { headSeq, epoch, says: hashOf(content), clauses: clausesOf(content) }
}

/**
 * Answers where the held document stands; `stale_version` when that is not where it was read. The room answers what is
 * committed: when no row came since, and no words were taken out, what was read is what the document says.
 */
function demandSame(at: Life['at'], { headSeq, epoch }: Head): Life['at'] {
  if (at.headSeq !== headSeq || at.epoch !== epoch) throw new AppError('stale_version')
  return at
}

function demandRequest(requests: readonly RequestRow[], id: string): RequestRow {
  const request = requests.find((one) => one.id === id)
  if (!request) throw new AppError('not_found')
  return request
}
