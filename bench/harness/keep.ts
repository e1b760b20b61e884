import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const page = new URL('../../docs/performance.md', import.meta.url)

/** Writes a report where it is asked for. JSON has no Infinity, and the sixth digit of a measurement says nothing. */
export function writeReport(file: string | URL, report: object): void {
  writeFileSync(file, `${JSON.stringify(report, tellNumber, 2)}\n`)
}

/** Makes a run the one that counts: its report becomes the suite's baseline, and its text the suite's part of the docs. */
export function keepRun(suite: string, report: object, text: string): void {
  const folder = new URL('../baseline/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeReport(new URL(`${suite}.json`, folder), report)
  writeFileSync(page, replacePart(readFileSync(page, 'utf8'), suite, text))
}

/** Puts `text` between the marks of a part. Throws when the page has no such part. */
export function replacePart(markdown: string, part: string, text: string): string {
  const [open, close] = [`<!-- bench:${part} -->`, `<!-- /bench:${part} -->`]
  const start = markdown.indexOf(open)
  const end = markdown.indexOf(close)
  if (start < 0 || end < start) throw new Error(`docs/performance.md has no place for ${part}`)
  return `${markdown.slice(0, start + open.length)}\n\n${text.trim()}\n\n${markdown.slice(end)}`
}

function tellNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) return Number.isNaN(value) ? null : 'never'
  return Number.isInteger(value) ? value : Number(value.toPrecision(5))
}
