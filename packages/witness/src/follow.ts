/** One look of a witness at a log: read its head, see whether it continues what was signed, sign, hand in. */
import { equalBytes, fromUtf8, toBase64, toHex } from '@cabildo/record/bytes'
import { formatVkey, type NoteKey } from '@cabildo/record/keys'
import { readContinuation, readHead, type SignedHead } from '@cabildo/record/tile-client'
import type { Seen, Witness } from '@cabildo/record/witness'
import type { LogClient } from './log-client.ts'
import type { Shelf } from './shelf.ts'

/** What one look came to. */
export type Look =
  /** `status` is what the log answered to the cosignature; 200: it has kept it. */
  | { readonly found: 'cosigned'; readonly size: number; readonly status: number }
  | { readonly found: 'nothing-new'; readonly size: number }
  /** The log shows less than was signed, and does not own to having lost it: perhaps an old copy on the way. */
  | { readonly found: 'smaller'; readonly size: number; readonly signed: number }
  /** The log has signed two histories, or lost one that it signed. */
  | { readonly found: 'alarm'; readonly size: number; readonly signed: number; readonly evidence: string }

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

  async function alarm(seen: Seen, head: SignedHead, proof: readonly Uint8Array[]): Promise<Look> {
    const notes = [seen.note, head.note]
    const evidence = await shelf.keepEvidence(`${head.size}-${toHex(head.root).slice(0, 16)}`, {
      what: 'Two heads signed by one key; the second does not continue the first.',
      log: formatVkey(log),
      at: now(),
      notes,
      // From the first size to the second, out of the second one's own tree: it gives another first root.
      proof: proof.map(toBase64),
    })
    // A log that lies need not take it; the file is what counts.
    await client.handIn('evidence', { notes }).catch(() => undefined)
    return { found: 'alarm', size: head.size, signed: seen.size, evidence }
  }

  async function smaller(seen: Seen, head: SignedHead): Promise<Look> {
    const status = await client.handIn('evidence', { notes: [seen.note, head.note] })
    return status === 200 ? alarm(seen, head, []) : { found: 'smaller', size: head.size, signed: seen.size }
  }

  return async () => {
    const bytes = await client.fetchFile('checkpoint')
    const head = bytes && readHead(fromUtf8(bytes) ?? '', log)
    if (!head)
      throw new Error('el punto de control no lleva la firma del registro / the checkpoint is not signed by the log')
    const seen = await shelf.load(head.origin)
    const old = seen?.size ?? 0
    if (seen && head.size < old) return smaller(seen, head)
    if (seen && head.size === old && !equalBytes(head.root, seen.root)) return alarm(seen, head, [])
    if (handedIn === head.size) return { found: 'nothing-new', size: head.size }

    let proof: readonly Uint8Array[] = []
    if (seen && old > 0 && head.size > old) {
      const continuation = await readContinuation(client.fetchFile, head, old)
      if (!equalBytes(continuation.rootBefore, seen.root)) return alarm(seen, head, continuation.proof)
      proof = continuation.proof
    }
    const { verdict, lines } = await witness.add({ old, proof, checkpoint: head.note })
    if (verdict.status !== 200) throw new Error(`no se firma / not signed: ${verdict.reason}`)
    const status = await client.handIn('cosignatures', { size: head.size, cosignature: lines })
    if (status === 200) handedIn = head.size
    return { found: 'cosigned', size: head.size, status }
  }
}
