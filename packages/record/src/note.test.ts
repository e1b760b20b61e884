import { createPublicKey, generateKeyPairSync, sign as nodeSign, verify as nodeVerify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, toHex, utf8 } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { nodeSigner } from './cli/signing.ts'
import { nodeVerifiers } from './cli/verifiers.ts'
import { sha256 } from './hash.ts'
import { formatVkey, keyTypes, makeKey, parseVkey, shortVkey } from './keys.ts'
import { addSignatures, formatNote, parseNote, signNote, verifyNote } from './note.ts'
import {
  cosignatureTime,
  cosigner,
  ed25519Cosigner,
  ed25519Signer,
  portableVerifiers,
  signedMessage,
} from './signatures.ts'

/** The example of c2sp.org/signed-note. */
const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const example = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`

/** The example of c2sp.org/tlog-cosignature. */
const cosigned = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

const seed = (text: string) => sha256(new TextEncoder().encode(text))
const log = ed25519Signer('log.example/record', seed('log'))
const witness = ed25519Cosigner('witness.example/w1', seed('witness'), () => 1_679_315_147)
const checkpoint = formatCheckpoint({ origin: 'log.example/record', size: 7, root: seed('root') })

const keyOf = (text: string) => {
  const key = parseVkey(text)
  if (!key) throw new Error('not a vkey')
  return key
}

describe('signed notes (c2sp.org/signed-note)', () => {
  test('RC5: the key of the example verifies its note', () => {
    const key = keyOf(vkey)
    const note = parseNote(example)
    expect(formatVkey(key)).toBe(vkey)
    expect(shortVkey(key)).toBe(vkey)
    const long = makeKey('town/record', keyTypes.mldsa44, new Uint8Array(1312).fill(7))
    expect(shortVkey(long)).toBe(`town/record+${long.id}+sha256:${toHex(sha256(utf8(formatVkey(long))))}`)
    expect(note && verifyNote(note, [key])).toEqual({ signed: [key], forged: [], unchecked: [], unknown: [] })
    expect(note && formatNote(note)).toBe(example)
  })

  test('RC5: a changed text, or a signature that is not its key’s, is forged', () => {
    const note = parseNote(example.replace('example message', 'other message'))
    expect(note && verifyNote(note, [keyOf(vkey)]).forged).toEqual([keyOf(vkey)])
  })

  test('RC5: signatures of unknown keys are passed over', () => {
    const note = parseNote(cosigned)
    expect(note && verifyNote(note, [log.key])).toEqual({
      signed: [],
      forged: [],
      unchecked: [],
      unknown: ['example.com/behind-the-sofa', 'witness.example.com/w1'],
    })
  })

  test.each([
    ['no signature', 'text\n\n'],
    ['no empty line', 'text\n— a AAAAAAA=\n'],
    ['no line end', example.slice(0, -1)],
    ['a carriage return', example.replace('.\n', '.\r\n')],
    ['another dash', example.replace('—', '-')],
    ['a plus in a name', example.replace('/foo', '+foo')],
    ['base64 with white space', example.replace('yaQM=', 'yaQM= ')],
    ['half a surrogate pair', `\ud800\n\n${example.split('\n\n')[1]}`],
  ])('RC5: a note with %s is none', (_, text) => {
    expect(parseNote(text)).toBeUndefined()
  })

  test.each([
    '',
    'a+b',
    `${vkey}A`,
    vkey.replace('530d', '530e'),
    vkey.replace('+Ae', '+Be'),
    vkey.replace('foo', 'f o'),
  ])('RC5: %j is no key', (text) => {
    expect(parseVkey(text)).toBeUndefined()
  })

  test('RC5: whatever is signed verifies, and any change of one character does not', () => {
    const key = keyOf(formatVkey(log.key))
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((line) => `${line.replaceAll(/\p{Cc}/gu, '.')}\n`)
    fc.assert(
      fc.property(text, fc.nat(), (signed, at) => {
        const whole = signNote(signed, [log])
        const note = parseNote(whole)
        expect(note && verifyNote(note, [key]).signed).toEqual([key])
        const place = at % whole.length
        const other = whole[place] === 'A' ? 'B' : 'A'
        const changed = parseNote(whole.slice(0, place) + other + whole.slice(place + 1))
        expect(changed ? verifyNote(changed, [key]).signed : []).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})

describe('checkpoints (c2sp.org/tlog-checkpoint) and cosignatures (c2sp.org/tlog-cosignature)', () => {
  test('RC6: the example is read', () => {
    const note = parseNote(cosigned)
    expect(note && parseCheckpoint(note.text)).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      root: fromBase64('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='),
    })
    expect(note?.signatures.map(({ signature }) => signature.length)).toEqual([64, 72])
    expect(cosignatureTime(note?.signatures[1]?.signature ?? new Uint8Array(8))).toBe(1_679_315_147)
  })

  test.each(['a\n01\n', 'a\n-1\n', 'a\n9007199254740992\n', '\n1\n', 'a\n1\nAAAA\n', 'a\n1'])(
    'RC6: %j is no checkpoint',
    (head) => {
      const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
      expect(parseCheckpoint(`a\n1\n${root}`)).toBeDefined()
      expect(parseCheckpoint(head + root)).toBeUndefined()
      expect(parseCheckpoint(`a\n1\n${root}extension\n`)).toBeUndefined()
    },
  )

  test('RC6: log and witness sign one note, each what it vouches for', () => {
    const note = parseNote(signNote(checkpoint, [log, witness]))
    expect(note && verifyNote(note, [log.key, witness.key]).signed).toEqual([log.key, witness.key])
    const message = signedMessage(witness.key, checkpoint, 1_679_315_147)
    expect(new TextDecoder().decode(message)).toBe(`cosignature/v1\ntime 1679315147\n${checkpoint}`)
  })

  test('RC6: a witness whose time was changed is forged', () => {
    const note = parseNote(signNote(checkpoint, [log, witness]))
    const cosignature = note?.signatures[1]
    const signature = Uint8Array.from(cosignature?.signature ?? [])
    signature[7] = (signature[7] ?? 0) ^ 1
    const changed = note && { text: note.text, signatures: note.signatures.slice(0, 1) }
    const report =
      changed && cosignature && verifyNote(addSignatures(changed, [{ ...cosignature, signature }]), [witness.key])
    expect(report?.forged).toEqual([witness.key])
  })

  test('RC6: signatures of Node and ours are the same, and so are their verdicts', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const raw =
      fromBase64(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')) ?? new Uint8Array()
    const key = makeKey('node.example/log', keyTypes.ed25519, raw)
    const signer = { key, sign: (text: string) => new Uint8Array(nodeSign(null, Buffer.from(text), privateKey)) }
    const note = parseNote(signNote(checkpoint, [signer]))
    expect(note && verifyNote(note, [key]).signed).toEqual([key])
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), log.key.publicKey])
    const ours = createPublicKey({ key: der, format: 'der', type: 'spki' })
    expect(nodeVerify(null, Buffer.from(checkpoint), ours, log.sign(checkpoint))).toBe(true)
  })

  test('RC6: OpenSSL signs with the same bytes as what runs everywhere', () => {
    const [secret, now] = [seed('log'), () => 1_679_315_147]
    const raw = nodeSigner(secret)
    const [quickLog, quickWitness] = [
      ed25519Signer('log.example/record', secret, raw),
      ed25519Cosigner('log.example/w1', secret, now, raw),
    ]
    const slowWitness = ed25519Cosigner('log.example/w1', secret, now)
    expect([quickLog.key, quickWitness.key]).toEqual([log.key, slowWitness.key])
    expect(signNote(checkpoint, [quickLog, quickWitness])).toBe(signNote(checkpoint, [log, slowWitness]))
  })

  test('RC6: a second signature of ML-DSA-44 stands beside the first where the runtime has it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ml-dsa-44')
    const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-1312))
    const key = makeKey('log.example/record', keyTypes.mldsa44, raw)
    const post = cosigner(
      key,
      (message) => new Uint8Array(nodeSign(null, message, privateKey)),
      () => 1_679_315_147,
    )
    const note = parseNote(signNote(checkpoint, [log, post]))
    const message = signedMessage(key, checkpoint, 1)
    expect(message && toHex(message.subarray(0, 13))).toBe('737562747265652f76310a0012')
    const verifiers = { ...portableVerifiers, ...nodeVerifiers }
    expect(note && verifyNote(note, [log.key, key])).toMatchObject({ signed: [log.key], unchecked: [key] })
    expect(note && verifyNote(note, [log.key, key], verifiers)).toMatchObject({ signed: [log.key, key], unchecked: [] })
    const other = parseNote(signNote(checkpoint.replace('\n7\n', '\n8\n'), [log]))
    const moved = other && note && addSignatures(other, note.signatures.slice(1))
    expect(moved && verifyNote(moved, [log.key, key], verifiers).forged).toEqual([key])
  })
})
