/**
 * A text as every exported form of it is made from: blocks in reading order, without a DOM and without markup. Only what is
 * named here can come out, each value is checked again, and words hold no sign that draws nothing or turns others around.
 */
import type { JsonMark, JsonNode } from '@cabildo/schema/content'
import { type Language, milestoneValue, milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import { attributeAllowed, markAllowed } from '@cabildo/schema/rules'
import type { Localized } from '@cabildo/schema/templates/template'
import { childrenOf, textOf } from '@cabildo/schema/text'
import { drawable } from '../typeset/service.ts'

/** How words are stressed, in the order in which they are nested. */
export const emphases = ['bold', 'italic', 'underline', 'strike', 'code'] as const

/** One way of stressing words. */
export type Emphasis = (typeof emphases)[number]

/** Words of one look. A line break is a run whose text is `\n`. `href` is an address that a link may have. */
export interface Run {
  text: string
  marks?: readonly Emphasis[]
  href?: string
}

/** A cell of a table; `head` names a column or a row. */
export interface Cell {
  head: boolean
  colspan: number
  rowspan: number
  align: 'left' | 'center' | 'right' | null
  blocks: readonly Block[]
}

/** One block. A heading has level 1 to 6; `anchor` names it within the document: letters, digits and `-`. */
export type Block =
  | { kind: 'heading'; level: number; runs: readonly Run[]; anchor?: string }
  | { kind: 'paragraph'; runs: readonly Run[] }
  | { kind: 'list'; ordered: boolean; start: number; items: readonly (readonly Block[])[] }
  | { kind: 'quote'; blocks: readonly Block[] }
  | { kind: 'table'; rows: readonly (readonly Cell[])[] }
  | { kind: 'facts'; rows: readonly { term: string; text: string; href?: string }[] }
  | { kind: 'note'; text: string }

/** What stands at the foot of every page: words, and where more is told, which a QR code leads to. */
export interface Foot {
  lines: readonly string[]
  address: string | null
}

/** A whole document, with what stands above its blocks and at the foot of its pages. */
export interface Outline {
  language: Language
  title: string
  author: string
  /** When it was made: the same document at the same moment is the same bytes. */
  at: Date
  /** Lines under the title. */
  lines: readonly string[]
  blocks: readonly Block[]
  foot: Foot
}

/** Words as a run, clean. */
const plain = (text: string): Run => ({ text: clean(text) })

/** A paragraph of plain words. */
export const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [plain(text)] })

/** A heading of plain words. */
export const heading = (level: number, text: string, anchor?: string): Block => ({
  ...{ kind: 'heading', level, runs: [plain(text)] },
  ...(anchor === undefined ? {} : { anchor }),
})

/** A table of plain words whose first row names the columns. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): Block {
  const cell = (text: string, isHead: boolean): Cell => ({
    ...{ head: isHead, colspan: 1, rowspan: 1, align: null },
    blocks: text === '' ? [] : [paragraph(text)],
  })
  return {
    kind: 'table',
    rows: [head.map((text) => cell(text, true)), ...rows.map((row) => row.map((text) => cell(text, false)))],
  }
}

/** Marks that are seen nowhere and say which way the words around them run: no word of a plan needs one. */
const marksOfDirection = /[\u061c\u200e\u200f]/g

/** Words as any document may hold them. */
export function clean(text: string): string {
  return drawable(text.toWellFormed()).replaceAll(marksOfDirection, '')
}

/** The blocks of one field; its headings begin one level below `under`. Empty for a field that says nothing. */
export function fieldBlocks(
  doc: JsonNode | undefined,
  { under, language }: { under: number; language: Language },
): Block[] {
  const nodes = childrenOf(doc)
  if (nodes.some(({ type }) => type === 'milestone'))
    return [
      milestoneTable(
        nodes.filter(({ type }) => type === 'milestone'),
        language,
      ),
    ]
  const blocks = evenLevels(blocksOf(nodes, under), under)
  return blocks.some(saysSomething) ? blocks : []
}

/** Headings that skip a level are one below the one before: readers of tags, and PDF/UA, go from one to the next. */
function evenLevels(blocks: readonly Block[], under: number): Block[] {
  let before = under
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block
    before = Math.min(block.level, before + 1)
    return { ...block, level: before }
  })
}

/** Whether anything can be read in a block. */
export function saysSomething(block: Block): boolean {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.runs.some(({ text }) => text.trim() !== '')
    case 'list':
      return block.items.flat().some(saysSomething)
    case 'quote':
      return block.blocks.some(saysSomething)
    default:
      return true
  }
}

/** `under` is null inside a list, a quote or a table, where a heading would be one of nothing: it is a bold paragraph there. */
function blocksOf(nodes: readonly JsonNode[], under: number | null): Block[] {
  return nodes.flatMap((node): Block[] => {
    switch (node.type) {
      case 'paragraph':
        return [{ kind: 'paragraph', runs: runsOf(childrenOf(node)) }]
      case 'heading': {
        if (under === null) return [{ kind: 'paragraph', runs: runsOf(childrenOf(node)).map(inBold) }]
        const level = attributeAllowed('heading', 'level', node.attrs?.level) ? Number(node.attrs?.level) : 2
        return [{ kind: 'heading', level: Math.min(6, level - 1 + under), runs: runsOf(childrenOf(node)) }]
      }
      case 'bulletList':
      case 'orderedList':
        return [listOf(node)]
      case 'blockquote':
        return [{ kind: 'quote', blocks: blocksOf(childrenOf(node), null) }]
      case 'table':
        return [{ kind: 'table', rows: rowsOf(node) }]
      default:
        return []
    }
  })
}

function listOf(node: JsonNode): Block {
  const start = node.attrs?.start
  return {
    kind: 'list',
    ordered: node.type === 'orderedList',
    start: attributeAllowed('orderedList', 'start', start) && Number(start) < 2 ** 31 ? Number(start) : 1,
    items: childrenOf(node)
      .filter(({ type }) => type === 'listItem')
      .map((item) => blocksOf(childrenOf(item), null)),
  }
}

function rowsOf(table: JsonNode): Cell[][] {
  return childrenOf(table)
    .filter(({ type }) => type === 'tableRow')
    .map((row) =>
      childrenOf(row)
        .filter(({ type }) => type === 'tableHeader' || type === 'tableCell')
        .map((cell): Cell => {
          const span = (name: string) => {
            const value = cell.attrs?.[name]
            return attributeAllowed(cell.type, name, value) ? Number(value) : 1
          }
          const align = cell.attrs?.align
          return {
            head: cell.type === 'tableHeader',
            colspan: span('colspan'),
            rowspan: span('rowspan'),
            // Checked by the rules of the schema, which know these three and null.
            align: attributeAllowed(cell.type, 'align', align) ? ((align ?? null) as Cell['align']) : null,
            blocks: blocksOf(childrenOf(cell), null),
          }
        }),
    )
    .filter((row) => row.length > 0)
}

const inBold = (run: Run): Run =>
  run.text === '\n' ? run : { ...run, marks: emphases.filter((one) => one === 'bold' || run.marks?.includes(one)) }

/** Words with their looks, neighbours of one look joined. */
function runsOf(nodes: readonly JsonNode[]): Run[] {
  const runs: Run[] = []
  for (const node of nodes) {
    if (node.type === 'hardBreak') runs.push({ text: '\n' })
    if (node.type !== 'text' || !node.text) continue
    const marks = (node.marks ?? []).filter(({ type, attrs }) => markAllowed(type, attrs ?? {}))
    const run: Run = { text: clean(node.text), ...looksOf(marks) }
    const last = runs.at(-1)
    if (last && last.text !== '\n' && last.href === run.href && `${last.marks ?? ''}` === `${run.marks ?? ''}`)
      last.text += run.text
    else runs.push(run)
  }
  return runs
}

function looksOf(marks: readonly JsonMark[]): Omit<Run, 'text'> {
  const stressed = emphases.filter((emphasis) => marks.some(({ type }) => type === emphasis))
  const href = marks.find(({ type }) => type === 'link')?.attrs?.href
  return { ...(stressed.length > 0 && { marks: stressed }), ...(typeof href === 'string' && { href }) }
}

/** What to call the first column of a table of milestones. */
const milestoneWord: Localized = { es: 'Hito', en: 'Milestone' }
/** What to call whoever helps with one. */
const supportWord: Localized = { es: 'Apoyo', en: 'Support' }

const supports = ['supportGovernment', 'supportCivilSociety', 'supportOther'] as const

/** Milestones as OGP's form has them: a table with a row for each. */
function milestoneTable(nodes: readonly JsonNode[], language: Language): Block {
  const part = (node: JsonNode, type: string) => textOf(childrenOf(node).find((child) => child.type === type)).trim()
  const value = (node: JsonNode, name: Parameters<typeof milestoneValue>[0]) => {
    const given = node.attrs?.[name]
    return attributeAllowed('milestone', name, given) ? milestoneValue(name, given, language) : ''
  }
  return plainTable(
    [
      ...['N.º', milestoneWord[language], outputsWord[language]],
      ...(['start', 'due', 'lead'] as const).map((name) => milestoneWords[name][language]),
      supportWord[language],
    ],
    nodes.map((node, index) => [
      ...[String(index + 1), part(node, 'milestoneTitle'), part(node, 'milestoneOutputs')],
      ...[value(node, 'start'), value(node, 'due'), value(node, 'lead')],
      supports
        .map((name) => value(node, name))
        .filter((text) => text !== '')
        .join('; '),
    ]),
  )
}
