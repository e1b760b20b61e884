import { describe, expect, test } from 'vitest'
import { headOf, writeBundle } from './bundle.ts'
import { concat, toHex, utf8 } from './bytes.ts'
import { canonicalText, type Json } from './canonical-json.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { nodeVerifiers } from './cli/verifiers.ts'
import { type Entry, noPrevious, type SealedEntry, sealEntry } from './entry.ts'
import type { EntryType } from './entry-types.ts'
import { payloadCommitment, sha256Name } from './hash.ts'
import { formatVkey } from './keys.ts'
import { appendLeaf, emptyFrontier, frontierRoot } from './merkle.ts'
import { signNote } from './note.ts'
import { ed25519Signer } from './signatures.ts'
import { type Report, verifyBundle } from './verify.ts'

interface Step {
  readonly type: EntryType
  readonly payload: Json
  readonly more?: Partial<Entry>
  /** The payload is not in the bundle. */
  readonly gone?: boolean
  /** Who signs a checkpoint after it; the first key otherwise. */
  readonly signer?: number
  /** A second one who signs it too. */
  readonly alsoBy?: number
}

const origin = 'log.example/record'
const signers = [1, 2, 3].map((number) => ed25519Signer(origin, new Uint8Array(32).fill(number)))
const at = '2026-11-26T12:00:00.000Z'
const vkeyOf = (number: number) => (signers[number] ? formatVkey(signers[number].key) : '')
const json = '{"type":"doc"}'
const html = '<p></p>'

/** A record of these entries, each with a checkpoint of its own, verified with the first key trusted. */
function verifySteps(steps: readonly Step[], trustedKeys = [vkeyOf(0)]): Promise<Report> {
  const sealed: SealedEntry[] = []
  const checkpoints: string[] = []
  let tree = emptyFrontier
  const salt = new Uint8Array(32).fill(7)
  for (const { type, payload, more, signer, alsoBy } of steps) {
    const last = sealed.at(-1)
    const commit = { payload: payloadCommitment(salt, canonicalText(payload)), public: true }
    const prev = last ? toHex(last.hash) : noPrevious
    const entry = sealEntry({ v: 1, type, plan: 'p', seq: sealed.length + 1, prev, at, actor: null, commit, ...more })
    sealed.push(entry)
    tree = appendLeaf(tree, entry.hash).tree
    const by = signers.filter((_, number) => number === (signer ?? 0) || number === alsoBy)
    checkpoints.push(signNote(formatCheckpoint({ origin, size: tree.size, root: frontierRoot(tree) }), by))
  }
  const versions = sealed.flatMap(({ entry }) =>
    entry.content ? [{ document: entry.content.document, number: entry.content.number, json, html }] : [],
  )
  const bundle = writeBundle({
    manifest: {
      plan: { id: 'p', slug: 'p', title: 'P' },
      origin,
      size: sealed.length,
      head: headOf(sealed.map(({ entry, hash }) => ({ seq: entry.seq, hash })).at(-1)),
    },
    entries: sealed.map(({ text }) => text),
    positions: sealed.keys(),
    tree: concat(...sealed.map(({ hash }) => hash)),
    checkpoints,
    keys: { log: signers.map((_, number) => vkeyOf(number)), witnesses: [] },
    payloads: steps.flatMap(({ payload, gone }, index) =>
      gone ? [] : [{ seq: index + 1, salt, payload: canonicalText(payload) }],
    ),
    versions,
    people: {},
    redactions: '',
    readme: '',
  })
  return verifyBundle(bundle, { trustedKeys, verifiers: nodeVerifiers })
}

const plan: Step = { type: 'plan', payload: {} }
const batch = (...seqs: number[]): Step => ({
  type: 'update-batch',
  payload: {
    document: 'd',
    session: null,
    via: 'room',
    updates: seqs.map((seq) => ({ seq, at, bytes: '' })),
  },
})
const version = (seq: number): Step => {
  const content = { document: 'd', number: 1, seq, sha256: sha256Name(utf8(json)), html: sha256Name(utf8(html)) }
  return { type: 'version', payload: {}, more: { content } }
}
const redaction = (...refs: number[]): Step => ({ type: 'redaction', payload: { basis: 'Ley 81' }, more: { refs } })
const faults = ({ findings }: Report) =>
  findings.filter(({ level }) => level !== 'note' && level !== 'sound').map(({ code, seq }) => ({ code, seq }))

describe('updates in the record', () => {
  test('RC25: of several authors interleave and come out gapless', async () => {
    expect(faults(await verifySteps([plan, batch(1, 3), batch(2, 4, 5), version(5)]))).toEqual([])
  })

  test('RC25: one that is missing, there twice, or not there yet is named', async () => {
    expect(faults(await verifySteps([plan, batch(1, 2), batch(4)]))).toEqual([{ code: 'update-missing', seq: 3 }])
    expect(faults(await verifySteps([plan, batch(2)]))).toEqual([{ code: 'update-missing', seq: 2 }])
    expect(faults(await verifySteps([plan, batch(1, 2), batch(2, 3)]))).toEqual([{ code: 'update-twice', seq: 3 }])
    const ahead = await verifySteps([plan, batch(1, 2), version(3)])
    expect(faults(ahead)).toEqual([{ code: 'version-ahead', seq: 3 }])
    expect(ahead.exitCode).toBe(2)
  })

  test('RC25: what was taken out may leave a gap', async () => {
    const steps = [plan, batch(1), { ...batch(2, 3), gone: true }, batch(4), version(4)]
    expect(faults(await verifySteps(steps))).toEqual([{ code: 'payload-missing', seq: 3 }])
    const told = await verifySteps([...steps, redaction(3)])
    expect(faults(told)).toEqual([])
    expect(told.exitCode).toBe(0)
    expect(told.findings.find(({ code }) => code === 'redacted')).toEqual({
      level: 'note',
      code: 'redacted',
      seq: 3,
      es: `Contenido retirado el ${at} por sistema: Ley 81`,
      en: `Content taken out on ${at} by sistema: Ley 81`,
    })
  })

  test('RC24: what tells of a redaction cannot be taken out', async () => {
    const steps = [plan, batch(1), redaction(2), { ...redaction(2), gone: true }]
    expect(faults(await verifySteps(steps))).toEqual([{ code: 'payload-missing', seq: 4 }])
    expect(faults(await verifySteps([...steps, redaction(4)]))).toEqual([{ code: 'payload-missing', seq: 4 }])
    const wordless: Step = { type: 'erasure', payload: {}, more: { refs: [1] } }
    expect(faults(await verifySteps([plan, wordless]))).toEqual([{ code: 'payload-malformed', seq: 2 }])
  })
})

describe('the key of the log', () => {
  const rotation = (from: number, to: number): Step => ({
    type: 'key-rotation',
    payload: { from: vkeyOf(from), to: vkeyOf(to) },
  })

  test('RC27: changes where the old key signed that it does, as often as it may', async () => {
    const steps: Step[] = [
      plan,
      rotation(0, 1),
      { ...batch(1), signer: 1 },
      { ...rotation(1, 2), signer: 1 },
      { ...batch(2), signer: 2 },
    ]
    expect(await verifySteps(steps)).toMatchObject({ exitCode: 0 })
    expect(faults(await verifySteps(steps, [vkeyOf(1)]))).toEqual([{ code: 'checkpoint-unknown-key', seq: undefined }])
  })

  test('RC27: does not change by a key saying so of itself', async () => {
    expect(await verifySteps([plan, { ...batch(1), signer: 1 }])).toMatchObject({ exitCode: 3 })
    expect(await verifySteps([plan, { ...rotation(0, 1), signer: 1 }, { ...batch(1), signer: 1 }])).toMatchObject({
      exitCode: 3,
    })
    const byAnother = [plan, { ...rotation(2, 1), alsoBy: 2 }, { ...batch(1), signer: 1 }]
    expect(await verifySteps(byAnother)).toMatchObject({ exitCode: 3 })
  })
})
