import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const skipped = /^(node_modules|dist|\..*)$|\.(test|e2e)\.tsx?$/

/**
 * Has `make` fill the folder `dist`, unless what is there was made from exactly these sources (files and folders of the
 * repository). It is made elsewhere and takes its place when it is whole: what was cut short is made again, and of two
 * that are made at once the program gets one or the other.
 */
export async function makeOnce(dist, sources, make) {
  const wanted = await hashOf(sources)
  const isMade = async () => (await readFile(join(dist, mark), 'utf8').catch(() => '')) === wanted
  if (await isMade()) return
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'made-'))
  try {
    await make(folder)
    await writeFile(join(folder, mark), wanted)
    await rm(dist, { recursive: true, force: true })
    await rename(folder, dist).catch(async (error) => {
      // Another one was faster.
      if (!(await isMade())) throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const mark = '.made-from'

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
