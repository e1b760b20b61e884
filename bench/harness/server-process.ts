import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { childrenRss, endedCpu, type Usage, usageOf } from './process-meter.ts'
import { within } from './within.ts'

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  pid: number
  port: number
  usage(): Usage
  /** Of the processes that it started: kB of memory that they hold, and CPU milliseconds of those that have ended. */
  beside(): { rss: number; cpu: number }
  /** Has it collect its garbage, and answers the kB that JavaScript still uses, with what lies outside its heap. */
  collect(): Promise<number>
  /** SIGTERM; SIGKILL when it has not ended after ten seconds. */
  stop(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
}

export interface ServerOptions {
  /** A file of bench/servers. It calls `announce`. */
  entry: string
  env: Record<string, string>
  core: number | undefined
}

const startWithin = 90_000
const stopWithin = 10_000

const running = new Set<ServerProcess>()

/** Starts a server and answers once it listens. Throws with what it said when it does not. */
export async function startServer({ entry, env, core }: ServerOptions): Promise<ServerProcess> {
  const file = fileURLToPath(new URL(`../servers/${entry}`, import.meta.url))
  const command = [process.execPath, '--expose-gc', '--disable-warning=ExperimentalWarning', file]
  if (core !== undefined) command.unshift('taskset', '-c', String(core))
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  let waiting: { word: string; resolve: (line: string) => void } | undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) {
      if (waiting && line.startsWith(waiting.word)) waiting.resolve(line)
      else if (line) said = `${said}${line}\n`.slice(-4000)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const ended = once(child, 'close').then(() => 'ended' as const)

  async function hear(word: string): Promise<string> {
    const heard = new Promise<string>((resolve) => {
      waiting = { word, resolve }
    })
    const late = new AbortController()
    const outcome = await Promise.race([
      heard.then((line) => ({ line })),
      ended,
      pause(startWithin, 'late' as const, { signal: late.signal }).catch(() => 'late' as const),
    ])
    late.abort()
    waiting = undefined
    if (typeof outcome === 'object') return outcome.line
    child.kill('SIGKILL')
    throw new Error(`${entry} ${outcome === 'late' ? `did not say "${word}"` : 'ended'}. It said:\n${said}`)
  }

  const port = Number((await hear('listening on ')).split(' ')[2])
  const { pid } = child
  if (pid === undefined) throw new Error(`${entry} has no process id`)
  const server: ServerProcess = {
    pid,
    port,
    usage: () => usageOf(pid),
    beside: () => ({ rss: childrenRss(pid), cpu: endedCpu(pid) }),
    async collect() {
      child.kill('SIGUSR2')
      return Number((await hear('collected ')).split(' ')[1])
    },
    async stop() {
      child.kill('SIGTERM')
      const slow = setTimeout(() => child.kill('SIGKILL'), stopWithin)
      await within(stopWithin * 2, `${entry}: its end`, ended)
      clearTimeout(slow)
      running.delete(server)
    },
    async kill() {
      child.kill('SIGKILL')
      await within(stopWithin, `${entry}: its end`, ended)
      running.delete(server)
    },
  }
  running.add(server)
  return server
}

/** Kills whatever is still running: for the end of a run that failed. */
export async function killServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.kill()))
}
