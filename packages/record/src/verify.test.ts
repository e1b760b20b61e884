import { describe, expect, test } from 'vitest'
import { readArchive } from './archive.ts'
import { readText } from './archive-files.ts'
import { writeBundle } from './bundle.ts'
import { toBase64, utf8 } from './bytes.ts'
import { nodeVerifiers } from './cli/verifiers.ts'
import type { ContentReference } from './entry.ts'
import { type Finding, finding } from './findings.ts'
import { formatVkey } from './keys.ts'
import type { UpdateBatch } from './payloads.ts'
import { ed25519Signer } from './signatures.ts'
import { makeLog, randomFrom, repack } from './testing/random-log.ts'
import { type VerifyOptions, verifyBundle as verify } from './verify.ts'

const verifyBundle = (bytes: Uint8Array, options: VerifyOptions = {}) =>
  verify(bytes, { verifiers: nodeVerifiers, ...options })

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
process.stdout.write(`record bundle: seed ${seed}\n`)

const made = makeLog(seed, 120)
const bundle = writeBundle(made.content)
const archive = readArchive(bundle)
const lines = (name: string) => {
  const file = archive.files.get(name)
  return file ? readText(file).split('\n').slice(0, -1) : []
}
const withLines = (name: string, changed: string[]) =>
  repack(archive, new Map([[name, utf8(changed.map((line) => `${line}\n`).join(''))]]))
const damages = (findings: readonly Finding[]) =>
  findings
    .filter(({ level }) => level !== 'note' && level !== 'sound')
    .map(({ level, code, seq }) => ({ level, code, seq }))
const middle = Math.floor(made.sealed.length / 2)

describe(`a bundle, seed ${seed}`, () => {
  test('RC20: an untouched one is sound, with given keys and with its own', async () => {
    const given = await verifyBundle(bundle, { trustedKeys: made.trusted })
    expect(damages(given.findings)).toEqual([])
    expect(given.exitCode).toBe(0)
    expect(given.counts).toEqual({
      entries: made.sealed.length,
      payloads: made.content.payloads.length,
      versions: made.sealed.filter(({ entry }) => entry.type === 'version').length,
      checkpoints: made.content.checkpoints.length,
    })
    const own = await verify(bundle)
    expect(own.exitCode).toBe(0)
    expect(own.findings.map(({ code }) => code)).toContain('keys-from-bundle')
    expect(own.findings.map(({ code }) => code)).toContain('of-one-piece')
    expect(own.findings.map(({ code }) => code)).not.toContain('sound')
  })

  test('RC15: any single byte that is changed anywhere is noticed', async () => {
    const random = randomFrom(seed)
    for (let run = 0; run < 60; run += 1) {
      const at = run < 20 ? bundle.length - 1 - random(300) : random(bundle.length)
      const changed = Uint8Array.from(bundle)
      changed[at] = (changed[at] ?? 0) ^ (1 << random(8))
      const { exitCode } = await verifyBundle(changed)
      expect({ at, exitCode }).toEqual({ at, exitCode: 1 })
    }
  })

  test('RC15: a damaged byte in an entry names that entry', async () => {
    const text = utf8(made.content.entries[middle] ?? '')
    const start = Buffer.from(bundle).indexOf(text)
    const changed = Uint8Array.from(bundle)
    changed[start + 20] = (changed[start + 20] ?? 0) ^ 1
    const { exitCode, findings } = await verifyBundle(changed)
    expect(exitCode).toBe(1)
    expect(findings.find(({ level, seq }) => level === 'damaged' && seq)?.seq).toEqual(middle + 1)
  })

  test('RC21: an archive that was packed again without its seal is incomplete, and nothing else', async () => {
    const bare = bundle.slice(0, -71)
    bare[bare.length - 2] = 0
    const { exitCode, findings } = await verifyBundle(bare)
    expect(exitCode).toBe(2)
    expect(damages(findings)).toEqual([{ level: 'incomplete', code: 'archive-unsealed', seq: undefined }])
  })

  test('RC22: a changed, removed, moved or later dated entry is named', async () => {
    const entries = lines('entries.jsonl')
    const at = (entries[middle] ?? '').replace(/"at":"2026/, '"at":"2025')
    const dated = await verifyBundle(withLines('entries.jsonl', entries.with(middle, at)))
    expect(damages(dated.findings)).toEqual([{ level: 'damaged', code: 'leaf-differs', seq: middle + 1 }])
    const removed = await verifyBundle(withLines('entries.jsonl', entries.toSpliced(middle, 1)))
    expect(damages(removed.findings)[0]).toEqual({ level: 'damaged', code: 'seq-gap', seq: middle + 1 })
    const [a = '', b = ''] = entries.slice(middle, middle + 2)
    const moved = await verifyBundle(withLines('entries.jsonl', entries.toSpliced(middle, 2, b, a)))
    expect(damages(moved.findings)[0]).toEqual({ level: 'damaged', code: 'seq-gap', seq: middle + 1 })
    const cut = await verifyBundle(withLines('entries.jsonl', entries.slice(0, -2)))
    expect(cut.exitCode).toBe(1)
    const last = { level: 'damaged', code: 'head-differs', seq: entries.length - 1 }
    expect(damages(cut.findings)).toContainEqual(last)
    expect(damages(cut.findings)[0]?.seq).toBe(last.seq)
  })

  test('RC23: a changed leaf breaks the first root over it', async () => {
    const tree = Uint8Array.from(made.content.tree)
    const position = made.content.positions[middle] ?? 0
    tree[position * 32] = (tree[position * 32] ?? 0) ^ 1
    const { findings } = await verifyBundle(repack(archive, new Map([['tree', tree]])))
    expect(damages(findings).map(({ code }) => code)).toContain('root-differs')
    expect(damages(findings)[0]).toEqual({ level: 'damaged', code: 'leaf-differs', seq: middle + 1 })
  })

  test('RC24: a content that was changed, or is missing though nobody took it out, is damage', async () => {
    const payloads = lines('payloads.jsonl')
    const excused = new Set(made.sealed.flatMap(({ entry }) => entry.refs ?? []))
    const at = payloads.findIndex((line) => !excused.has(JSON.parse(line).seq))
    const { seq, salt, payload } = JSON.parse(payloads[at] ?? '')
    const other = JSON.stringify({ payload: `${payload.slice(0, -1)},"z":1}`, salt, seq })
    const changed = await verifyBundle(withLines('payloads.jsonl', payloads.with(at, other)))
    expect(damages(changed.findings)[0]).toEqual({ level: 'damaged', code: 'payload-differs', seq })
    const missing = await verifyBundle(withLines('payloads.jsonl', payloads.toSpliced(at, 1)))
    expect(damages(missing.findings)[0]).toEqual({ level: 'damaged', code: 'payload-missing', seq })
    expect(missing.exitCode).toBe(1)
  })

  test('RC26: a version’s text that was changed, lost or put in is damage', async () => {
    const [first] = made.content.versions
    if (!first) return
    const name = `versions/${first.document}/${first.number}.html`
    const changed = await verifyBundle(repack(archive, new Map([[name, utf8('<p>otra</p>')]])))
    expect(damages(changed.findings)).toMatchObject([{ code: 'content-differs' }])
    const lost = await verifyBundle(repack(archive, new Map([[name, null]])))
    expect(damages(lost.findings)).toMatchObject([{ code: 'content-missing' }])
    const added = await verifyBundle(repack(archive, new Map([['versions/doc_9/1.json', utf8('{}')]])))
    expect(damages(added.findings)).toMatchObject([{ code: 'content-unnamed' }])
  })

  test('RC27: a log signed by another key than the trusted one is told apart', async () => {
    const other = formatVkey(ed25519Signer(made.content.manifest.origin, new Uint8Array(32).fill(9)).key)
    const { exitCode, findings } = await verifyBundle(bundle, { trustedKeys: [other] })
    expect(exitCode).toBe(3)
    expect(damages(findings)).toMatchObject([{ level: 'unknown-key', code: 'checkpoint-unknown-key' }])
    await expect(verifyBundle(bundle, { trustedKeys: ['x'] })).rejects.toThrow(RangeError)
  })

  test('RC21: a missing file is incomplete', async () => {
    for (const name of ['manifest.json', 'people.json', 'keys.txt', 'checkpoints.jsonl']) {
      const { exitCode } = await verifyBundle(repack(archive, new Map([[name, null]])), { trustedKeys: made.trusted })
      expect({ name, exitCode }).toEqual({ name, exitCode: 2 })
    }
  })

  test('RC28: a port that rebuilds is given every update and version, and its findings count', async () => {
    const given = new Map<string, unknown>()
    const texts: unknown[] = []
    const { exitCode } = await verifyBundle(bundle, {
      rebuild: ({ documents, versions }) => {
        for (const { document, updates } of documents()) {
          for (const { seq, bytes, ...by } of updates()) given.set(`${document} ${seq}`, [by, toBase64(bytes)])
        }
        for (const { seq, json } of versions()) texts.push([seq, json()])
        return [{ ...finding('content-differs', { seq: 1 }) }]
      },
    })
    expect(exitCode).toBe(1)
    const entryOf = (seq: number) => made.sealed[seq - 1]?.entry
    const entered = made.content.payloads.flatMap(({ seq, payload }) => {
      if (entryOf(seq)?.type !== 'update-batch') return []
      const { document, via, behalf, updates } = JSON.parse(payload) as UpdateBatch
      const by = { entry: seq, actor: entryOf(seq)?.actor, behalf, via }
      return updates.map((update) => [`${document} ${update.seq}`, [by, update.bytes]] as const)
    })
    expect(entered.length).toBeGreaterThan(0)
    expect(given).toEqual(new Map(entered))
    const jsonOf = ({ document, number }: ContentReference) =>
      made.content.versions.find((version) => version.document === document && version.number === number)?.json
    const kept = made.sealed.flatMap(({ entry: { seq, content } }) => (content ? [[seq, jsonOf(content)]] : []))
    expect(texts).toEqual(kept.filter(([, json]) => json !== undefined))
  })

  test.each([[new Uint8Array()], [utf8('<!doctype html>'.repeat(10))]])(
    'RC14: what is no archive is damage',
    async (bytes) => {
      expect((await verifyBundle(bytes)).exitCode).toBe(1)
    },
  )
})

test('[RC142] a kept checkpoint of another tree under the same key shows two histories', async () => {
  const [one, twin] = [makeLog(7, 80, 3), makeLog(7, 20, 2)]
  const options = { verifiers: nodeVerifiers, trustedKeys: one.trusted }
  const codesOf = async (checkpoint: string) => {
    const { exitCode, findings } = await verifyBundle(writeBundle(one.content), { ...options, checkpoint })
    return [exitCode, ...findings.map(({ code }) => code).filter((code) => code.startsWith('kept'))]
  }
  expect(twin.trusted).toEqual(one.trusted)
  expect(await codesOf(one.content.checkpoints[0] ?? '')).toEqual([0])
  expect(await codesOf(twin.content.checkpoints.at(-1) ?? '')).toEqual([1, 'kept-checkpoint-differs'])
})
