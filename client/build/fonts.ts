import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** What reading needs of a font: which letters, and how light and how heavy they get. */
interface Cut {
  /** Styles of the family; each becomes `<style>.woff2`. */
  styles: readonly ('normal' | 'italic')[]
  /** Inclusive ranges of code points. The style sheet repeats them as `unicode-range`. */
  ranges: readonly (readonly [from: number, to: number])[]
  weights: { min: number; max: number }
}

/** Where cut fonts are kept between builds: never committed, made anew when the font or the cut changes. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/cabildo-fonts', import.meta.url))
const resolve = createRequire(import.meta.url).resolve

/**
 * Cuts the fonts of a package of Fontsource down to what reading needs, puts them under `alias` for style sheets, and
 * lets the built page ask for the normal style at once, instead of after its style sheet.
 */
export function fonts(family: string, alias: string, cut: Cut): Plugin {
  return {
    name: 'cabildo:fonts',
    async config() {
      const folder = await cutFonts(family, cut)
      return { resolve: { alias: { [alias]: folder } } }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        if (!bundle) return []
        const files = Object.keys(bundle).filter((name) => /\/normal-[^/]*\.woff2$/.test(name))
        if (files.length !== 1) throw new Error(`expected one font for reading, found ${files.length}`)
        const attrs = { rel: 'preload', href: `/${files[0]}`, as: 'font', type: 'font/woff2', crossorigin: true }
        return [{ tag: 'link', attrs, injectTo: 'head' }]
      },
    },
  }
}

async function cutFonts(family: string, { styles, ranges, weights }: Cut): Promise<string> {
  const text = String.fromCodePoint(
    ...ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step)),
  )
  const sources = await Promise.all(
    styles.map((style) =>
      readFile(resolve(`@fontsource-variable/${family}/files/${family}-latin-wght-${style}.woff2`)),
    ),
  )
  const key = createHash('sha256').update(JSON.stringify([text, weights]))
  for (const source of sources) key.update(source)
  const folder = join(cache, key.digest('hex').slice(0, 16))
  await mkdir(folder, { recursive: true })
  await Promise.all(
    styles.map(async (style, place) => {
      const file = join(folder, `${style}.woff2`)
      const source = sources[place]
      if (!source || (await readFile(file).catch(() => undefined))) return
      await writeFile(file, await subsetFont(source, text, { targetFormat: 'woff2', variationAxes: { wght: weights } }))
    }),
  )
  return folder
}
