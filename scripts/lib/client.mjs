import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { orStop, runToEnd, withTime } from './command.mjs'
import { root } from './prepare.mjs'
import { buildWitness } from './witness.mjs'

/** What the built client is made from. */
const sources = [
  'client',
  'packages/protocol',
  'packages/record',
  'packages/schema',
  'packages/witness',
  'package-lock.json',
  'tsconfig.base.json',
]
const skipped = /^(node_modules|dist|\..*)$|\.(test|e2e)\.tsx?$/
const dist = join(root, 'client/dist')

/**
 * Builds the client, and beside it the witness that others fetch as `/witness.mjs`, unless the last build was made from
 * exactly these sources. Only a finished build leaves its mark, so
 * one cut short is made again.
 */
export async function buildClient({ node, env }) {
  const mark = join(dist, '.made-from')
  const wanted = await hashOf(sources)
  if ((await readFile(mark, 'utf8').catch(() => '')) === wanted) return
  console.log('Building the client.')
  await rm(mark, { force: true })
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  // Vite builds for production whatever the environment says, and must not take our variable for its own mode.
  const { NODE_ENV: _, ...rest } = env
  const child = spawn(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'client'),
    env: rest,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await withTime('building', runToEnd(child))
  orStop(code, 'The client could not be built: Vite says above what is wrong.')
  await copyFile(await buildWitness({ node, env }), join(dist, 'witness.mjs'))
  await writeFile(mark, wanted)
}

async function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesUnder(path)) {
      const bytes = await readFile(join(root, file))
      hash.update(`${file}\0${bytes.length}\0`).update(bytes)
    }
  }
  return hash.digest('hex')
}

async function filesUnder(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return [path]
  const kept = entries.filter(({ name }) => !skipped.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const found = await Promise.all(
    kept.map((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`])),
  )
  return found.flat()
}
