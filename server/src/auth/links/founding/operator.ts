import type { Kysely } from 'kysely'
import { type Config, readConfig } from '../../../config.ts'
import { takeDataFolder } from '../../../data-folder.ts'
import { createDb } from '../../../db/client.ts'
import { openDatabase } from '../../../db/open.ts'
import type { Database } from '../../../db/types.ts'
import { createLogger } from '../../../log.ts'
import { StartError } from '../../../start-error.ts'
import type { HandedLink } from './service.ts'

/**
 * Runs a command of the operator on the database of the environment and ends the process: prints what `work` answers and
 * exits with 0, or one sentence and 1. `read` looks at what was asked for, before anything is touched. Works beside a running Cabildo on a database of its own (`DATABASE_URL`); the
 * embedded one belongs to the program that runs it, which must be stopped first.
 */
export async function runAsOperator<Asked>(
  read: () => Asked,
  work: (asked: Asked, db: Kysely<Database>, config: Config) => Promise<string>,
): Promise<never> {
  try {
    const asked = read()
    const config = readConfig(process.env)
    // What is printed is for the operator's eyes; logs would only hide it.
    const logger = createLogger('warn')
    const release = config.databaseUrl === undefined ? await takeDataFolder(config.dataDir) : () => undefined
    const database = await openDatabase(config, { logger, onLost: () => {}, beside: true })
    try {
      process.stdout.write(`${await work(asked, createDb(database.pool), config)}\n`)
    } finally {
      await database.close()
      release()
    }
    process.exit(0)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

/** How a link is handed over: whoever reads it can use it. */
export function tellLink({ name, url, expiresAt }: HandedLink): string {
  return `Give ${name} this link. It works once, until ${expiresAt.toISOString()}:\n${url}`
}
