import { expect, test } from 'vitest'
import { formatCheckpoint } from './checkpoint.ts'
import { nodeVerifiers } from './cli/verifiers.ts'
import { emptyRoot } from './merkle.ts'
import { parseNote, signNote, verifyNote } from './note.ts'
import { ed25519Cosigner, ed25519Signer, portableVerifiers, type Verifiers } from './signatures.ts'
import { createAhead, webVerifiers } from './verify-ahead.ts'

const origin = 'registro.example/cocreacion'
const log = ed25519Signer(origin, new Uint8Array(32).fill(1))
const witness = ed25519Cosigner('testigo.example/w', new Uint8Array(32).fill(2), () => 1_700_000_000)
const keys = [log.key, witness.key]
const notes = [1, 2, 3].map((size) => {
  const text = signNote(formatCheckpoint({ origin, size, root: emptyRoot() }), [log, witness])
  const note = parseNote(text)
  if (!note) throw new Error('a note reads')
  return note
})
// The second one's text stands under the signatures of the third.
const forged = { text: notes[1]?.text ?? '', signatures: notes[2]?.signatures ?? [] }

const kinds: [string, Verifiers][] = [
  ['Node', nodeVerifiers],
  ['WebCrypto', webVerifiers(globalThis.crypto.subtle, portableVerifiers)],
  [
    'a browser without',
    webVerifiers({ importKey: () => Promise.reject(new Error('no such algorithm')) }, portableVerifiers),
  ],
  ['none', portableVerifiers],
]

test.each(kinds)('[RC29] signatures that are checked ahead come out as one by one: %s', async (name, verifiers) => {
  let asked = 0
  const counting: Verifiers = {
    ...verifiers,
    ed25519: (...check) => {
      asked += 1
      return verifiers.ed25519(...check)
    },
  }
  const ahead = createAhead(counting)
  const all = [...notes, forged]
  await ahead.prepare(all, keys)
  for (const note of all) expect(verifyNote(note, keys, ahead.verifiers)).toEqual(verifyNote(note, keys))
  // Two texts stand under the same two signatures: only one of them was kept.
  expect(asked).toBe(name === 'none' ? 8 : 2)
  // What was not prepared is checked all the same.
  await ahead.prepare([], keys)
  expect(verifyNote(forged, keys, ahead.verifiers).forged).toHaveLength(2)
})
