/**
 * What was read in a file as values of a form. The screen shows with it what the server writes with it. Either every word of
 * a part arrives in the value, or there is no value.
 */
import { isIsoDate, milestoneTextLimit } from '../attributes.ts'
import { type JsonNode, tidyFactNamed, tidyField } from '../content.ts'
import { milestoneWords } from '../milestone-words.ts'
import type { FieldKind, TemplateFact } from '../templates/template.ts'
import { childrenOf } from '../text.ts'
import { folded, lineOf, linesOf, paragraphOf } from './words.ts'

/** What stood under one heading, as a `doc` that a rich field can hold. A heading that is null is not to be written. */
export interface PartToWrite {
  heading: string | null
  content: JsonNode
}

/**
 * A field's JSON as its kind holds it, from the parts that go into it, in their order. A rich field takes them as they are, each
 * under its heading; a line takes their words; milestones are read from tables by the heads of their columns, from headings with
 * what stands below, and from lists, one for each item.
 */
export function fieldFrom(kind: FieldKind, parts: readonly PartToWrite[]): JsonNode {
  const blocks = parts.flatMap(({ heading, content }) => [
    ...(kind === 'rich' && heading !== null ? [{ type: 'heading', attrs: { level: 2 }, ...wordsIn(heading) }] : []),
    ...childrenOf(content),
  ])
  if (kind === 'rich') return tidyField({ type: 'doc', content: blocks }, kind)
  if (kind === 'line')
    return tidyField({ type: 'doc', content: [paragraphOf(blocks.map(lineOf).join(' ').trim())] }, kind)
  return tidyField({ type: 'doc', content: milestonesFrom(blocks).map(milestoneNode) }, kind)
}

/** The value of a fact from the parts that go into it; null when they say none, or more than it can hold. */
export function factFrom(fact: TemplateFact, parts: readonly PartToWrite[]): unknown {
  const lines = parts.flatMap(({ content }) => linesOf(content))
  if (lines.length === 0) return null
  const pieces = (between: RegExp) => lines.flatMap((line) => line.split(between)).filter((piece) => piece !== '')
  switch (fact.kind) {
    case 'date':
      return dayFrom(lines.join(' '))
    case 'text':
      return tidyFactNamed(fact.key, lines.join(' '))
    case 'list':
      return tidyFactNamed(fact.key, pieces(/\s*;\s*/))
    case 'choices': {
      const chosen = choicesFrom(fact.options, pieces(/\s*;\s*/)) ?? choicesFrom(fact.options, pieces(/\s*[,;]\s*/))
      return chosen === undefined ? null : tidyFactNamed(fact.key, chosen)
    }
  }
}

type Options = Extract<TemplateFact, { kind: 'choices' }>['options']

/** What was chosen, by values or labels; undefined when one of them is none. */
function choicesFrom(options: Options, said: readonly string[]): string[] | undefined {
  const chosen = said.map((words) => {
    const name = folded(words)
    return options.find(({ value, label }) => [value, label.es, label.en].some((text) => folded(text) === name))?.value
  })
  return chosen.includes(undefined) ? undefined : [...new Set(chosen.filter((value) => value !== undefined))]
}

const monthNames = [
  ...['enero january', 'febrero february', 'marzo march', 'abril april', 'mayo may', 'junio june', 'julio july'],
  ...['agosto august', 'septiembre september setiembre', 'octubre october', 'noviembre november', 'diciembre december'],
].map((names) => names.split(' '))

/**
 * A day as people write it and nothing else (`2026-03-28`, `28/03/2026`, `28 de marzo de 2026`, `March 28, 2026`) as
 * `YYYY-MM-DD`; null for anything more or less.
 */
export function dayFrom(text: string): string | null {
  const said = text.trim().replace(/\.$/, '')
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said) ?? []
  const [, d2, m2, y2] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(said) ?? []
  const [, d3, m3, y3] = /^(\d{1,2})\s+(?:de\s+)?(\p{L}{3,12})\s+(?:del?\s+)?(\d{4})$/iu.exec(said) ?? []
  const [, m4, d4, y4] = /^(\p{L}{3,12})\s+(\d{1,2}),?\s+(\d{4})$/iu.exec(said) ?? []
  const named = (m3 ?? m4)?.toLowerCase()
  const month = named === undefined ? Number(m ?? m2) : monthNames.findIndex((names) => names.includes(named)) + 1
  const date = d ?? d2 ?? d3 ?? d4 ?? ''
  const iso = `${y ?? y2 ?? y3 ?? y4}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`
  return isIsoDate(iso) ? iso : null
}

const actorNames = ['lead', 'supportGovernment', 'supportCivilSociety', 'supportOther'] as const
type ColumnName = 'title' | 'outputs' | 'start' | 'due' | (typeof actorNames)[number]

/** What a column of a table of milestones, or a line below one, says by its name. */
const columnNames: Readonly<Record<ColumnName, readonly string[]>> = {
  title: ['Hito', 'Hitos', 'Milestone', 'Milestones', 'Actividad', 'Activity', 'Actividades', 'Activities'],
  outputs: ['Productos', 'Outputs', 'Productos esperados', 'Expected Outputs', 'Producto', 'Output'],
  start: [milestoneWords.start.es, milestoneWords.start.en, 'Inicio', 'Start', 'Fecha de inicio', 'Start date'],
  due: [
    ...[milestoneWords.due.es, milestoneWords.due.en, 'Fecha', 'Fin', 'End date', 'Fecha de fin', 'Fecha final'],
    ...['Fecha prevista de cumplimiento', 'Expected Completion Date'],
  ],
  lead: [milestoneWords.lead.es, milestoneWords.lead.en, 'Líder'],
  supportOther: ['Apoyo', 'Support', milestoneWords.supportOther.es, milestoneWords.supportOther.en],
  supportGovernment: [milestoneWords.supportGovernment.es, milestoneWords.supportGovernment.en],
  supportCivilSociety: [milestoneWords.supportCivilSociety.es, milestoneWords.supportCivilSociety.en],
}
const columns: ReadonlyMap<string, ColumnName> = new Map(
  (Object.keys(columnNames) as ColumnName[]) // its own literal keys
    .flatMap((name) => columnNames[name].map((head) => [folded(head), name] as const)),
)

/** A milestone as it is being read. What its attributes cannot hold stands among its outputs. */
interface Told {
  title: string
  outputs: string[]
  start: string | null
  due: string | null
  actors: Partial<Record<(typeof actorNames)[number], string>>
}

const begun = (title = ''): Told => ({ title, outputs: [], start: null, due: null, actors: {} })

function tell(told: Told, name: ColumnName | undefined, label: string, value: string): void {
  if (value === '') return
  const kept = label === '' ? value : `${label}: ${value}`
  if (name === 'title' && told.title === '') told.title = value
  else if (name === 'title' || name === 'outputs') told.outputs.push(value)
  else if (name === 'start' || name === 'due') {
    const day = told[name] === null ? dayFrom(value) : null
    if (day === null) told.outputs.push(kept)
    else told[name] = day
  } else if (name !== undefined) {
    const all = [told.actors[name], value].filter((one) => one !== undefined).join('; ')
    if (all.length > milestoneTextLimit) told.outputs.push(kept)
    else told.actors[name] = all
  } else told.outputs.push(kept)
}

/** A line below a milestone: `Responsable: Tesorería` by its name, anything else as an output. */
function tellLine(told: Told, line: string): void {
  const [, label = '', value = ''] = /^([^:]{2,60}):\s*(\S.*)$/.exec(line) ?? []
  const name = columns.get(folded(label))
  if (name === undefined || name === 'title') told.outputs.push(line)
  else tell(told, name, label, value)
}

function milestonesFrom(blocks: readonly JsonNode[]): Told[] {
  const found: Told[] = []
  /** The one that a heading began: what follows is said of it. */
  let open: Told | undefined
  const add = ([title, ...rest]: readonly string[]): Told | undefined => {
    if (title === undefined) return undefined
    const told = begun(title)
    for (const line of rest) tellLine(told, line)
    found.push(told)
    return told
  }
  for (const block of blocks) {
    if (block.type === 'table') {
      open = undefined
      found.push(...milestonesFromTable(block))
    } else if (block.type === 'heading') open = add(linesOf(block)) ?? open
    else if (open) for (const line of linesOf(block)) tellLine(open, line)
    else if (block.type === 'bulletList' || block.type === 'orderedList')
      for (const item of childrenOf(block)) add(linesOf(item))
    else add(linesOf(block))
  }
  return found
}

function milestonesFromTable(table: JsonNode): Told[] {
  const rows = childrenOf(table).map((row) => childrenOf(row).map(lineOf))
  const [heads = []] = rows
  const names = heads.map((head) => columns.get(folded(head)))
  const isNamed = names.includes('title')
  return rows.slice(isNamed ? 1 : 0).flatMap((cells) => {
    const told = begun()
    for (const [at, words] of cells.entries())
      if (isNamed) tell(told, names[at], heads[at] ?? '', words)
      else tell(told, 'title', '', words)
    if (told.title === '') told.title = told.outputs.shift() ?? ''
    const isEmpty =
      told.title === '' && told.start === null && told.due === null && Object.keys(told.actors).length === 0
    return isEmpty ? [] : [told]
  })
}

const wordsIn = (words: string) => (words === '' ? {} : { content: [{ type: 'text', text: words }] })

function milestoneNode({ title, outputs, start, due, actors }: Told): JsonNode {
  const lines = outputs.flatMap((text, at): JsonNode[] => [
    ...(at === 0 ? [] : [{ type: 'hardBreak' }]),
    { type: 'text', text },
  ])
  return {
    type: 'milestone',
    attrs: { start, due, ...Object.fromEntries(actorNames.map((name) => [name, actors[name] ?? ''])) },
    content: [
      { type: 'milestoneTitle', ...wordsIn(title) },
      { type: 'milestoneOutputs', ...(lines.length > 0 && { content: lines }) },
    ],
  }
}
