import { type JsonNode, tidyField } from '@cabildo/schema/content'
import { targetsOf } from '@cabildo/schema/imported/targets'
import { factFrom } from '@cabildo/schema/imported/values'
import { lineOf, paragraphOf } from '@cabildo/schema/imported/words'
import type { Template } from '@cabildo/schema/templates/template'
import { childrenOf } from '@cabildo/schema/text'
import { createNaming } from './names.ts'
import type { ImportedPart } from './rules.ts'

/** A part that is being read. `level` is its heading's: 1 to 6, 7 for what only looks like a heading, 0 for none. */
interface Draft {
  heading: string | null
  level: number
  target: string | null
  blocks: JsonNode[]
  /** Its heading stands elsewhere already, so that it need not be told where nothing stands below it. */
  isTold: boolean
}

/** The longest line that is a heading, in UTF-16 units. */
const longestHeading = 300

/**
 * A text in parts, by its headings, `most` at most. Words that stand in no part do not exist: a heading without a text of its own
 * is told with the next. A question beside its answer in a table, or a name before its value in a line, are a part too.
 */
export function partsOf(blocks: readonly JsonNode[], template: Template, most: number): ImportedPart[] {
  const targetOf = createNaming(template)
  const drafts: Draft[] = []
  let current: Draft | undefined
  let isTitled = false
  const begin = (draft: Pick<Draft, 'heading' | 'level' | 'target'> & Partial<Draft>): Draft => {
    const begun = { blocks: [], isTold: false, ...draft }
    drafts.push(begun)
    return begun
  }
  const isFull = () => drafts.length >= most - 2

  for (const block of blocks) {
    const head = isFull() ? undefined : headOf(block, targetOf)
    if (head && beginsPart(head, current)) {
      const { text, level, target = null } = head
      const titled = level === 1 && target === null && !isTitled ? titleFrom(text, template) : undefined
      isTitled ||= level === 1
      if (titled !== undefined) begin({ heading: text, level, target: 'field:title', blocks: [paragraphOf(titled)] })
      current = begin({ heading: text, level, target, isTold: titled !== undefined })
      continue
    }
    const rows = isFull() ? undefined : formRows(block, targetOf)
    const fact = isFull() ? undefined : namedFact(block, targetOf)
    if (rows && drafts.length + rows.length < most) {
      for (const row of rows) current = begin({ ...row, level: 7 })
    } else if (fact) begin({ heading: fact.heading, level: 7, target: fact.target, blocks: [paragraphOf(fact.value)] })
    else {
      current ??= begin({ heading: null, level: 0, target: null })
      current.blocks.push(block)
    }
  }
  return finished(drafts, template)
}

/** A heading that the form knows begins a part, and so does one that stands no lower than the part's own. */
const beginsPart = ({ target, level }: Head, current: Draft | undefined): boolean =>
  target !== undefined || !current || current.heading === null || level <= current.level

/** The name of the whole text as a title, without what numbers it; undefined where the form has no title. */
function titleFrom(text: string, { fields }: Template): string | undefined {
  if (!fields.some(({ name, kind }) => name === 'title' && kind === 'line')) return undefined
  return text.replace(/^(?:compromiso|commitment)\s*(?:n\.?º\s*)?\d+\s*[.:–-]?\s*(?=\S)/iu, '')
}

interface Head {
  text: string
  level: number
  target: string | undefined
}

/** What a block is the head of: a heading, or a bold line, or one that ends with a colon, that says what the form calls something. */
function headOf(block: JsonNode, targetOf: (heading: string) => string | undefined): Head | undefined {
  if (block.type !== 'heading' && block.type !== 'paragraph') return undefined
  const text = lineOf(block)
  if (text === '' || text.length > longestHeading) return undefined
  const target = targetOf(text)
  if (block.type === 'heading') return { text, level: Number(block.attrs?.level) || 1, target }
  const isBold = childrenOf(block).every(
    ({ text: words, marks }) => !words?.trim() || marks?.some(({ type }) => type === 'bold'),
  )
  return (isBold || text.endsWith(':')) && target !== undefined ? { text, level: 7, target } : undefined
}

/** A line that names a fact and says its value: `Institución responsable: Tesorería`. */
function namedFact(block: JsonNode, targetOf: (heading: string) => string | undefined) {
  if (block.type !== 'paragraph' || childrenOf(block).some(({ type }) => type === 'hardBreak')) return undefined
  const [, heading = '', value = ''] = /^([^:]{2,120}):\s*(\S.*)$/.exec(lineOf(block)) ?? []
  const target = targetOf(heading)
  return target?.startsWith('fact:') ? { heading, target, value } : undefined
}

/** A form as a table, a question in the first cell and its answer beside it; undefined for any other block. */
function formRows(block: JsonNode, targetOf: (heading: string) => string | undefined) {
  if (block.type !== 'table') return undefined
  const rows = childrenOf(block).map((row) => childrenOf(row))
  const known = rows.filter(([first, second]) => first && second && targetOf(lineOf(first)) !== undefined)
  if (known.length < 2 || known.length * 2 < rows.length) return undefined
  return rows.flatMap(([first, ...rest]) =>
    first
      ? [
          {
            heading: lineOf(first) || null,
            target: targetOf(lineOf(first)) ?? null,
            blocks: rest.flatMap((cell) => [...childrenOf(cell)]),
          },
        ]
      : [],
  )
}

/** Parts with a text, each as a rich field may hold it. */
function finished(drafts: readonly Draft[], template: Template): ImportedPart[] {
  const targets = targetsOf(template)
  const parts: ImportedPart[] = []
  let before: string[] = []
  for (const { heading, target, blocks, isTold } of drafts) {
    const content = tidyField({ type: 'doc', content: blocks.map(lowered) }, 'rich')
    if (!childrenOf(content).some((block) => lineOf(block) !== '')) {
      if (heading !== null && !isTold) before.push(heading)
      continue
    }
    const found = target === null ? undefined : targets.get(target)
    const isValue = found?.what !== 'fact' || factFrom(found.fact, [{ heading: null, content }]) !== null
    const names = [...before, ...(heading === null ? [] : [heading])]
    parts.push({ heading: names.join(' › ') || null, target: isValue ? target : null, content })
    before = []
  }
  if (before.length > 0)
    parts.push({ heading: null, target: null, content: { type: 'doc', content: before.map(paragraphOf) } })
  return parts
}

/** Headings that stay inside a part: a text has three levels below its own. */
function lowered(block: JsonNode): JsonNode {
  if (block.type !== 'heading') return block
  return { ...block, attrs: { level: Math.min(4, Math.max(2, Number(block.attrs?.level) || 2)) } }
}
