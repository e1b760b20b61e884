/** `npm run migrate`: brings the database up to this code and ends. */
import { readConfig } from '../config.ts'
import { takeDataFolder } from '../data-folder.ts'
import { createLogger } from '../log.ts'
import { StartError } from '../start-error.ts'
import { openDatabase } from './open.ts'

try {
  const config = readConfig({ ...process.env, BASE_URL: process.env.BASE_URL || 'http://localhost' })
  const logger = createLogger(config.logLevel)
  const release = await takeDataFolder(config.dataDir)
  const database = await openDatabase(config, { logger, onLost: () => {} })
  await database.close()
  release()
  process.stdout.write('The database is up to date.\n')
  process.exit(0)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
