import { fromUtf8, utf8 } from '@cabildo/record/bytes'
import { type Checkpoint, parseCheckpoint } from '@cabildo/record/checkpoint'
import { keyTypes, type NoteKey, parseVkey } from '@cabildo/record/keys'
import { addSignatures, formatNote, maxSignatures, type Note, parseNote, verifyNote } from '@cabildo/record/note'
import { cosignatureTime, type Verifiers } from '@cabildo/record/signatures'

/** Somebody outside who is known to sign our heads too. */
export interface KnownWitness {
  key: NoteKey
  vkey: string
  /** Where it answers `add-checkpoint`; undefined for one that comes by itself. No slash at its end. */
  url: string | undefined
}

/** Witnesses that may be named: their lines must fit into a note beside those of our own keys. */
const mostWitnesses = 16

/**
 * Reads `RECORD_WITNESSES`: verifier keys of witnesses, each alone or as `key=address`, separated by blanks. Undefined
 * where one of them cannot be, or is there twice.
 */
export function parseWitnesses(text: string): KnownWitness[] | undefined {
  const parts = text.split(/\s+/).filter(Boolean)
  const witnesses = parts.flatMap((part) => parseWitness(part) ?? [])
  const names = new Set(witnesses.map(({ key }) => key.name))
  const all = witnesses.length === parts.length && names.size === parts.length && parts.length <= mostWitnesses
  return all ? witnesses : undefined
}

function parseWitness(text: string): KnownWitness | undefined {
  const [, vkey = '', address] = /^(.+?)(?:=(https?:\/\/.*))?$/.exec(text) ?? []
  const key = parseVkey(vkey)
  if (!key || key.type === keyTypes.ed25519) return undefined
  if (address === undefined) return { key, vkey, url: undefined }
  const url = URL.parse(address)
  if (url?.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return undefined
  return { key, vkey, url: url.href.replace(/\/+$/, '') }
}

/** What a witness is kept under: no two keys share it. */
export function witnessId({ name, id }: NoteKey): string {
  return `${name}+${id}`
}

/** A cosignature that was checked. */
export interface Cosigned {
  witness: KnownWitness
  /** The signature line, with its line end. */
  line: string
  /** When it was made, as the witness says. */
  at: Date
}

/** Milliseconds by which a witness's clock may be ahead of ours. */
const mostAhead = 10 * 60 * 1000

/**
 * The cosignatures of known witnesses among signature lines for one of our heads. Those of others are passed over, as
 * C2SP asks; `undefined` where the lines do not read, or one of a known witness is not its own or not of this time.
 */
export function checkCosignatures(
  head: string,
  lines: string,
  { witnesses, verifiers, now }: { witnesses: readonly KnownWitness[]; verifiers: Verifiers; now: Date },
): Cosigned[] | undefined {
  const own = parseNote(head)
  const note = own && parseNote(`${own.text}\n${lines}`)
  if (!note || note.text !== own?.text) return undefined
  const keys = witnesses.map(({ key }) => key)
  const { signed, forged, unchecked } = verifyNote(note, keys, verifiers)
  if (forged.length > 0 || unchecked.length > 0) return undefined
  const cosigned = signed.flatMap((key) => {
    const witness = witnesses.find((known) => known.key === key)
    const signature = note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.id)
    if (!witness || !signature) return []
    const line = formatNote({ text: note.text, signatures: [signature] }).slice(note.text.length + 1)
    return [{ witness, line, at: new Date(cosignatureTime(signature.signature) * 1000) }]
  })
  const sound = cosigned.every(({ at }) => at.getTime() <= now.getTime() + mostAhead)
  return sound ? cosigned : undefined
}

/** A head with the lines of those who signed it too, as many as a note may carry. */
export function withLines(head: string, lines: readonly string[]): string {
  const note = parseNote(head)
  const room = maxSignatures - (note?.signatures.length ?? 0)
  return head + lines.slice(0, room).join('')
}

/** A head that one of our keys signed, with our signatures alone. */
export interface OwnHead {
  checkpoint: Checkpoint
  note: string
}

/** The head that a note is, when our first key signed it and no signature in our name is another's; else undefined. */
export function readOwnHead(text: string, keys: readonly NoteKey[], verifiers: Verifiers): OwnHead | undefined {
  const note = parseNote(text)
  const checkpoint = note && parseCheckpoint(note.text)
  const [first] = keys
  if (!note || !checkpoint || !first || checkpoint.origin !== first.name) return undefined
  const { signed, forged } = verifyNote(note, keys, verifiers)
  if (!signed.includes(first) || forged.length > 0) return undefined
  const bare: Note = { text: note.text, signatures: [] }
  const ours = note.signatures.filter(({ name, keyId }) => signed.some((key) => key.name === name && key.id === keyId))
  return { checkpoint, note: formatNote(addSignatures(bare, ours.slice(0, keys.length))) }
}

/** The size that a witness says it has seen, in the body it refuses with. */
export function readKnownSize(bytes: Uint8Array): number | undefined {
  const text = fromUtf8(bytes)
  const size = text === undefined ? undefined : /^(0|[1-9][0-9]{0,15})\n$/.exec(text)?.[1]
  return size === undefined || utf8(size).length > 15 ? undefined : Number(size)
}
