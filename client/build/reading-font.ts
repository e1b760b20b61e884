import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** What reading needs of a font: which letters, and how light and how heavy they get. */
interface Cut {
  /** Inclusive ranges of code points. The style sheet repeats them as `unicode-range`. */
  ranges: readonly (readonly [from: number, to: number])[]
  weights: { min: number; max: number }
}

/** Where cut fonts are kept between builds: never committed, made anew when the font or the cut changes. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/cabildo-fonts', import.meta.url))

/**
 * Cuts the font in `source` (a WOFF2 file) down to what reading needs, puts it as `<name>.woff2` under `alias` for style
 * sheets, and lets the built page ask for it at once, instead of after its style sheet.
 */
export function readingFont(source: string, { name, alias, cut }: { name: string; alias: string; cut: Cut }): Plugin {
  return {
    name: 'cabildo:reading-font',
    async config() {
      const folder = await cutFont(source, name, cut)
      return { resolve: { alias: { [alias]: folder } } }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        if (!bundle) return []
        const isFont = (file: string) => file.startsWith(`assets/${name}-`) && file.endsWith('.woff2')
        const files = Object.keys(bundle).filter(isFont)
        if (files.length !== 1) throw new Error(`expected one font for reading, found ${files.length}`)
        const attrs = { rel: 'preload', href: `/${files[0]}`, as: 'font', type: 'font/woff2', crossorigin: true }
        return [{ tag: 'link', attrs, injectTo: 'head' }]
      },
    },
  }
}

async function cutFont(source: string, name: string, { ranges, weights }: Cut): Promise<string> {
  const text = String.fromCodePoint(
    ...ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step)),
  )
  const whole = await readFile(source)
  const key = createHash('sha256')
    .update(JSON.stringify([text, weights]))
    .update(whole)
    .digest('hex')
    .slice(0, 16)
  const folder = join(cache, key)
  const file = join(folder, `${name}.woff2`)
  if (await readFile(file).catch(() => undefined)) return folder
  await mkdir(folder, { recursive: true })
  const part = await subsetFont(whole, text, { targetFormat: 'woff2', variationAxes: { wght: weights } })
  // Written aside first: another build at the same time must not read half a font.
  const aside = `${file}.${process.pid}`
  await writeFile(aside, part)
  await rename(aside, file)
  return folder
}
