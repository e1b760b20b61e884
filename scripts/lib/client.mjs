import { spawn } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { orStop, runToEnd, withTime } from './command.mjs'
import { makeOnce } from './made-from.mjs'
import { root } from './prepare.mjs'
import { buildWitness } from './witness.mjs'

/** What the built client is made from. */
const sources = [
  'client',
  'packages/authorship',
  'packages/protocol',
  'packages/record',
  'packages/schema',
  'packages/verify',
  'packages/witness',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.anywhere.json',
  'tsconfig.node.json',
  'tsconfig.page.json',
]
const dist = join(root, 'client/dist')

/**
 * Builds the client, and beside it the witness that others fetch as `/witness.mjs`, unless the last build was made from
 * exactly these sources.
 */
export function buildClient({ node, env }) {
  return makeOnce(dist, sources, async (made) => {
    console.log('Building the client.')
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    // Vite builds for production whatever the environment says, and must not take our variable for its own mode.
    const { NODE_ENV: _, ...rest } = env
    const child = spawn(node, [vite, 'build', '--outDir', made, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: join(root, 'client'),
      env: rest,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const code = await withTime('building', runToEnd(child))
    orStop(code, 'The client could not be built: Vite says above what is wrong.')
    await copyFile(await buildWitness({ node, env }), join(made, 'witness.mjs'))
  })
}
