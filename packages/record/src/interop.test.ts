import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readArchive } from './archive.ts'
import { readWhole } from './archive-files.ts'
import { writeBundle } from './bundle.ts'
import { equalBytes, utf8 } from './bytes.ts'
import { parseCanonical } from './canonical-json.ts'
import { nodeVerifiers } from './cli/verifiers.ts'
import { entryTypes } from './entry-types.ts'
import type { Finding } from './findings.ts'
import { anyCharacter } from './testing/any-text.ts'
import { forge } from './testing/forgeries.ts'
import { flaws, type MadeLog, makeLog, randomFrom } from './testing/random-log.ts'
import { type Report, verifyBundle } from './verify.ts'
import { parseKeptHead } from './verify-kept.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const longRun = process.env.LONG === '1'
/** Records that are made, each changed `perLog` times: about a thousand in a long run. */
const logs = longRun ? 72 : 8
const limit = longRun ? 1_200_000 : 120_000
const perLog = 14
const folder = mkdtempSync(join(tmpdir(), 'record-interop-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = join(import.meta.dirname, '../interop/verify.py')
const hasPython = spawnSync('python3', ['-c', 'import hashlib, json, zlib']).status === 0
process.stdout.write(
  hasPython ? `two verifiers: seed ${seed}\n` : 'two verifiers: SKIPPED, this machine has no python3\n',
)

interface Verdict {
  readonly exitCode: number
  readonly findings: readonly (readonly [level: string, code: string, seq: number | null, file: string | null])[]
}

/** What the second verifier says of files, in one process. */
function verdictsOf(files: readonly string[], keys: readonly string[], more: readonly string[] = []): Verdict[] {
  const trusted = keys.flatMap((key) => ['--key', key])
  const run = spawnSync('python3', [script, '--json', ...trusted, ...more, ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What both must say alike: everything but words, and notes that one of them leaves out. */
function comparable(findings: readonly Finding[]) {
  const own = ['sound', 'of-one-piece', 'ends-with', 'keys-from-bundle', 'cosigned', 'more']
  return findings
    .filter(({ code }) => !own.includes(code))
    .map(({ level, code, seq, file }) => [
      level,
      code,
      seq ?? null,
      code === 'archive-unreadable' ? null : (file ?? null),
    ])
}

const save = (name: string, bytes: Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const verify = (bytes: Uint8Array, trustedKeys?: string[]): Promise<Report> =>
  verifyBundle(bytes, { verifiers: nodeVerifiers, ...(trustedKeys ? { trustedKeys } : {}) })

/** Whether entries, their places, the tree, contents or texts are there in both, and differ. */
function changesWhatIsProven(before: Uint8Array, after: Uint8Array): boolean {
  const [old, changed] = [readArchive(before).files, readArchive(after).files]
  return [...old.values()].some((file) => {
    const proven = /^(entries\.jsonl|positions|tree|payloads\.jsonl|versions\/.*)$/.test(file.name)
    const other = changed.get(file.name)
    return proven && other !== undefined && !equalBytes(readWhole(file), readWhole(other))
  })
}

function make(at: number): { log: MadeLog; bundle: Uint8Array } {
  const log = makeLog(seed * 31 + at, 10 + ((seed + at * 17) % 90), 1 + (at % 4))
  return { log, bundle: writeBundle(log.content) }
}

describe.skipIf(!hasPython)(`two verifiers that share no code, seed ${seed}`, () => {
  test('know the same kinds of entry, and ask the same of each', () => {
    const ask = 'import json, runpy, sys; print(json.dumps(runpy.run_path(sys.argv[1])["TYPES"]))'
    const theirs = JSON.parse(spawnSync('python3', ['-c', ask, script], { encoding: 'utf8' }).stdout)
    const ours = Object.entries(entryTypes).map(([type, { actor, commit, content, refs }]) => [
      type,
      { actor: actor === 'needed', commit, content: content === 'needed', refs },
    ])
    expect(theirs).toEqual(Object.fromEntries(ours))
  })

  const made = Array.from({ length: logs }, (_, at) => make(at))

  test('RC30: find untouched records sound', { timeout: limit }, async () => {
    const verdicts = verdictsOf(
      made.map(({ bundle }, at) => save(`sound-${at}.zip`, bundle)),
      [],
    )
    for (const [at, { bundle }] of made.entries()) {
      const report = await verify(bundle)
      expect({ at, ...verdicts[at] }).toEqual({ at, exitCode: 0, findings: comparable(report.findings) })
      expect(report.exitCode).toBe(0)
    }
  })

  test('RC30: name the same entries of records that were changed and sealed again', { timeout: limit }, async () => {
    const random = randomFrom(seed)
    const forged = made.flatMap(({ log, bundle }, at) =>
      Array.from({ length: perLog }, (_, run) => ({
        name: `forged-${at}-${run}`,
        log: at,
        bundle,
        bytes: forge(log, bundle, random),
      })),
    )
    const verdicts = verdictsOf(
      forged.map(({ name, bytes }) => save(`${name}.zip`, bytes)),
      [],
    )
    for (const [at, { name, bundle, bytes }] of forged.entries()) {
      const report = await verify(bytes)
      expect({ name, ...verdicts[at] }).toEqual({
        name,
        exitCode: report.exitCode,
        findings: comparable(report.findings),
      })
      // A checkpoint more or less, a key nobody signed with, a title or words for people: these are not proven.
      if (changesWhatIsProven(bundle, bytes)) expect({ name, exitCode: report.exitCode }).toEqual({ name, exitCode: 1 })
    }
  })

  test('RC30: notice any damaged byte', { timeout: limit }, async () => {
    const random = randomFrom(seed + 1)
    const damaged = made.flatMap(({ bundle }, at) =>
      Array.from({ length: perLog }, (_, run) => {
        const bytes = Uint8Array.from(bundle)
        const place = run % 2 ? random(bytes.length) : bytes.length - 1 - random(Math.min(2000, bytes.length))
        bytes[place] = (bytes[place] ?? 0) ^ (1 << random(8))
        return { name: `damaged-${at}-${run}`, bytes, same: equalBytes(bytes, bundle) }
      }),
    )
    const verdicts = verdictsOf(
      damaged.map(({ name, bytes }) => save(`${name}.zip`, bytes)),
      [],
    )
    for (const [at, { name, bytes }] of damaged.entries()) {
      const report = await verify(bytes)
      expect({ name, ours: report.exitCode, other: verdicts[at]?.exitCode }).toEqual({ name, ours: 1, other: 1 })
    }
  })

  test('RC30: name the same redactions that nobody may have made', { timeout: limit }, async () => {
    const flawed = flaws.flatMap((flaw, kind) =>
      Array.from({ length: longRun ? 12 : 1 }, (_, at) => ({
        flaw,
        bundle: writeBundle(makeLog(seed * 17 + kind * 101 + at, 90, 1, flaw).content),
      })),
    )
    const verdicts = verdictsOf(
      flawed.map(({ bundle }, at) => save(`flawed-${at}.zip`, bundle)),
      [],
    )
    for (const [at, { flaw, bundle }] of flawed.entries()) {
      const report = await verify(bundle)
      const own = { flaw, at, exitCode: report.exitCode, findings: comparable(report.findings) }
      expect({ flaw, at, ...verdicts[at] }).toEqual(own)
    }
    expect(new Set(verdicts.map(({ exitCode }) => exitCode))).toContain(1)
  })

  test('RC30: believe only the keys they are told to', { timeout: limit }, async () => {
    const trusted = made[0]?.log.trusted ?? []
    const verdicts = verdictsOf(
      made.map(({ bundle }, at) => save(`keys-${at}.zip`, bundle)),
      trusted,
    )
    for (const [at, { bundle }] of made.entries()) {
      const report = await verify(bundle, trusted)
      expect({ at, ...verdicts[at] }).toEqual({ at, exitCode: at === 0 ? 0 : 3, findings: comparable(report.findings) })
      expect(report.exitCode).toBe(at === 0 ? 0 : 3)
    }
  })

  test('[RC142] hold a file against what is known from elsewhere alike', { timeout: limit }, async () => {
    const [one, other] = [made[0], made[1]]
    if (!one || !other) throw new Error('two records are needed')
    const { head } = one.log.content.manifest
    const [seq, hash] = [head?.seq ?? 0, head?.hash ?? '']
    const path = save('kept.zip', one.bundle)
    const heads = [`${seq}:${hash}`, `1:${hash}`, `${seq + 1}:${hash}`]
    const [first = '', last = ''] = [one.log.content.checkpoints[0], one.log.content.checkpoints.at(-1)]
    const checkpoints = [first, last, last.replace(/^(.*\n)\d+/, '$11'), other.log.content.checkpoints.at(-1) ?? '']
    const asked = [
      ...heads.map((text) => ({ arg: ['--head', text], head: parseKeptHead(text) })),
      ...checkpoints.map((text, at) => ({ arg: ['--checkpoint', save(`kept-${at}`, utf8(text))], checkpoint: text })),
    ]
    const codes: number[] = []
    for (const { arg, ...kept } of asked) {
      const { head: known, checkpoint } = { head: undefined, checkpoint: undefined, ...kept }
      const options = { ...(known && { head: known }), ...(checkpoint !== undefined && { checkpoint }) }
      const report = await verifyBundle(one.bundle, { verifiers: nodeVerifiers, ...options })
      const own = { exitCode: report.exitCode, findings: comparable(report.findings) }
      expect({ arg, ...verdictsOf([path], [], arg)[0] }).toEqual({ arg, ...own })
      codes.push(report.exitCode)
    }
    expect(codes).toEqual([0, 1, 2, 0, 0, 3, 3])
  })

  test('RC30: read the same texts as canonical', () => {
    const odd = fc.constantFrom(
      '{"a":1,"a":1}',
      '-0',
      '1.0',
      '1e2',
      '9007199254740992',
      '"\\u0041"',
      '"\\u007f"',
      '[NaN]',
      '[1,]',
      '"\ufeff"',
      '\ufeff1',
      '"\u2028"',
      '{"\ufb33":1,"😀":2}',
      '{"😀":2,"\ufb33":1}',
      '"\\ud800"',
      '{"__proto__":1}',
      '{"1":1,"02":2}',
      '{"02":2,"1":1}',
      '-',
      '01',
      '"\\b\\f\\u000b"',
      '"\\u001F"',
      '[]]',
      'Infinity',
      '１',
      '"a',
      '"\u0000"',
      '\u00a01',
    )
    const json = fc.jsonValue({ stringUnit: anyCharacter }).map((value) => JSON.stringify(value))
    const changed = fc.tuple(json, fc.nat(), fc.constantFrom(...' ,:"\\{}[]0e.-é')).map(([text, at, other]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + other + text.slice(place + (at % 2))
    })
    const nested = fc.integer({ min: 60, max: 68 }).map((levels) => '['.repeat(levels) + ']'.repeat(levels))
    const texts = fc
      .sample(fc.oneof(odd, json, changed, nested), { seed, numRuns: 3000 })
      .filter((text) => text.isWellFormed())
    const program = `import sys, json; sys.path.insert(0, sys.argv[1]); import verify
def ok(text):
    try: verify.parse(text); return True
    except verify.Bad: return False
print(json.dumps([ok(text) for text in json.load(sys.stdin)]))`
    const input = JSON.stringify(texts)
    const run = spawnSync('python3', ['-B', '-c', program, join(script, '..')], {
      encoding: 'utf8',
      input,
      maxBuffer: 1 << 26,
    })
    expect(run.stderr).toBe('')
    const theirs: boolean[] = JSON.parse(run.stdout)
    const ours = texts.map((text) => {
      try {
        parseCanonical(text)
        return true
      } catch {
        return false
      }
    })
    expect(texts.filter((_, at) => theirs[at] !== ours[at])).toEqual([])
    expect(ours.filter((sound) => sound).length).toBeGreaterThan(300)
  })

  test('RC31: the second verifier alone has the same exit codes', () => {
    const run = (...args: string[]) => spawnSync('python3', [script, ...args]).status
    const bundle = made[0]?.bundle ?? new Uint8Array()
    expect(run(save('one.zip', bundle))).toBe(0)
    expect(run(save('two.zip', bundle.with(bundle.length >> 1, (bundle[bundle.length >> 1] ?? 0) ^ 1)))).toBe(1)
    expect(run('--key', made[1]?.log.trusted[0] ?? '', join(folder, 'one.zip'))).toBe(3)
    expect([run(), run('--what'), run('--key', 'x'), run(join(folder, 'none.zip'))]).toEqual([64, 64, 64, 64])
    // Neither takes a number that only one of them could read as it was written.
    const above = `${2 ** 53}:${'0'.repeat(64)}`
    expect(parseKeptHead(above)).toBeUndefined()
    expect(run('--head', above, join(folder, 'one.zip'))).toBe(64)
  })
})
