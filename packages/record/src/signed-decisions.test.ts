import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Assertion, assertionFault, fingerprintOf, readAssertion } from './assertion.ts'
import { concat, fromHex, toBase64, toHex, utf8 } from './bytes.ts'
import type { Json } from './canonical-json.ts'
import { sha256 } from './hash.ts'
import { decisionChallenge } from './signed-decisions.ts'
import { answerOf } from './testing/passkey.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const site = 'plan.example.org'
const facts = {
  ...{ kind: 'decided', document: 'doc_0', request: 1, version: 4, sha256: `sha256:${'2c'.repeat(32)}` },
  ...{ verdict: 'approve', party: 'government', fresh: 'passkey', asked: 'ab'.repeat(32), nonce: 'bWFyem8gMjAyNg' },
} satisfies { [key: string]: Json }
const [plan, person] = ['plan_0', 'm4y0rGtXhSB2oO0v']
const challenge = decisionChallenge(plan, person, facts)

/** Signs with Node's own algorithms, so that nothing of ours says what is right. */
function passkeys(): { [alg in Assertion['alg']]: Assertion } {
  const { authenticator, client } = answerOf({ site, challenge })
  const message = concat(authenticator, sha256(client))
  const told = { site, authenticator: toBase64(authenticator), client: toBase64(client) }
  const bytes = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'base64url'))
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ed = generateKeyPairSync('ed25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { x, y } = ec.publicKey.export({ format: 'jwk' })
  const signed = (hash: string | null, key: typeof ec.privateKey) => toBase64(new Uint8Array(sign(hash, message, key)))
  return {
    ES256: {
      ...{ ...told, alg: 'ES256', key: toBase64(concat(Uint8Array.of(4), bytes(x), bytes(y))) },
      signature: signed('sha256', ec.privateKey),
    },
    EdDSA: {
      ...{ ...told, alg: 'EdDSA', key: toBase64(bytes(ed.publicKey.export({ format: 'jwk' }).x)) },
      signature: signed(null, ed.privateKey),
    },
    RS256: {
      ...{ ...told, alg: 'RS256', key: toBase64(bytes(rsa.publicKey.export({ format: 'jwk' }).n)) },
      signature: signed('sha256', rsa.privateKey),
    },
  }
}

const made = passkeys()
const all = Object.values(made)

/** What is wrong with a value as an answer to the challenge: `shape` when it is no assertion. */
function faultOf(value: unknown, asked = challenge): string | null {
  const assertion = readAssertion(value)
  return assertion ? (assertionFault(assertion, asked) ?? null) : 'shape'
}

const script = join(import.meta.dirname, '../interop/verify.py')
const hasPython = spawnSync('python3', ['-c', 'import hashlib, json, zlib']).status === 0
process.stdout.write(`signed decisions: seed ${seed}${hasPython ? '' : ', SKIPPED in Python, which is not here'}\n`)

/** What the second verifier says of assertions, in one process. */
function theirFaults(cases: readonly (readonly [value: unknown, asked: Uint8Array])[]): (string | null)[] {
  const program = `import sys, json; sys.path.insert(0, sys.argv[1]); import verify
def fault(value, asked):
    return "shape" if verify.assertion_parts(value) is None else verify.assertion_fault(value, bytes.fromhex(asked))
print(json.dumps([fault(*case) for case in json.load(sys.stdin)]))`
  const input = JSON.stringify(cases.map(([value, asked]) => [value, toHex(asked)]))
  const run = spawnSync('python3', ['-B', '-c', program, join(script, '..')], { encoding: 'utf8', input })
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout)
}

/** One bit of one part flipped, or the algorithm or site another one. */
const damaged = fc
  .tuple(
    fc.constantFrom(...all),
    fc.constantFrom('key', 'authenticator', 'client', 'signature', 'site', 'alg'),
    fc.nat(),
    fc.integer({ min: 0, max: 7 }),
  )
  .map(([assertion, part, place, bit]) => {
    if (part === 'alg') return { ...assertion, alg: assertion.alg === 'ES256' ? 'EdDSA' : 'ES256' }
    const text = assertion[part as Exclude<typeof part, 'alg'>]
    if (part === 'site') return { ...assertion, site: text.slice(0, place % text.length) || 'example.com' }
    const bytes = new Uint8Array(Buffer.from(text, 'base64'))
    const at = place % bytes.length
    return { ...assertion, [part]: toBase64(bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit))) }
  })

/** The statement with one fact more, less or another. */
const otherFacts = fc
  .tuple(fc.constantFrom(...Object.keys(facts), 'reason', 'plan', 'person'), fc.constantFrom(null, 2, 'return', 'x'))
  .map(([name, value]) => {
    if (name === 'plan') return decisionChallenge(`${plan}${value}`, person, facts)
    if (name === 'person') return decisionChallenge(plan, `${person}${value}`, facts)
    return decisionChallenge(plan, person, { ...facts, [name]: value })
  })

describe(`[SG3] what a passkey signed, seed ${seed}`, () => {
  test('is believed of all three algorithms', () => {
    expect(all.map((one) => faultOf(one))).toEqual([null, null, null])
    expect(new Set(all.map(fingerprintOf)).size).toBe(3)
    if (hasPython) expect(theirFaults(all.map((one) => [one, challenge]))).toEqual([null, null, null])
  })

  test('[SG5] is not believed with any bit flipped, nor of any other statement, by either verifier', () => {
    const flipped = fc.sample(damaged, { seed, numRuns: 240 }).map((value) => [value, challenge] as const)
    const others = fc.sample(otherFacts, { seed, numRuns: 30 }).map((asked, at) => [all[at % 3], asked] as const)
    const cases = [...flipped, ...others]
    const faults = cases.map(([value, asked]) => faultOf(value, asked))
    expect(cases.filter((_, at) => faults[at] === null)).toEqual([])
    if (hasPython) expect(theirFaults(cases)).toEqual(faults)
  })

  test('is not believed when it was made elsewhere, by nobody known, or inside another page', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const key = toBase64(new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')))
    const right = answerOf({ site, challenge })
    const text = new TextDecoder().decode(right.client)
    const signed = (change: { authenticator?: Uint8Array; client?: string }, of = site) => {
      const { authenticator, client } = { ...right, ...change }
      const bytes = typeof client === 'string' ? utf8(client) : client
      const signature = toBase64(new Uint8Array(sign(null, concat(authenticator, sha256(bytes)), privateKey)))
      return {
        ...{ alg: 'EdDSA', key, site: of, signature },
        ...{ authenticator: toBase64(authenticator), client: toBase64(bytes) },
      }
    }
    const cases: [string | null, unknown][] = [
      [null, signed({})],
      [null, signed({ client: text.replace(`//${site}`, `//chepo.${site}`) })],
      [null, signed({ client: text.replace(',"crossOrigin":false', '') })],
      ['client', signed({ client: text.replace('false', 'true') })],
      ['client', signed({ client: text.replace('webauthn.get', 'webauthn.create') })],
      ['client', signed({ client: ` ${text}` })],
      ['origin', signed({ client: text.replace(`//${site}`, `//evil${site}`) })],
      ['origin', signed({ client: text.replace(`//${site}`, '//evil.example') })],
      ['site', signed({ authenticator: right.authenticator.with(3, 0) })],
      ['presence', signed({ authenticator: right.authenticator.with(32, 0x01) })],
      ['presence', signed({ authenticator: right.authenticator.with(32, 0x04) })],
      ['shape', { ...signed({}), more: 1 }],
      ['shape', { ...signed({}), site: 'Plan.example.org' }],
      ['shape', { ...signed({}), alg: 'none' }],
      ['shape', { ...signed({}), signature: `${signed({}).signature}=` }],
      ['shape', null],
    ]
    expect(cases.map(([, value]) => faultOf(value))).toEqual(cases.map(([fault]) => fault))
    if (hasPython) expect(theirFaults(cases.map(([, value]) => [value, challenge]))).toEqual(cases.map(([f]) => f))
  })
})

describe.skipIf(!hasPython)('the second verifier’s P-256', () => {
  test('agrees with RFC 6979, A.2.5, and takes one spelling of a signature', () => {
    const x = '60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6'
    const y = '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299'
    const sample = [
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    ]
    const tested = [
      'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367',
      '019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
    ]
    const number = (hex: string) => {
      const digits = fromHex(hex) ?? new Uint8Array()
      const padded = (digits[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), digits) : digits
      return concat(Uint8Array.of(2, padded.length), padded)
    }
    const der = ([r = '', s = '']: string[], more = new Uint8Array()) => {
      const body = concat(number(r), number(s), more)
      return toHex(concat(Uint8Array.of(0x30, body.length), body))
    }
    const key = `04${x}${y}`
    const cases = [
      [der(sample), 'sample', key, true],
      [der(tested), 'test', key, true],
      [der(sample), 'test', key, false],
      [der(sample, Uint8Array.of(0)), 'sample', key, false],
      [der([sample[0] ?? '', `00${sample[1]}`]), 'sample', key, true],
      [der([sample[0] ?? '', `0000${sample[1]}`]), 'sample', key, false],
      [der([sample[0] ?? '', '00']), 'sample', key, false],
      [der(sample), 'sample', `04${y}${x}`, false],
      [der(sample), 'sample', `02${x}`, false],
      ['', 'sample', key, false],
    ] as const
    const program = `import sys, json; sys.path.insert(0, sys.argv[1]); import verify
print(json.dumps([verify.es256(bytes.fromhex(s), m.encode(), bytes.fromhex(k)) for s, m, k, _ in json.load(sys.stdin)]))`
    const input = JSON.stringify(cases)
    const run = spawnSync('python3', ['-B', '-c', program, join(script, '..')], { encoding: 'utf8', input })
    expect([run.stderr, JSON.parse(run.stdout)]).toEqual(['', cases.map(([, , , sound]) => sound)])
  })
})
