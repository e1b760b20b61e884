/** Checkpoints (c2sp.org/tlog-checkpoint): the text of a note that says how large a log is and what its root is. */
import { fromBase64, toBase64 } from './bytes.ts'

/** What a log says of itself at one moment. */
export interface Checkpoint {
  readonly origin: string
  /** Leaves in the tree. */
  readonly size: number
  /** The root over them, 32 bytes. */
  readonly root: Uint8Array
}

/** The text of a checkpoint, ready to be signed. Throws RangeError for an origin, size or root that it cannot hold. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const text = `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`
  if (!parseCheckpoint(text)) throw new RangeError('not a checkpoint')
  return text
}

/**
 * The checkpoint of a note's text, or `undefined` where it is none. Extension lines are refused: C2SP advises against
 * them, nobody could check them, and a log of ours writes none.
 */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root, end, ...more] = text.split('\n')
  if (!origin || size === undefined || root === undefined || end !== '' || more.length > 0) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f]/.test(origin) || !origin.isWellFormed()) return undefined
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined
  const bytes = fromBase64(root)
  return bytes?.length === 32 ? { origin, size: Number(size), root: bytes } : undefined
}
