import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { orStop, runToEnd, withTime } from './command.mjs'
import { makeOnce } from './made-from.mjs'
import { root } from './prepare.mjs'

/** What the program is made from. What it leaves where it is (server/vite.config.ts) it reads at each start. */
const sources = [
  'packages/authorship',
  'packages/protocol',
  'packages/record',
  'packages/schema',
  'packages/verify',
  'server',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.anywhere.json',
  'tsconfig.node.json',
  'tsconfig.page.json',
]
const folder = join(root, 'server')

/**
 * Joins the server's modules into one file, unless that was made from exactly these sources, and answers its path. To find
 * and read a thousand modules took half of every start; joining them takes as long as two starts.
 */
export async function buildServer({ node, env }) {
  await makeOnce(join(folder, 'dist'), sources, async (made) => {
    const { NODE_ENV: _, ...rest } = env
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const options = { cwd: folder, env: rest, stdio: ['ignore', 'ignore', 'inherit'] }
    const code = await withTime(
      'building',
      runToEnd(spawn(node, [vite, 'build', '--outDir', made, '--emptyOutDir'], options)),
    )
    orStop(code, 'The server could not be built: Vite says above what is wrong.')
  })
  return join(folder, 'dist/main.mjs')
}
