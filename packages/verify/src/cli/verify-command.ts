/**
 * `npm run verify -- <bundle> [--key <vkey>]…`: verifies a bundle, offline; `--log` leaves out building the texts again.
 * `--head` and `--checkpoint` hold it against what is known from elsewhere. Exits 0 sound (without `--key`: of one piece,
 * by the key that it names itself), 1 tampered, 2 incomplete, 3 signed by no trusted key, 64 wrong usage.
 */
import { readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { archiveLimits } from '@cabildo/record/archive'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { exitCodes } from '@cabildo/record/findings'
import { maxNoteLength } from '@cabildo/record/note'
import { verifyBundle } from '@cabildo/record/verify'
import { isCheckpoint, parseKeptHead } from '@cabildo/record/verify-kept'
import type { DocumentAuthorship } from '../rebuild.ts'

const usage = `npm run verify -- <bundle.zip> [--key <name+hash+base64>]… [--log] [--json]
  --head <número:huella>     última anotación que muestra la página del plan / last entry that the plan's page shows
  --checkpoint <archivo>     punto de control guardado / checkpoint that was kept
`

function readArguments() {
  const options = {
    key: { type: 'string', multiple: true },
    head: { type: 'string' },
    checkpoint: { type: 'string' },
    json: { type: 'boolean' },
    log: { type: 'boolean' },
  } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new RangeError('name one bundle')
  if (statSync(path).size > archiveLimits.archive) throw new RangeError('too large for a bundle')
  const head = values.head === undefined ? undefined : parseKeptHead(values.head)
  if (values.head !== undefined && !head) throw new RangeError(`--head: ${values.head}`)
  const checkpoint = values.checkpoint === undefined ? undefined : readCheckpoint(values.checkpoint)
  return { path, head, checkpoint, keys: values.key, json: values.json === true, log: values.log === true }
}

function readCheckpoint(path: string): string {
  if (statSync(path).size > maxNoteLength) throw new RangeError(`${path}: too large for a checkpoint`)
  const text = readFileSync(path, 'utf8')
  if (!isCheckpoint(text)) throw new RangeError(`${path}: not a checkpoint`)
  return text
}

function sharesOf(authorship: readonly DocumentAuthorship[]): string[] {
  return authorship.map(({ title, seq, sides }) => {
    const shares = sides.map(({ side, written, share }) => `${side ?? '—'} ${(share * 100).toFixed(1)} % (${written})`)
    return `[authorship] ${title} (${seq}): ${shares.join(', ')}\n`
  })
}

async function run(): Promise<number> {
  const { path, keys, head, checkpoint, json, log } = readArguments()
  // Only then: it brings Yjs and the editor's schema along.
  const { rebuild, authorship } = log ? { authorship: [] } : (await import('../rebuild.ts')).createRebuilding()
  const options = {
    verifiers: nodeVerifiers,
    ...(rebuild && { rebuild }),
    ...(keys && { trustedKeys: keys }),
    ...(head && { head }),
    ...(checkpoint !== undefined && { checkpoint }),
  }
  const report = await verifyBundle(readFileSync(path), options)
  if (json) process.stdout.write(`${JSON.stringify({ ...report, authorship }, undefined, 2)}\n`)
  else {
    for (const { level, code, seq, file, es, en } of report.findings) {
      const where = [...(seq === undefined ? [] : [`anotación/entry ${seq}`]), ...(file === undefined ? [] : [file])]
      process.stdout.write(`[${level}] ${code}${where.length > 0 ? ` (${where.join(', ')})` : ''}\n  ${es}\n  ${en}\n`)
    }
    for (const line of sharesOf(authorship)) process.stdout.write(line)
  }
  return report.exitCode
}

try {
  process.exitCode = await run()
} catch (error) {
  // Whatever is wrong with a bundle is in its report: what is thrown is about the command, its file or its keys.
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`)
  process.exitCode = exitCodes.usage
}
