import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Kinds of files that shrink. Fonts and pictures are packed already. */
const packable = /\.(?:html|js|css|svg|json|txt|webmanifest)$/
/** Below this a packed answer is no smaller on the wire. Bytes. */
const worthIt = 512

/**
 * Writes `<file>.br` and `<file>.gz` beside every text file of the build, as small as they get, so that the server sends
 * bytes and never packs. A packed file is left out where it would not be smaller.
 */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'cabildo:precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true })
      await Promise.all(names.filter((name) => packable.test(name)).map((name) => pack(join(folder, name))))
    },
  }
}

async function pack(file: string): Promise<void> {
  if (!(await stat(file)).isFile()) return
  const bytes = await readFile(file)
  if (bytes.length < worthIt) return
  const [br, gz] = await Promise.all([
    brotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    zip(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ])
  if (br.length < bytes.length) await writeFile(`${file}.br`, br)
  if (gz.length < bytes.length) await writeFile(`${file}.gz`, gz)
}
