/**
 * A witness (c2sp.org/tlog-witness): it signs a log's checkpoint only when that continues the last one it signed. Nothing
 * here reads a clock, a disk or the network: those come as {@link WitnessDeps}.
 */
import { type AddCheckpoint, parseAddCheckpoint } from './add-checkpoint.ts'
import { equalBytes } from './bytes.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import type { NoteKey } from './keys.ts'
import { emptyRoot } from './merkle.ts'
import { verifyConsistency } from './merkle-verify.ts'
import { formatNote, parseNote, verifyNote } from './note.ts'
import { type NoteSigner, portableVerifiers, type Verifiers } from './signatures.ts'

/** The last checkpoint of one log that was signed. */
export interface Seen {
  readonly size: number
  readonly root: Uint8Array
  /** As it came, with the log's signature: one half of the evidence, should the log ever contradict it. */
  readonly note: string
}

/** What a witness makes of a checkpoint. The statuses are those that C2SP gives them over HTTP. */
export type Verdict =
  | { readonly status: 200; readonly checkpoint: Checkpoint }
  | { readonly status: 400; readonly reason: 'malformed' | 'smaller-than-old' }
  | { readonly status: 404; readonly reason: 'unknown-log' }
  | { readonly status: 403; readonly reason: 'unsigned' }
  /** The asker is behind, or ahead: `size` is what was signed last. */
  | { readonly status: 409; readonly reason: 'other-size'; readonly size: number }
  /** The log has signed two trees of this size: it shows different people different records. */
  | { readonly status: 409; readonly reason: 'forked'; readonly size: number }
  | { readonly status: 422; readonly reason: 'inconsistent' }

/** The tree of a log that was never signed for. */
const nothing = { size: 0, root: emptyRoot() }

/**
 * Whether a checkpoint continues what was seen. `logs` are the keys of the logs that are witnessed; a log may have
 * several, under its one name. Pure: the same answer for the same arguments.
 */
export function judge(
  seen: Pick<Seen, 'size' | 'root'> | undefined,
  { old, proof, checkpoint: text }: AddCheckpoint,
  logs: readonly NoteKey[],
  verifiers: Verifiers = portableVerifiers,
): Verdict {
  const note = parseNote(text)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!note || !checkpoint) return { status: 400, reason: 'malformed' }
  const keys = logs.filter(({ name }) => name === checkpoint.origin)
  if (keys.length === 0) return { status: 404, reason: 'unknown-log' }
  const { signed, forged } = verifyNote(note, keys, verifiers)
  if (signed.length === 0 || forged.length > 0) return { status: 403, reason: 'unsigned' }
  if (old > checkpoint.size) return { status: 400, reason: 'smaller-than-old' }
  const last = seen ?? nothing
  if (old !== last.size) return { status: 409, reason: 'other-size', size: last.size }
  if (old === checkpoint.size && !equalBytes(last.root, checkpoint.root)) {
    return { status: 409, reason: 'forked', size: last.size }
  }
  const continues = verifyConsistency(old, checkpoint.size, last.root, checkpoint.root, proof)
  return continues ? { status: 200, checkpoint } : { status: 422, reason: 'inconsistent' }
}

/** What a witness stands on. */
export interface WitnessDeps {
  /** The keys of the logs it follows. */
  readonly logs: readonly NoteKey[]
  /** Signs as the witness; see `ed25519Cosigner`. */
  readonly signers: readonly NoteSigner[]
  /** What was saved last of the log with this origin. */
  readonly load: (origin: string) => Promise<Seen | undefined>
  /** Safe from a power cut when it resolves; nothing is signed before that. */
  readonly save: (origin: string, seen: Seen) => Promise<void>
  readonly verifiers?: Verifiers
}

/** What a witness answered: with 200, its signature lines. */
export type Answer = { readonly verdict: Verdict; readonly lines: string }

/** Answers requests one after another, in the order they came, so that none overtakes what another one saves. */
export interface Witness {
  add(request: AddCheckpoint): Promise<Answer>
}

/** A witness. Whatever is asked in whatever order, what it signs for one log is one growing tree. */
export function createWitness({ logs, signers, load, save, verifiers }: WitnessDeps): Witness {
  let turn: Promise<unknown> = Promise.resolve()

  async function answer(request: AddCheckpoint): Promise<Answer> {
    const origin = parseCheckpoint(parseNote(request.checkpoint)?.text ?? '')?.origin
    const known = origin !== undefined && logs.some(({ name }) => name === origin)
    const seen = known ? await load(origin) : undefined
    const verdict = judge(seen, request, logs, verifiers)
    if (verdict.status !== 200) return { verdict, lines: '' }
    const { checkpoint } = verdict
    const { size, root } = checkpoint
    if (!seen || seen.size !== size) await save(checkpoint.origin, { size, root, note: request.checkpoint })
    const text = parseNote(request.checkpoint)?.text ?? ''
    return { verdict, lines: cosignatures(text, signers) }
  }

  return {
    add(request) {
      const answered = turn.then(() => answer(request))
      turn = answered.catch(() => undefined)
      return answered
    },
  }
}

/** The lines that these signers add to a checkpoint's text. Whether they may is for {@link judge} to say. */
function cosignatures(text: string, signers: readonly NoteSigner[]): string {
  const signatures = signers.map(({ key, sign }) => ({ name: key.name, keyId: key.id, signature: sign(text) }))
  return formatNote({ text, signatures }).slice(text.length + 1)
}

/** {@link Witness.add} for the body of a request. */
export async function answerBody(witness: Witness, body: string): Promise<Answer> {
  const request = parseAddCheckpoint(body)
  return request ? witness.add(request) : { verdict: { status: 400, reason: 'malformed' }, lines: '' }
}
