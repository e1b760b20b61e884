/** `npm run types:db`: writes `types.ts` anew from a database that was migrated for this alone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../log.ts'
import { startPostgres } from './embedded.ts'
import { generateTypes } from './generate-types.ts'
import { openDatabase } from './open.ts'

const logger = createLogger('warn')
const dataDir = await mkdtemp(join(tmpdir(), 'cabildo-types-'))
try {
  const server = await startPostgres({ dataDir, logger })
  const database = await openDatabase({ databaseUrl: server.url, dataDir }, { logger, onLost: () => {} })
  await writeFile(new URL('types.ts', import.meta.url), await generateTypes(server.url))
  await database.close()
  await server.stop()
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
process.exit(0)
