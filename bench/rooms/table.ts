import { type Contender, contenders } from './contenders.ts'
import type { Measure } from './row.ts'
import type { Result } from './suite.ts'

/** Ours against others: how many times the other's figure ours is, and whether that is ahead. */
export interface Ratio {
  value: number
  ahead: boolean
}

/** Ours divided by another's figure. Undefined where one of them has none. Two zeros are even, and count as ahead. */
export function ratioTo(result: Result, ours: string, other: string): Ratio | undefined {
  const a = result.servers[ours]?.median
  const b = result.servers[other]?.median
  if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) return undefined
  const value = a === b ? 1 : a / b
  return { value, ahead: result.measure.better === 'lower' ? value <= 1 : value >= 1 }
}

/** Which peer did best on a measure. */
export function bestPeer({ servers, measure }: Result): string | undefined {
  const peers = contenders.filter(({ role, name }) => role === 'peer' && servers[name])
  const sorted = peers.sort((a, b) => {
    const difference = (servers[a.name]?.median ?? 0) - (servers[b.name]?.median ?? 0)
    return measure.better === 'lower' ? difference : -difference
  })
  return sorted[0]?.name
}

const none = '–'

/** The results as a Markdown table: a line for each measure, and ours divided by the best peer's where both ran. */
export function renderTable(results: readonly Result[], taking: readonly Contender[]): string {
  const ours = taking.find(({ role }) => role === 'ours')?.name
  const head = ['work', ...taking.map(({ name }) => name), ...(ours ? ['ours / best peer'] : [])]
  const body = results
    .filter(({ measure }) => !measure.aside)
    .map((result) => {
      const { title, measure, servers } = result
      const unit = measure.unit ? `, ${measure.unit}` : ''
      const figures = taking.map(({ name }) => tell(measure, servers[name]?.median))
      return [`${title}: ${measure.label}${unit}`, ...figures, ...(ours ? [tellRatio(result, ours)] : [])]
    })
  return align([head, ...body])
}

function tellRatio(result: Result, ours: string): string {
  const peer = bestPeer(result)
  const ratio = peer === undefined ? undefined : ratioTo(result, ours, peer)
  if (!ratio) return none
  return `${ratio.value.toFixed(2)} ${ratio.ahead ? 'ahead of' : '**behind**'} ${peer}`
}

function tell({ digits }: Measure, value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return none
  if (!Number.isFinite(value)) return 'never'
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function align(lines: readonly string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  const render = (line: readonly string[]) =>
    `| ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  const [head = [], ...body] = lines
  return [render(head), rule, ...body.map(render)].join('\n')
}

/** What the record adds, a line for each measure that our server was given with it and without it; nothing when none was. */
export function renderRecordCost(results: readonly Result[]): string | undefined {
  const lines = results.flatMap(({ title, measure, servers }) => {
    const [recorded, plain] = [servers.cabildo?.median, servers['cabildo-unrecorded']?.median]
    if (recorded === undefined || plain === undefined || measure.aside) return []
    const more = Math.round((recorded / plain - 1) * 100)
    const { label, unit } = measure
    return [
      `- ${title}: ${label}, ${tell(measure, recorded)} ${unit} with the record, ${tell(measure, plain)} without: ${more} % more`,
    ]
  })
  return lines.length === 0 ? undefined : ['What the record adds:', '', ...lines].join('\n')
}

/** Where ours does worse than the best peer, a line each; one line when that is nowhere. */
export function renderBehind(results: readonly Result[], ours: string): string {
  const lines = results
    .filter(({ measure }) => !measure.aside)
    .flatMap((result) => {
      const peer = bestPeer(result)
      const ratio = peer === undefined ? undefined : ratioTo(result, ours, peer)
      if (!peer || !ratio || ratio.ahead) return []
      return [`- ${result.title}: ${result.measure.label}, ${ratio.value.toFixed(2)} times that of ${peer}`]
    })
  if (lines.length === 0) return 'Behind the best peer: nowhere.'
  return `Behind the best peer:\n\n${lines.join('\n')}`
}
