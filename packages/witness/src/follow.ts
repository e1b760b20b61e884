/** One look of a witness at a log: read its head, see whether it continues what was signed, sign, hand in. */
import { equalBytes, fromUtf8, toBase64, toHex } from '@cabildo/record/bytes'
import type { Evidence } from '@cabildo/record/evidence'
import { formatVkey, type NoteKey } from '@cabildo/record/keys'
import { type Continuation, readContinuation, readHead, type SignedHead } from '@cabildo/record/tile-client'
import type { Seen, Witness } from '@cabildo/record/witness'
import type { LogClient } from './log-client.ts'
import type { Shelf } from './shelf.ts'

/** What one look came to. */
export type Look =
  /** `status` is what the log answered to the cosignature; 200: it has kept it. */
  | { readonly found: 'cosigned'; readonly size: number; readonly status: number }
  | { readonly found: 'nothing-new'; readonly size: number }
  /** The log shows less than was signed, and does not own to having lost it: perhaps an old copy on the way. */
  | { readonly found: 'smaller'; readonly size: number; readonly signed: number; readonly evidence: string }
  /** The log has signed two histories, or lost one that it signed. */
  | { readonly found: 'alarm'; readonly size: number; readonly signed: number; readonly evidence: string }

/** What a file of evidence says of itself. */
export const whatIs = {
  twoHistories:
    'Two heads signed by one key; the second does not continue the first. / Dos cabezas con una misma firma; la segunda no continúa la primera.',
  open: 'Two heads signed by one key; nothing shows that the one continues the other: the log owes the proof. / Dos cabezas con una misma firma; nada muestra que una continúe la otra: el registro debe la prueba.',
} as const

/** What following stands on. */
export interface Following {
  readonly log: NoteKey
  readonly client: LogClient
  readonly shelf: Pick<Shelf, 'load' | 'keepEvidence'>
  readonly witness: Witness
  /** RFC 3339. */
  readonly now: () => string
}

/**
 * Looks at a log once, and again for each call. Throws an Error where nothing can be said: the log cannot be reached, its
 * head is not signed by its key, or its tiles do not give the root that it signed. Then nothing was signed.
 */
export function createFollower({ log, client, shelf, witness, now }: Following): () => Promise<Look> {
  /** The head that the log has taken our signature of. */
  let handedIn: number | undefined

  /** Both heads as the log signed them, in a file that anyone can check. */
  async function keep(
    kind: string,
    seen: Seen,
    head: SignedHead,
    more: Pick<Evidence, 'what' | 'proof' | 'rootBefore'>,
  ) {
    const evidence: Evidence = { ...more, log: [formatVkey(log)], at: now(), notes: [seen.note, head.note] }
    const name = `${kind}${head.size}-${toHex(head.root).slice(0, 16)}`
    return (await shelf.keepEvidence(name, evidence)).path
  }

  async function alarm(seen: Seen, head: SignedHead, continuation?: Continuation): Promise<Look> {
    // The way out of the second head's own tree gives another root at the size of the first.
    const { rootBefore, proof } = continuation ?? {}
    const shown = rootBefore && proof ? { rootBefore: toBase64(rootBefore), proof: proof.map(toBase64) } : {}
    const evidence = await keep('', seen, head, { what: whatIs.twoHistories, ...shown })
    // A log that lies need not take it; the file is what counts.
    await client.handIn('evidence', { notes: [seen.note, head.note] }).catch(() => undefined)
    return { found: 'alarm', size: head.size, signed: seen.size, evidence }
  }

  async function smaller(seen: Seen, head: SignedHead): Promise<Look> {
    const status = await client.handIn('evidence', { notes: [seen.note, head.note] })
    if (status === 200) return alarm(seen, head)
    // One file: an old copy of a head may come again and again.
    const kept: Evidence = { what: whatIs.open, log: [formatVkey(log)], at: now(), notes: [seen.note, head.note] }
    const { path: evidence } = await shelf.keepEvidence(`smaller-${seen.size}`, kept)
    return { found: 'smaller', size: head.size, signed: seen.size, evidence }
  }

  return async () => {
    const bytes = await client.fetchFile('checkpoint')
    const head = bytes && readHead(fromUtf8(bytes) ?? '', log)
    if (!head)
      throw new Error('el punto de control no lleva la firma del registro / the checkpoint is not signed by the log')
    const seen = await shelf.load(head.origin)
    const old = seen?.size ?? 0
    if (seen && head.size < old) return smaller(seen, head)
    if (seen && head.size === old && !equalBytes(head.root, seen.root)) return alarm(seen, head)
    if (handedIn === head.size) return { found: 'nothing-new', size: head.size }

    let proof: readonly Uint8Array[] = []
    if (seen && old > 0 && head.size > old) {
      const continuation = await readContinuation(client.fetchFile, head, old)
      if (!equalBytes(continuation.rootBefore, seen.root)) return alarm(seen, head, continuation)
      proof = continuation.proof
    }
    const { verdict, lines } = await witness.add({ old, proof, checkpoint: head.note })
    if (seen && (verdict.status === 422 || verdict.status === 409)) {
      await keep('refused-', seen, head, { what: whatIs.open, proof: proof.map(toBase64) })
    }
    if (verdict.status !== 200) throw new Error(`no se firma / not signed: ${verdict.reason}`)
    const status = await client.handIn('cosignatures', { size: head.size, cosignature: lines })
    if (status === 200) handedIn = head.size
    return { found: 'cosigned', size: head.size, status }
  }
}
