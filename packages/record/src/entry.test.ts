import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from './bytes.ts'
import { canonicalText } from './canonical-json.ts'
import { chainFault, type Entry, EntryError, entryFault, noPrevious, parseEntry, sealEntry } from './entry.ts'
import { type EntryType, entryTypes } from './entry-types.ts'
import { opaqueId, payloadCommitment, personId } from './hash.ts'
import { readKeyRotation, readRedaction, readUpdateBatch } from './payloads.ts'

const hash = `sha256:${'ab'.repeat(32)}`
const base = {
  v: 1,
  plan: 'plan_1',
  seq: 5,
  prev: 'cd'.repeat(32),
  at: '2026-11-26T12:00:00.000Z',
  actor: { pid: 'abcdefghijklmnop', side: 'government', role: 'drafter' },
} as const
const commit = { payload: hash, public: true }
const content = { document: 'doc_1', number: 1, seq: 12, sha256: hash, html: hash }
const entryOf = (type: EntryType): Entry => {
  const rule = entryTypes[type]
  return {
    ...base,
    type,
    commit,
    ...(rule.content === 'needed' ? { content } : {}),
    ...(rule.refs === 'needed' ? { refs: [1, 3] } : {}),
  }
}
const types = Object.keys(entryTypes).filter((type) => type in entryTypes) as EntryType[]

describe('entries', () => {
  test.each(types)('RC2: a %s is sealed and read back', (type) => {
    const entry = entryOf(type)
    const sealed = sealEntry(entry)
    expect(sealed.text).toBe(canonicalText(entry))
    expect(toHex(sealed.hash)).toBe(createHash('sha256').update('\0').update(sealed.text).digest('hex'))
    expect(parseEntry(sealed.text)).toEqual(sealed)
  })

  test.each<[string, string, object]>([
    ['another version', 'shape', { v: 2 }],
    ['a field too many', 'shape', { more: 1 }],
    ['an unknown type', 'type', { type: 'toString' }],
    ['a plan that is no id', 'plan', { plan: 'a/b' }],
    ['no seq', 'seq', { seq: 0 }],
    ['a fraction of a seq', 'seq', { seq: 1.5 }],
    ['a beginning with a previous one', 'prev', { seq: 1 }],
    ['a later one without a previous one', 'prev', { prev: noPrevious }],
    ['upper case', 'prev', { prev: 'CD'.repeat(32) }],
    ['a day that does not exist', 'at', { at: '2026-02-30T12:00:00.000Z' }],
    ['a time without milliseconds', 'at', { at: '2026-02-03T12:00:00Z' }],
    ['a time in a zone', 'at', { at: '2026-02-03T12:00:00.000+05:00' }],
    ['a name for an actor', 'actor', { actor: { ...base.actor, name: 'Ana' } }],
    ['a long pid', 'actor', { actor: { ...base.actor, pid: 'abcdefghijklmnopq' } }],
    ['nobody at all', 'shape', { actor: undefined, v: 1, extra: undefined }],
    ['a payload that is no hash', 'commit', { commit: { payload: 'ab', public: true } }],
    ['content where none belongs', 'content', { content }],
    ['a ref to itself', 'refs', { refs: [5] }],
    ['refs out of order', 'refs', { refs: [3, 1] }],
    ['no refs', 'refs', { refs: [] }],
  ])('RC2: refuses %s', (_, code, change) => {
    const value = { ...entryOf('plan'), ...change }
    expect(entryFault(value)).toBe(code)
    expect(() => sealEntry(value as Entry)).toThrow(EntryError)
  })

  test.each<[EntryType, string, (keyof Entry)[]]>([
    ['version', 'content', ['content']],
    ['redaction', 'refs', ['refs']],
    ['erasure', 'refs', ['refs']],
    ['membership', 'commit', ['commit']],
    ['update-batch', 'commit', ['commit']],
  ])('RC2: a %s needs its %s', (type, code, keys) => {
    const entry = Object.fromEntries(
      Object.entries(entryOf(type)).filter(([key]) => !keys.includes(key as keyof Entry)),
    )
    expect(entryFault(entry)).toBe(code)
  })

  test('RC2: the reason of a redaction, a new key, states and approvals cannot be kept from the public', () => {
    for (const type of ['redaction', 'erasure', 'key-rotation', 'state', 'approval'] as const) {
      expect(entryFault({ ...entryOf(type), commit: { ...commit, public: false } })).toBe('commit')
    }
    expect(entryFault({ ...entryOf('comment'), actor: null })).toBe('actor')
    // What the public puts in is of nobody who takes part.
    expect(entryFault({ ...entryOf('contribution'), actor: null })).toBeUndefined()
    expect(entryFault({ ...entryOf('update-batch'), actor: null })).toBeUndefined()
  })

  test('RC2: an entry fits into a bundle of entries', () => {
    const refs = Array.from({ length: 4096 }, (_, at) => 1e14 + at)
    expect(() => sealEntry({ ...entryOf('redaction'), seq: 1e15, refs })).toThrow('length')
  })

  test('RC4: entries of a plan follow one another', () => {
    const first = sealEntry({ ...entryOf('plan'), seq: 1, prev: noPrevious })
    const head = { seq: 1, hash: first.hash, at: first.entry.at }
    const next: Entry = { ...entryOf('group'), seq: 2, prev: toHex(first.hash) }
    expect(chainFault(first.entry, undefined)).toBeUndefined()
    expect(chainFault(next, head)).toBeUndefined()
    expect(chainFault({ ...next, seq: 3 }, head)).toBe('seq-gap')
    expect(chainFault({ ...next, prev: noPrevious }, head)).toBe('prev-differs')
    expect(chainFault({ ...next, at: '2026-11-26T11:59:59.999Z' }, head)).toBe('back-in-time')
    expect(chainFault(next, undefined)).toBe('seq-gap')
  })

  test('RC9: people and payloads are hidden behind secrets of their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ unit: 'grapheme' }), (secret, text) => {
        const hmac = createHmac('sha256', secret).update(text).digest('base64url').slice(0, 16)
        expect(personId(secret, text)).toBe(hmac)
        expect(opaqueId(secret, text)).toBe(hmac)
        const digest = createHash('sha256').update(Uint8Array.of(2)).update(secret).update(text).digest('hex')
        expect(payloadCommitment(secret, text)).toBe(`sha256:${digest}`)
      }),
    )
    expect(() => payloadCommitment(new Uint8Array(31), '')).toThrow(RangeError)
  })
})

describe('payloads', () => {
  const update = { seq: 3, at: base.at, bytes: 'AAEC' }
  const batch = { document: 'doc_1', session: null, via: 'room', updates: [update, { ...update, seq: 7 }] }

  test('RC10: a batch is read, with and without a session and a workshop', () => {
    expect(readUpdateBatch(batch)).toEqual(batch)
    expect(readUpdateBatch({ ...batch, session: 'abcdefghijklmnop', workshop: 'w_1' })).toBeDefined()
  })

  test('RC10: a batch says on whose behalf it was typed, if on anybody’s', () => {
    const pid = 'abcdefghijklmnop'
    for (const behalf of [null, { pid, side: null }, { pid, side: 'community' }])
      expect(readUpdateBatch({ ...batch, behalf })).toBeDefined()
    for (const behalf of [
      pid,
      {},
      { pid },
      { pid: 'Rosa', side: null },
      { pid, side: 'La Junta' },
      { pid, side: null, x: 1 },
    ])
      expect(readUpdateBatch({ ...batch, behalf })).toBeUndefined()
  })

  test.each<[string, object]>([
    ['no updates', { updates: [] }],
    ['65 updates', { updates: Array.from({ length: 65 }, (_, at) => ({ ...update, seq: at + 1 })) }],
    ['updates out of order', { updates: [update, update] }],
    ['bytes that are no base64', { updates: [{ ...update, bytes: 'AA' }] }],
    ['a field too many', { author: 'Ana' }],
    ['a session by its own id', { session: 'x' }],
  ])('RC10: refuses a batch with %s', (_, change) => {
    expect(readUpdateBatch({ ...batch, ...change })).toBeUndefined()
  })

  test('RC10: a redaction states its reason, a change of key both keys', () => {
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
    expect(readRedaction({ basis: 'Ley 81', more: 1 }, { type: 'redaction', refs: [] })).toEqual({ basis: 'Ley 81' })
    expect(readRedaction({ basis: '' }, { type: 'redaction', refs: [] })).toBeUndefined()
    expect(readKeyRotation({ from: vkey, to: vkey })).toBeDefined()
    expect(readKeyRotation({ from: vkey, to: 'x' })).toBeUndefined()
  })

  test('[RC173] a redaction states what stands in the place of what it names, and of nothing else', () => {
    const hash = `sha256:${'a'.repeat(64)}`
    const basis = 'Ley 81'
    const read = (replaced: unknown, more = {}) =>
      readRedaction({ basis, replaced, ...more }, { type: 'redaction', refs: [3, 5] })
    const sound = [
      { seq: 3, payload: hash },
      { seq: 5, sha256: hash, html: hash },
    ]
    expect(read(sound)).toEqual({ basis, replaced: sound })
    expect(read([{ seq: 3, payload: hash, sha256: hash, html: hash }])).toBeDefined()
    for (const refused of [
      {},
      [{ seq: 4, payload: hash }],
      [{ seq: 3 }],
      [{ seq: 3, payload: 'x' }],
      [{ seq: 3, sha256: hash }],
      [{ seq: 3, payload: hash, text: 'x' }],
      sound.toReversed(),
    ]) {
      expect(read(refused)).toBeUndefined()
    }
    expect(read(sound, { approver: 'b'.repeat(16) })).toMatchObject({ approver: 'b'.repeat(16) })
    expect(read(sound, { approver: 'Ana' })).toBeUndefined()
  })
})
