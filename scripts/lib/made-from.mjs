import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const skipped = /^(node_modules|dist|\..*)$|\.(test|e2e)\.tsx?$/

/**
 * Has `make` fill the folder `dist`, unless what is there was made from exactly these sources (files and folders of the
 * repository). Only what was finished leaves its mark, so what was cut short is made again.
 */
export async function makeOnce(dist, sources, make) {
  const mark = join(dist, '.made-from')
  const wanted = await hashOf(sources)
  if ((await readFile(mark, 'utf8').catch(() => '')) === wanted) return
  await rm(mark, { force: true })
  await make()
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
