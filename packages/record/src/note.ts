/**
 * Signed notes (c2sp.org/signed-note):
 * 1. a text that ends with a line end,
 * 2. an empty line,
 * 3. lines `— <key name> <base64 of key id and signature>`.
 */
import { concat, fromBase64, fromHex, toBase64, toHex } from './bytes.ts'
import { isKeyName, type NoteKey, signatureLength } from './keys.ts'
import { type NoteSigner, portableVerifiers, type Verifiers, verifySignature } from './signatures.ts'

/** Signature lines that a note may carry at most; C2SP asks for 16 at least. */
export const maxSignatures = 32

/** Characters that a note may have at most. */
export const maxNoteLength = 256 * 1024

/** One signature line, not yet checked. */
export interface NoteSignature {
  readonly name: string
  /** 8 hexadecimal digits. */
  readonly keyId: string
  readonly signature: Uint8Array
}

/** A note taken apart; nothing of it is to be believed before a signature is checked. */
export interface Note {
  /** With its last line end. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

function parseSignature(line: string): NoteSignature | undefined {
  const [dash, name, encoded, ...rest] = line.split(' ')
  if (dash !== '—' || name === undefined || encoded === undefined || rest.length > 0) return undefined
  const bytes = fromBase64(encoded)
  if (!isKeyName(name) || !bytes || bytes.length < 5) return undefined
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

/** Takes a note apart, or gives `undefined` where it is none. */
export function parseNote(note: string): Note | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (note.length > maxNoteLength || /[\u0000-\u0009\u000b-\u001f]/.test(note) || !note.isWellFormed()) return undefined
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) return undefined
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > maxSignatures) return undefined
  const signatures = lines.map(parseSignature)
  if (!signatures.every((signature) => signature !== undefined)) return undefined
  return { text: note.slice(0, split + 1), signatures }
}

/** Writes a note from its parts. Throws RangeError where it could not be read back. */
export function formatNote({ text, signatures }: Note): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    return `— ${name} ${toBase64(concat(fromHex(keyId) ?? new Uint8Array(), signature))}\n`
  })
  const note = `${text}\n${lines.join('')}`
  if (!text.endsWith('\n') || parseNote(note)?.text !== text) throw new RangeError('not a note')
  return note
}

/** The text with one signature of each signer, in that order. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const signatures = signers.map(({ key, sign }) => ({ name: key.name, keyId: key.id, signature: sign(text) }))
  return formatNote({ text, signatures })
}

/** The note with signatures of others after its own. */
export function addSignatures(note: Note, signatures: readonly NoteSignature[]): Note {
  return { text: note.text, signatures: [...note.signatures, ...signatures] }
}

/** What checking a note's signatures against known keys showed. */
export interface NoteReport {
  /** Keys whose signatures verify, each once. */
  readonly signed: readonly NoteKey[]
  /** Known keys in whose name stands a signature that is not theirs: the note is not to be believed. */
  readonly forged: readonly NoteKey[]
  /** Known keys whose algorithm is not at hand here. */
  readonly unchecked: readonly NoteKey[]
  /** Names of signatures by keys that are not known: passed over, as C2SP asks. */
  readonly unknown: readonly string[]
}

/** Checks every signature whose name and key id are those of a known key. */
export function verifyNote(note: Note, keys: readonly NoteKey[], verifiers: Verifiers = portableVerifiers): NoteReport {
  const signed = new Set<NoteKey>()
  const forged = new Set<NoteKey>()
  const unchecked = new Set<NoteKey>()
  const unknown: string[] = []
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.id === keyId)
    if (!key) {
      unknown.push(name)
      continue
    }
    const whole = signature.length === signatureLength(key.type)
    const sound = whole && verifySignature(key, note.text, signature, verifiers)
    if (sound === undefined) unchecked.add(key)
    else if (sound) signed.add(key)
    else forged.add(key)
  }
  return { signed: [...signed], forged: [...forged], unchecked: [...unchecked], unknown }
}
