import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerProcess } from '../harness/server-process.ts'
import { within } from '../harness/within.ts'
import { watchServer } from '../record/bundle.ts'
import { createCaller } from '../workshop/caller.ts'

const fileWithin = 60_000
const packWithin = 300_000
const askEvery = 100

/** Takes a file; its bytes, and the milliseconds from asking until the last of them. Throws for an answer that is none. */
export async function takeFile(
  port: number,
  path: string,
  cookie: string,
): Promise<{ milliseconds: number; bytes: Buffer }> {
  const begun = performance.now()
  return within(
    fileWithin,
    `GET ${path}`,
    (async () => {
      const response = await ask(port, path, cookie)
      const parts: Buffer[] = []
      for await (const part of response) parts.push(part as Buffer)
      const bytes = Buffer.concat(parts)
      if (response.statusCode !== 200)
        throw new Error(`${path} was answered ${response.statusCode}: ${bytes.toString('utf8').slice(0, 300)}`)
      return { milliseconds: performance.now() - begun, bytes }
    })(),
  )
}

function ask(port: number, path: string, cookie: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { Cookie: cookie } }, resolve).on('error', reject)
  })
}

/** CPU milliseconds of a server, and of processes that it started and that have ended. */
export interface Cpu {
  own: number
  beside: number
}

/** What it has used so far. */
export const cpuOf = (server: ServerProcess): Cpu => ({ own: server.usage().cpu, beside: server.beside().cpu })

/** What was used since. */
export function cpuSince(server: ServerProcess, before: Cpu): Cpu {
  const now = cpuOf(server)
  return { own: now.own - before.own, beside: now.beside - before.beside }
}

/** What taking an evidence pack was like. */
export interface Taken {
  milliseconds: number
  bytes: number
  /** Different answers to how far it is, while it was made: of files that were in it, and with the one being made. */
  told: number
  files: number
  /** The longest time for which it told the same, in milliseconds. */
  silent: number
  /** Memory of the server in kB: before, and the most meanwhile; and the most of the processes beside it. */
  before: number
  peak: number
  beside: number
  /** CPU milliseconds that it took: of the server, and of the processes beside it. */
  cpu: Cpu
  /** The longest that a small request waited meanwhile, in milliseconds. */
  longest: number
}

/** Takes an evidence pack into a file, asks every tenth of a second how far it is, and watches the server meanwhile. */
export async function takePack(server: ServerProcess, plan: string, cookie: string, file: string): Promise<Taken> {
  await server.collect()
  const before = server.usage().rss
  const used = cpuOf(server)
  const watch = watchServer(server)
  const key = `pack-${process.pid}-${Date.now()}`
  const progress = watchProgress(server, `${plan}/evidence/${key}`, cookie)
  const begun = performance.now()
  try {
    const path = `${plan}/evidence.zip?language=es&key=${key}`
    await within(
      packWithin,
      `GET ${path}`,
      (async () => {
        const response = await ask(server.port, path, cookie)
        if (response.statusCode !== 200) throw new Error(`${path} was answered ${response.statusCode}`)
        await pipeline(response, createWriteStream(file))
      })(),
    )
    const milliseconds = performance.now() - begun
    const [watched, told] = [await watch.stop(), await progress.stop()]
    return { milliseconds, bytes: (await stat(file)).size, before, cpu: cpuSince(server, used), ...watched, ...told }
  } finally {
    await Promise.allSettled([watch.stop(), progress.stop()])
  }
}

function watchProgress(server: ServerProcess, path: string, cookie: string) {
  const caller = createCaller(server.port)
  const [values, files] = [new Set<string>(), new Set<unknown>()]
  let [last, since, silent, beside] = ['', performance.now(), 0, 0]
  let over = false
  const asking = (async () => {
    while (!over) {
      const { status, body } = await caller.ask('GET', path, { cookie })
      const now = performance.now()
      if (status === 200) {
        const text = JSON.stringify(body)
        const { done, file } = body as { done: number; file: string | null }
        if (text !== last) [last, since] = [text, now]
        silent = Math.max(silent, now - since)
        values.add(text)
        files.add(`${done} ${file}`)
      }
      beside = Math.max(beside, server.beside().rss)
      await pause(askEvery)
    }
  })()
  asking.catch(() => undefined)
  return {
    async stop() {
      over = true
      await asking
      caller.end()
      return { told: values.size, files: files.size, silent, beside }
    },
  }
}
