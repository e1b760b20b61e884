import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What `types.ts` must be for the migrated database at `url`. A test holds the file to it; `npm run types:db` writes it. */
export async function generateTypes(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cabildo-types-'))
  const file = join(folder, 'types.ts')
  const program = createRequire(import.meta.url).resolve('kysely-codegen/dist/cli/bin.js')
  const types = JSON.stringify({ int8: 'number', bytea: 'Uint8Array' })
  const options = ['--dialect', 'postgres', '--camel-case', '--exclude-pattern', 'kysely_*', '--type-mapping', types]
  try {
    await run(process.execPath, [program, ...options, '--url', url, '--out-file', file])
    const text = await readFile(file, 'utf8')
    return text.replace('export interface DB {', 'export interface Database {')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
