import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint.ts'
import { toHex, utf8 } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { appendLeaf, consistencyProof, emptyFrontier, emptyRoot, hashLeaf, type ReadNode, rootAt } from './merkle.ts'
import { parseNote, signNote, verifyNote } from './note.ts'
import { ed25519Cosigner, ed25519Signer } from './signatures.ts'
import { answerBody, createWitness, judge, type Seen } from './witness.ts'

const origin = 'registro.example/cocreacion'
const log = ed25519Signer(origin, new Uint8Array(32).fill(1))
const stranger = ed25519Signer(origin, new Uint8Array(32).fill(2))
const other = ed25519Signer('otro.example/log', new Uint8Array(32).fill(3))
const cosigner = ed25519Cosigner('witness.example/w1', new Uint8Array(32).fill(4), () => 1_700_000_000)
const most = 40

/** Trees that share their first `shared` leaves. */
function treeOf(name: string, shared: number): ReadNode {
  const nodes = new Map<string, Uint8Array>()
  let tree = emptyFrontier
  for (let at = 0; at < most; at += 1) {
    const grown = appendLeaf(tree, hashLeaf(utf8(at < shared ? `shared ${at}` : `${name} ${at}`)))
    tree = grown.tree
    for (const { level, index, hash } of grown.added) nodes.set(`${level}/${index}`, hash)
  }
  return (level, index) => {
    const hash = nodes.get(`${level}/${index}`)
    if (!hash) throw new Error(`no node ${level}/${index}`)
    return hash
  }
}

const split = 17
const [left, right] = [treeOf('left', split), treeOf('right', split)]

const head = (read: ReadNode, size: number, signer = log) =>
  signNote(formatCheckpoint({ origin: signer.key.name, size, root: rootAt(size, read) }), [signer])

const ask = (read: ReadNode, old: number, size: number, signer = log) => ({
  old,
  proof: old <= size ? consistencyProof(old, size, read) : [],
  checkpoint: head(read, size, signer),
})

/** A witness over a shelf that can be looked at, and that may fail. */
function witnessOver(shelf: Map<string, Seen>, onSave: () => void = () => undefined) {
  return createWitness({
    logs: [log.key],
    signers: [cosigner],
    load: async (name) => shelf.get(name),
    save: async (name, seen) => {
      // Another request may come in here.
      await Promise.resolve()
      onSave()
      shelf.set(name, seen)
    },
  })
}

const seenAt = (read: ReadNode, size: number) => ({ size, root: rootAt(size, read) })

describe('RC71: what a witness answers (c2sp.org/tlog-witness)', () => {
  test.each([
    ['the first checkpoint', undefined, ask(left, 0, 9), { status: 200 }],
    ['a larger one that continues it', seenAt(left, 9), ask(left, 9, 30), { status: 200 }],
    ['the same one again', seenAt(left, 9), ask(left, 9, 9), { status: 200 }],
    ['a tree without leaves', undefined, ask(left, 0, 0), { status: 200 }],
    ['another log', undefined, ask(left, 0, 9, other), { status: 404, reason: 'unknown-log' }],
    ['a key that is not the log’s', undefined, ask(left, 0, 9, stranger), { status: 403, reason: 'unsigned' }],
    ['an old size above the size', seenAt(left, 9), ask(left, 9, 5), { status: 400, reason: 'smaller-than-old' }],
    ['an old size that it does not know', seenAt(left, 9), ask(left, 4, 30), { status: 409, size: 9 }],
    ['a smaller tree', seenAt(left, 9), ask(left, 4, 5), { status: 409, size: 9 }],
    ['no size at all, by somebody new', seenAt(left, 9), ask(left, 0, 30), { status: 409, size: 9 }],
    ['another root at one size', seenAt(left, 30), ask(right, 30, 30), { status: 409, reason: 'forked' }],
    ['a tree that does not continue', seenAt(left, 20), ask(right, 20, 30), { status: 422, reason: 'inconsistent' }],
    ['no text of a checkpoint', undefined, { ...ask(left, 0, 9), checkpoint: 'hello\n' }, { status: 400 }],
    ['a proof where none belongs', undefined, { ...ask(left, 0, 9), proof: [emptyRoot()] }, { status: 422 }],
  ])('%s', (_, seen, request, verdict) => {
    expect(judge(seen, request, [log.key])).toMatchObject(verdict)
  })

  test('a checkpoint with a signature in the log’s name that is not the log’s is not believed beside a sound one', () => {
    const text = head(left, 9)
    const [good = ''] = text.split('\n').slice(-2)
    const bad = signNote(formatCheckpoint({ origin, ...seenAt(right, 30) }), [log])
      .split('\n')
      .at(-2)
    const note = text.replace(good, `${good}\n${bad}`)
    expect(judge(undefined, { old: 0, proof: [], checkpoint: note }, [log.key])).toMatchObject({ status: 403 })
  })
})

const request = fc.record({
  read: fc.constantFrom(left, right),
  old: fc.nat({ max: most }),
  size: fc.nat({ max: most }),
  /** Whether the asker goes by what the witness has signed. */
  knows: fc.boolean(),
})

test('RC72: whatever is asked in whatever order, what was cosigned is one growing tree, saved before each signature', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 25 }), fc.boolean(), async (requests, together) => {
      const shelf = new Map<string, Seen>()
      const witness = witnessOver(shelf)
      const cosigned: { size: number; root: string }[] = []
      const put = async ({ read, old, size, knows }: (typeof requests)[number]) => {
        const from = knows ? (shelf.get(origin)?.size ?? 0) : old
        const asked = ask(read, from, size)
        const { verdict, lines } = await witness.add(asked)
        expect(lines === '').toBe(verdict.status !== 200)
        if (verdict.status !== 200) return
        const note = parseNote(asked.checkpoint + lines)
        const checkpoint = parseCheckpoint(note?.text ?? '')
        if (!note || !checkpoint) throw new Error('the answer does not read')
        expect(verifyNote(note, [log.key, cosigner.key]).signed).toContain(cosigner.key)
        cosigned.push({ size: checkpoint.size, root: toHex(checkpoint.root) })
        expect(shelf.get(origin)?.size ?? 0).toBeGreaterThanOrEqual(checkpoint.size)
      }
      if (together) await Promise.all(requests.map(put))
      else for (const one of requests) await put(one)

      for (const [at, { size, root }] of cosigned.entries()) {
        expect(size).toBeGreaterThanOrEqual(cosigned[at - 1]?.size ?? 0)
        const same = cosigned.filter((entry) => entry.size === size)
        expect(new Set(same.map((entry) => entry.root)).size).toBe(1)
        expect(root).toMatch(/^[0-9a-f]{64}$/)
      }
      // All of one branch: beyond the leaves that both share, only one of them was ever signed.
      const beyond = cosigned.filter(({ size }) => size > split)
      const branches = [left, right].filter((read) =>
        beyond.some(({ size, root }) => root === toHex(rootAt(size, read))),
      )
      expect(branches.length).toBeLessThanOrEqual(1)
    }),
    { numRuns: 60 },
  )
})

test('RC72: a state that could not be saved is not signed for, and the next request finds the old one', async () => {
  const shelf = new Map<string, Seen>()
  let fails = true
  const witness = witnessOver(shelf, () => {
    if (fails) throw new Error('the disk is full')
  })
  await expect(witness.add(ask(left, 0, 9))).rejects.toThrow('the disk is full')
  fails = false
  expect((await witness.add(ask(right, 0, 30))).verdict.status).toBe(200)
  expect((await witness.add(ask(left, 0, 9))).verdict).toMatchObject({ status: 409, size: 30 })
})

describe('RC70: the body of add-checkpoint', () => {
  test('what is written reads back', async () => {
    const asked = ask(left, 9, 30)
    expect(parseAddCheckpoint(formatAddCheckpoint(asked))).toEqual(asked)
    const witness = witnessOver(new Map())
    expect((await answerBody(witness, formatAddCheckpoint(ask(left, 0, 9)))).verdict.status).toBe(200)
    expect((await answerBody(witness, formatAddCheckpoint(asked))).verdict.status).toBe(200)
  })

  test.each([
    '',
    'old 5\n',
    `old 05\n\n${head(left, 9)}`,
    `old -1\n\n${head(left, 9)}`,
    `old 9007199254740993\n\n${head(left, 9)}`,
    `size 5\n\n${head(left, 9)}`,
    `old 5\nAAAA\n\n${head(left, 9)}`,
    `old 5\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n${head(left, 9)}`,
  ])('%j is none', async (body) => {
    expect(parseAddCheckpoint(body)).toBeUndefined()
    expect((await answerBody(witnessOver(new Map()), body)).verdict).toEqual({ status: 400, reason: 'malformed' })
  })
})
