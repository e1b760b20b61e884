import { createRequire } from 'node:module'
import { type Logger, pino } from 'pino'
import type Pretty from 'pino-pretty'

export type { Logger } from 'pino'

/** Logs to stdout: JSON lines for programs, readable lines for a terminal. `level` is pino's. */
export function createLogger(level: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stdout.isTTY) return pino(options, pino.destination({ dest: 1, sync: true }))
  // Read for a terminal alone: it is thirty files.
  const pretty: typeof Pretty = createRequire(import.meta.url)('pino-pretty')
  return pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }))
}
