/**
 * Decisions that are signed with a passkey: what is signed is what the decision's entry will say, with the plan, who
 * decides, and the entry of the request, so with everything that led there (docs/spec/signing.md).
 */
import { randomBytes } from 'node:crypto'
import type { Party, Verdict } from '@cabildo/protocol/http/approvals'
import type { Assertion } from '@cabildo/record/assertion'
import { toHex } from '@cabildo/record/bytes'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { saltLength } from '@cabildo/record/hash'
import { decisionChallenge } from '@cabildo/record/signed-decisions'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { acceptSigning, beginSigning, type SigningDeps } from '../auth/passkeys/signing.ts'
import type { Actor } from '../auth/sessions.ts'
import { hashOfEntry, pidOf } from '../record/service.ts'
import { namesOf } from './moving.ts'
import type { ClauseSeen, RequestRow } from './rules.ts'
import { sealWords } from './sealing.ts'

/** A decision about to be made. */
export interface Wish {
  planId: string
  documentId: string
  request: RequestRow
  verdict: Verdict
  /** The clauses it is about; null for the whole text. */
  clauses: readonly ClauseSeen[] | null
  party: Party
  reason: string
}

/** A decision with its signature, as the record is told it. `salt` is that of its reason. */
export interface SignedWish {
  salt: Uint8Array | null
  payload: { [key: string]: Json }
  assertion: Assertion
}

const Waiting = z.object({ nonce: z.string(), salt: z.string() })
type Waiting = z.infer<typeof Waiting>

/** What the record is told of a decision, whoever proves it in whichever way. */
export function tellDecision(
  { documentId, request, verdict, clauses, party }: Omit<Wish, 'planId' | 'reason'>,
  more: { [key: string]: Json },
): { [key: string]: Json } {
  const told = clauses && { clauses: Object.fromEntries(clauses.map(({ clause, hash }) => [clause, hash])) }
  return { kind: 'decided', ...namesOf(documentId, request), verdict, party, ...told, ...more }
}

/** Begins to sign a decision: the challenge for the browser, and the cookie that goes with it. */
export async function beginDecision(
  deps: SigningDeps,
  actor: Actor,
  wish: Wish,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; cookie: string }> {
  const data = { nonce: randomBytes(16).toString('base64url'), salt: randomBytes(saltLength).toString('base64') }
  const { challenge } = await statementOf(deps, actor, wish, data)
  return beginSigning(deps, actor, { challenge, data })
}

/** Checks the signature of a decision, which must be the very one that was begun. Throws `wrong_credentials`. */
export async function acceptDecision(
  deps: SigningDeps,
  actor: Actor,
  wish: Wish,
  shown: { response: unknown; secret: string | undefined },
): Promise<SignedWish> {
  let stated: Awaited<ReturnType<typeof statementOf>> | undefined
  const assertion = await acceptSigning(deps, actor, shown, async (data) => {
    stated = await statementOf(deps, actor, wish, Waiting.parse(data))
    return stated.challenge
  })
  if (!stated) throw new Error('a signature was accepted before it was known of what')
  const { salt, payload } = stated
  return { salt, payload: { ...payload, signature: { ...assertion } }, assertion }
}

/** Whether a decision is still what was signed. */
export function isSame({ payload }: SignedWish, wish: Wish): boolean {
  const { signature: _, ...signed } = payload
  const { asked = null, nonce = null, reason } = signed
  const more = { fresh: 'passkey', asked, nonce, ...(reason !== undefined && { reason }) }
  return canonicalText(tellDecision(wish, more)) === canonicalText(signed)
}

async function statementOf({ db }: SigningDeps, { userId }: Actor, wish: Wish, { nonce, salt: given }: Waiting) {
  const { planId, request, reason } = wish
  const { salt, told } = sealWords(reason, Buffer.from(given, 'base64'))
  const asked = toHex(await hashOfEntry(db, planId, request.entry))
  const payload = tellDecision(wish, { fresh: 'passkey', asked, nonce, ...told })
  const person = await db.transaction().execute((trx) => pidOf(trx, planId, userId))
  return { salt, payload, challenge: decisionChallenge(planId, person, payload) }
}
