import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The real program in a process of its own, over a database that outlives it. */
export interface ServerProcess {
  url: string
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
  /** Asks it to stop, as a restart would; answers its exit code. */
  stop(): Promise<number | null>
  /** Everything it printed. */
  output(): string
}

/** The program and the operator's commands with their modules joined, as the set-up of these tests has made them (`postgres-setup.ts`). */
const joined = (name: string) => fileURLToPath(new URL(`../../../server/dist/${name}.mjs`, import.meta.url))

/** The program as `npm start` runs it. */
export const main = joined('main')

/** The operator's commands: what `npm run` reads from its sources, in a third of the processor's time. */
export const commands = { found: joined('found'), recover: joined('recover') }

/**
 * Where Node keeps the program as it understood it, by its contents, so that only the first start of a run reads all
 * of it anew: a program starts in half of the processor's time.
 */
export const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../../node_modules/.cache/program', import.meta.url))

/**
 * Starts the program and waits for its word that it is ready. `port` 0 takes a free one; a restart gives the
 * port it had, so that clients find it again. Throws with its output when it ends before.
 */
export async function startServer(options: {
  databaseUrl: string
  port?: number
  env?: Record<string, string>
}): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cabildo-test-'))
  const child: ChildProcess = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE,
      PORT: String(options.port ?? 0),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: options.databaseUrl,
      // Each has to read the catalogue anew, in a database that is gone soon.
      DATABASE_CONNECTIONS: '3',
      DEMO: 'off',
      LOG_LEVEL: 'warn',
      ...options.env,
    },
  })
  const exited = once(child, 'exit')
  const lines: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const ready = /^Cabildo ready on (\S+)$/.exec(line)
        if (ready?.[1]) resolve(ready[1])
      })
    }
    exited.then(() => reject(new Error(`the server ended before it was ready:\n${lines.join('\n')}`)), reject)
  })
  const clean = () => rm(dataDir, { recursive: true, force: true })
  return {
    url,
    async kill() {
      child.kill('SIGKILL')
      await exited
      await clean()
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const [code] = (await exited) as [number | null]
      await clean()
      return code
    },
    output: () => lines.join('\n'),
  }
}
