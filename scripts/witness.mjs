/** `npm run witness:build`: builds the witness into one file and says where it is, with its SHA-256. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { command } from './lib/command.mjs'
import { prepare } from './lib/prepare.mjs'
import { buildWitness } from './lib/witness.mjs'

await command(async () => {
  const path = await buildWitness(await prepare())
  const digest = createHash('sha256').update(await readFile(path))
  console.log(`${relative('.', path)}  sha256:${digest.digest('hex')}`)
  return 0
})
