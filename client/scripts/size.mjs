/*
 * Weighs the first load of each page as it crosses the wire (brotli): HTML, scripts, styles, words and font.
 * `node client/scripts/size.mjs` after a build; fails when the page with the editor is over its budget.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What the files of the page with the editor may weigh. Kilobytes of 1000 bytes. Headers and answers add some 6 kB: this
 * is well below the 350 that are promised (e2e/first-load.e2e.ts), so that growth is seen while there is still room.
 */
const budget = 343

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

/** Pages, and the modules each loads by itself on top of the entry: its chunk, and what that asks for at once. */
const pages = {
  'sign in': ['src/app/pages/login.tsx'],
  plan: ['src/app/pages/plan.tsx'],
  editor: ['src/app/pages/commitment.tsx'],
}
const languages = ['src/locales/es.ts', 'src/locales/en.ts']

/** Every file that the given modules need before they run. */
function filesOf(sources) {
  const seen = new Set()
  const files = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`${key} is not in the build; has it moved?`)
    if (seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const other of chunk.imports ?? []) visit(other)
  }
  for (const source of sources) visit(source)
  return files
}

/** Bytes of a file as it is sent: its brotli form where there is one. */
function weight(file) {
  const packed = statSync(join(dist, `${file}.br`), { throwIfNoEntry: false })
  return (packed ?? statSync(join(dist, file))).size
}

const fonts = Object.values(manifest)
  .map(({ file }) => file)
  .filter((file) => /\/atkinson-[^/]*\.woff2$/.test(file))
if (fonts.length !== 1) throw new Error(`expected one font for reading, found ${fonts.length}`)

const tell = (line) => process.stdout.write(`${line}\n`)
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)
let over = false
for (const [page, sources] of Object.entries(pages)) {
  const perLanguage = languages.map((language) => {
    const files = [...filesOf(['index.html', language, ...sources]), ...fonts, 'index.html']
    return { language, files, total: files.reduce((sum, file) => sum + weight(file), 0) }
  })
  const heaviest = perLanguage.reduce((one, other) => (other.total > one.total ? other : one))
  tell(`${page.padEnd(8)} ${kilobytes(heaviest.total)}  in ${heaviest.files.length} files`)
  if (process.argv.includes('--files') || (page === 'editor' && heaviest.total > budget * 1000)) {
    for (const file of heaviest.files.sort((a, b) => weight(b) - weight(a)))
      tell(`  ${kilobytes(weight(file))}  ${file}`)
  }
  if (page === 'editor') {
    tell(`budget   ${kilobytes(budget * 1000)}  for the page with the editor`)
    over = heaviest.total > budget * 1000
  }
}
if (over) {
  process.stderr.write('The page with the editor is over its budget.\n')
  process.exitCode = 1
}
