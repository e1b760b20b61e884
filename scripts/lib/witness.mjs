import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { orStop, runToEnd, withTime } from './command.mjs'
import { root } from './prepare.mjs'

const folder = join(root, 'packages/witness')

/** Builds the witness into one file that any Node from 20 on runs, and answers its path. */
export async function buildWitness({ node, env }) {
  const { NODE_ENV: _, ...rest } = env
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const options = { cwd: folder, env: rest, stdio: ['ignore', 'ignore', 'inherit'] }
  const code = await withTime('building', runToEnd(spawn(node, [vite, 'build'], options)))
  orStop(code, 'The witness could not be built: Vite says above what is wrong.')
  return join(folder, 'dist/witness.mjs')
}
