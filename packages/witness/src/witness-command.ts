/**
 * The witness as a program: `follow` looks at a log every so often and hands in what it signs, `serve` waits to be asked.
 * `check` says what a file of evidence shows. Ends with 0 when told to, 1 on an alarm, 2 when it cannot work or nothing is
 * shown, 64 for wrong usage.
 */

import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { judgeEvidence, type Shown } from '@cabildo/record/evidence'
import { formatVkey, keyTypes, parseVkey } from '@cabildo/record/keys'
import { createWitness, type Witness } from '@cabildo/record/witness'
import { createFollower, type Look } from './follow.ts'
import { createLogClient } from './log-client.ts'
import { createRefusals } from './refusals.ts'
import { serveWitness } from './serve.ts'
import { openShelf, type Shelf } from './shelf.ts'

const usage = `node witness.mjs follow <https://…> --key <clave del registro / key of the record> [--every 60] [--once]
node witness.mjs serve --key <…> [--key <…>] [--port 8787] [--host 127.0.0.1]
node witness.mjs key
node witness.mjs check <evidence-….json> --key <…>   qué prueba un archivo de evidencia / what a file of evidence shows
  --dir cabildo-witness   carpeta de la clave y de lo último firmado / folder of the key and of what was signed last
  --name …                nombre del testigo, solo la primera vez / the witness's name, the first time only
`

class UsageError extends Error {}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const warn = (text: string): void => void process.stderr.write(`${text}\n`)
const seconds = (): number => Math.floor(Date.now() / 1000)

function readArguments() {
  const { values, positionals } = parseArgs({
    options: {
      key: { type: 'string', multiple: true, default: [] },
      every: { type: 'string', default: '60' },
      once: { type: 'boolean', default: false },
      dir: { type: 'string', default: 'cabildo-witness' },
      name: { type: 'string' },
      port: { type: 'string', default: '8787' },
      host: { type: 'string', default: '127.0.0.1' },
    },
    allowPositionals: true,
  })
  const logs = values.key.map((text) => {
    const key = parseVkey(text.trim())
    if (!key || key.type === keyTypes.cosignature) throw new UsageError(`--key: ${text}`)
    return key
  })
  const every = numberOf(values.every, '--every', 5, 86_400)
  return { ...values, logs, every, port: numberOf(values.port, '--port', 0, 65_535), positionals }
}

function numberOf(text: string, option: string, least: number, most: number): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw new UsageError(`${option}: ${least}–${most}`)
  return value
}

type Given = ReturnType<typeof readArguments>

/** Blanks and pluses cannot be in a name of a key. */
const usualName = (): string => `${hostname().replace(/[^A-Za-z0-9.-]/g, '-') || 'testigo'}/testigo`

async function openWitness(shelf: Shelf, { name, logs }: Given): Promise<Witness> {
  const { signer, fresh } = await shelf.signer(() => name ?? usualName(), seconds)
  if (fresh) say('Clave nueva; entréguela a quien lleva el registro. / A new key; give it to whoever keeps the record.')
  say(formatVkey(signer.key))
  return createWitness({ logs, signers: [signer], load: shelf.load, save: shelf.save, verifiers: nodeVerifiers })
}

function tell(look: Look): void {
  const at = new Date().toISOString()
  if (look.found === 'cosigned') {
    const kept = look.status === 200 ? 'entregado / handed in' : `no recibido / not taken (${look.status})`
    say(`${at} ${look.size} firmado / signed, ${kept}`)
  } else if (look.found === 'smaller') {
    warn(`${at} ${look.size} < ${look.signed}: muestra menos de lo firmado / shows less than was signed`)
    warn(look.evidence)
  } else if (look.found === 'alarm') {
    warn(`${at} ALARMA: el registro firmó dos historias distintas (${look.signed}, ${look.size}). No se firma más.`)
    warn(`${at} ALARM: the record has signed two histories (${look.signed}, ${look.size}). Nothing more is signed.`)
    warn(look.evidence)
  }
}

async function follow(given: Given, shelf: Shelf, stopped: AbortSignal): Promise<number> {
  const [, address, ...more] = given.positionals
  const [log, ...others] = given.logs
  if (address === undefined || more.length > 0 || !log || others.length > 0) throw new UsageError('follow')
  const client = createLogClient(address)
  const witness = await openWitness(shelf, given)
  const look = createFollower({ log, client, shelf, witness, now: () => new Date().toISOString() })
  while (!stopped.aborted) {
    let code = 0
    try {
      const found = await look()
      tell(found)
      if (found.found === 'alarm') return 1
      if (found.found === 'smaller' || (found.found === 'cosigned' && found.status !== 200)) code = 2
    } catch (error) {
      warn(`${new Date().toISOString()} ${messageOf(error)}`)
      code = 2
    }
    if (given.once) return code
    await pause(given.every * 1000, undefined, { signal: stopped }).catch(() => undefined)
  }
  return 0
}

/** Says what a file of evidence shows, by the keys that are given and nothing else. */
async function check({ positionals, logs }: Given): Promise<number> {
  const [, path, ...more] = positionals
  if (path === undefined || more.length > 0 || logs.length === 0) throw new UsageError('check')
  const shown = judgeEvidence(JSON.parse(await readFile(path, 'utf8')), logs, nodeVerifiers)
  say(verdicts[shown])
  return shown === 'two-histories' ? 1 : 2
}

const verdicts: Record<Shown, string> = {
  'two-histories':
    'El registro firmó dos historias: queda probado. / The record has signed two histories: this is proven.',
  open: 'Las dos firmas son del registro; falta la prueba de que una continúa la otra. / Both signatures are the record’s; what lacks is the proof that the one continues the other.',
  nothing: 'No prueba nada con esta clave. / It shows nothing with this key.',
}

async function serve(given: Given, shelf: Shelf, stopped: AbortSignal): Promise<number> {
  if (given.positionals.length > 1 || given.logs.length === 0) throw new UsageError('serve')
  const witness = await openWitness(shelf, given)
  const keysOf = (origin: string) => given.logs.filter(({ name }) => name === origin).map(formatVkey)
  const keepRefusal = createRefusals(shelf, { keysOf, now: () => new Date().toISOString() })
  const server = serveWitness(witness, async (refused) => {
    const kept = await keepRefusal(refused)
    const where = `${refused.origin}, ${refused.size}${kept ? `: ${kept.path}` : ''}`
    // Anybody can bring a true head with a wrong proof; so that alarms nobody.
    if (refused.reason === 'forked') warn(`ALARMA / ALARM: ${where}`)
    else if (kept?.fresh) warn(`sin prueba / without proof: ${where}`)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(given.port, given.host, done)
  })
  const { port } = server.address() as AddressInfo
  say(`http://${given.host}:${port}/add-checkpoint`)
  await new Promise((done) => stopped.addEventListener('abort', done, { once: true }))
  server.closeAllConnections()
  server.close()
  return 0
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

async function run(): Promise<number> {
  const given = readArguments()
  const [command] = given.positionals
  if (command === 'check') return check(given)
  if (command !== 'follow' && command !== 'serve' && command !== 'key') {
    throw new UsageError('follow | serve | key | check')
  }
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  const shelf = await openShelf(given.dir)
  try {
    if (command === 'follow') return await follow(given, shelf, stopping.signal)
    if (command === 'serve') return await serve(given, shelf, stopping.signal)
    await openWitness(shelf, given)
    return 0
  } finally {
    await shelf.close()
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  const wrong = error instanceof UsageError || error instanceof RangeError || isArgumentError(error)
  warn(wrong ? `${messageOf(error)}\n\n${usage}` : messageOf(error))
  process.exitCode = wrong ? 64 : 2
}

function isArgumentError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
