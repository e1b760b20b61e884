/** The request by which a log asks a witness for a cosignature (c2sp.org/tlog-witness, `add-checkpoint`), and its answers. */
import { fromBase64, toBase64 } from './bytes.ts'

/** Hashes that a request may carry at most. */
const maxProof = 63

/** What a witness answers a wrong old size with: the size it knows, under this type. */
export const sizeContentType = 'text/x.tlog.size'

/** A request taken apart; nothing of it is to be believed. */
export interface AddCheckpoint {
  /** Leaves that the asker believes the witness to have seen. */
  readonly old: number
  /** From that size to the checkpoint's. */
  readonly proof: readonly Uint8Array[]
  /** The signed checkpoint, as it came. */
  readonly checkpoint: string
}

/** The body of a request. */
export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${old}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`
}

/** Takes a body apart, or gives `undefined` where it is none. The checkpoint is not looked at. */
export function parseAddCheckpoint(body: string): AddCheckpoint | undefined {
  const end = body.indexOf('\n\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = body.slice(0, end).split('\n')
  const old = parseSize(/^old (.*)$/.exec(first)?.[1] ?? '')
  if (old === undefined || lines.length > maxProof) return undefined
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === 32)
  if (proof.length !== lines.length) return undefined
  return { old, proof: proof.filter((hash) => hash !== undefined), checkpoint: body.slice(end + 2) }
}

/** A size as checkpoints write it, or `undefined`. */
export function parseSize(text: string): number | undefined {
  return /^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
}
