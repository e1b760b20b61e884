/**
 * Decisions that their maker signed with a passkey. What is signed is the decision's own entry, as far as it can be known
 * before it is one: its payload without the signature, the plan, and who decides. See docs/spec/signing.md.
 */
import { type Assertion, assertionFault, fingerprintOf, readAssertion } from './assertion.ts'
import { toHex, utf8 } from './bytes.ts'
import { canonicalText, type Json } from './canonical-json.ts'
import type { FindingCode } from './findings.ts'
import { hashJoined } from './hash.ts'
import type { KnownEntry } from './verify-context.ts'

type Fields = { readonly [key: string]: Json }

/** Nothing else that anybody signs begins so. */
const domain = utf8('cabildo/decision/v1\n')

/**
 * What a passkey is asked to sign: the hash of a decision's payload without its signature, together with the plan and the
 * pseudonym of whoever decides. 32 bytes.
 */
export function decisionChallenge(plan: string, person: string, payload: Fields): Uint8Array {
  const { signature: _, ...statement } = payload
  return hashJoined([domain, utf8(canonicalText({ ...statement, plan, person }))])
}

/** What is to be said of a decision: a code of the list, and the words it is told with after the entry's number. */
export interface DecisionVerdict {
  readonly code: FindingCode
  readonly words: readonly string[]
}

/** Who signed with which key so far. */
export interface Signers {
  /** What is to be said of the payload of an `approval` entry; nothing where it is no decision. */
  check(entry: KnownEntry, payload: Json): DecisionVerdict[]
}

const signedBy = new Map<Json | undefined, FindingCode>([
  ['government', 'signed-government'],
  ['civil_society', 'signed-civil-society'],
])

/**
 * Checks decisions in the order of the record. `leafOf` gives the hash of an entry in the tree, `nameOf` how somebody is
 * shown, which nothing proves.
 */
export function createSigners({
  plan,
  leafOf,
  nameOf,
}: {
  readonly plan: string
  readonly leafOf: (seq: number) => Uint8Array | undefined
  readonly nameOf: (pid: string) => string | undefined
}): Signers {
  const keyOf = new Map<string, string>()
  const ownerOf = new Map<string, string>()

  /** Why a signature does not count, or the one that does with what is to be said of it. */
  const signatureOf = (
    { actor, refs = [] }: KnownEntry,
    payload: Fields,
  ): { readonly assertion: Assertion; readonly code: FindingCode } | string => {
    const assertion = readAssertion(payload.signature)
    const code = signedBy.get(payload.party)
    if (!assertion || payload.fresh !== 'passkey' || code === undefined) return 'shape'
    const [request] = refs
    const asked = request === undefined ? undefined : leafOf(request)
    if (!asked || payload.asked !== toHex(asked)) return 'asked'
    return assertionFault(assertion, decisionChallenge(plan, actor?.pid ?? '', payload)) ?? { assertion, code }
  }

  return {
    check(entry, payload) {
      if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return []
      const facts = payload as Fields
      if (facts.kind !== 'decided') return []
      if (facts.signature === undefined)
        return [{ code: facts.fresh === 'passkey' ? 'signature-missing' : 'decision-unsigned', words: [] }]
      const found = signatureOf(entry, facts)
      if (typeof found === 'string') return [{ code: 'signature-false', words: [found] }]
      const { assertion, code } = found
      const pid = entry.actor?.pid ?? ''
      const [print, name] = [fingerprintOf(assertion), nameOf(pid)]
      const told: DecisionVerdict[] = [
        { code, words: [name === undefined ? pid : `${name}, ${pid}`, print, assertion.site] },
      ]
      const [key, owner] = [keyOf.get(pid), ownerOf.get(assertion.key)]
      if (key !== undefined && key !== assertion.key) told.push({ code: 'signer-new-key', words: [pid] })
      if (owner !== undefined && owner !== pid) told.push({ code: 'signing-key-shared', words: [owner] })
      keyOf.set(pid, assertion.key)
      if (owner === undefined) ownerOf.set(assertion.key, pid)
      return told
    },
  }
}
