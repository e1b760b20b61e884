import type { Content, JsonNode } from './content.ts'
import {
  dayInWords,
  type Language,
  milestoneAttributes,
  milestoneValue,
  milestoneWords,
  outputsWord,
} from './milestone-words.ts'
import { shapeNamed } from './templates/shapes.ts'
import type { Template, TemplateFact } from './templates/template.ts'

/** The children of a node of JSON; none for a leaf. */
export const childrenOf = (node: JsonNode | undefined): readonly JsonNode[] => node?.content ?? []

/** All text below a node without any layout; a hard break is `lineBreak`. */
export function textOf(node: JsonNode | undefined, lineBreak = '\n'): string {
  if (node === undefined) return ''
  if (node.type === 'text') return node.text ?? ''
  if (node.type === 'hardBreak') return lineBreak
  return childrenOf(node)
    .map((child) => textOf(child, lineBreak))
    .join('')
}

/** How many characters (code points) people wrote in a field: the number to hold against its soft limit. */
export function fieldLength(doc: JsonNode | undefined): number {
  let length = 0
  for (const _ of textOf(doc)) length += 1
  return length
}

/**
 * A field as plain text to read: paragraphs apart by an empty line, bullets and numbers before list items, `> ` before
 * quotes, cells apart by tabs, milestones with their dates and actors in words.
 */
export function fieldText(doc: JsonNode | undefined, language: Language = 'es'): string {
  const blocks = childrenOf(doc)
  let milestone = 0
  return blocks
    .map((block) => {
      if (block.type !== 'milestone') return blockLines(block).join('\n')
      milestone += 1
      return milestoneLines(block, milestone, language).join('\n')
    })
    .join('\n\n')
    .trim()
}

function blockLines(node: JsonNode): string[] {
  switch (node.type) {
    case 'bulletList':
      return childrenOf(node).flatMap((item) => itemLines(item, '• '))
    case 'orderedList': {
      const start = typeof node.attrs?.start === 'number' ? node.attrs.start : 1
      return childrenOf(node).flatMap((item, index) => itemLines(item, `${start + index}. `))
    }
    case 'blockquote':
      return childrenOf(node)
        .flatMap(blockLines)
        .map((line) => `> ${line}`)
    case 'table':
      return childrenOf(node).map((row) => childrenOf(row).map(cellText).join('\t'))
    default:
      return textOf(node).split('\n')
  }
}

function itemLines(item: JsonNode, sign: string): string[] {
  const indent = ' '.repeat(sign.length)
  return childrenOf(item)
    .flatMap(blockLines)
    .map((line, index) => (index === 0 ? sign : indent) + line)
}

const cellText = (cell: JsonNode): string =>
  childrenOf(cell)
    .flatMap(blockLines)
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')
    .join(' ')

function milestoneLines(node: JsonNode, number: number, language: Language): string[] {
  const part = (type: string) => textOf(childrenOf(node).find((child) => child.type === type)).trim()
  const outputs = part('milestoneOutputs')
  const details = milestoneAttributes.flatMap((name) => {
    const value = milestoneValue(name, node.attrs?.[name], language)
    return value === '' ? [] : [`   ${milestoneWords[name][language]}: ${value}`]
  })
  return [
    `${number}. ${part('milestoneTitle').replace(/\s+/g, ' ')}`.trimEnd(),
    ...(outputs === '' ? [] : [`   ${outputsWord[language]}: ${outputs.replaceAll('\n', '\n   ')}`]),
    ...details,
  ]
}

/** A fact in words, several values apart by semicolons; empty when it is not set. */
export function factText(fact: TemplateFact, value: unknown, language: Language = 'es'): string {
  const values = Array.isArray(value) ? value : [value]
  return values
    .filter((item): item is string => typeof item === 'string' && item !== '')
    .map((item) => {
      if (fact.kind === 'date') return dayInWords(item, language)
      if (fact.kind !== 'choices') return item
      return fact.options.find((option) => option.value === item)?.label[language] ?? item
    })
    .join('; ')
}

/** A whole document as plain text: the text of its fields in order, empty ones left out. */
export function plainText(content: Content): string {
  return shapeNamed(content)
    .fields.map(({ name }) => fieldText(content.fields[name]))
    .filter((text) => text !== '')
    .join('\n\n')
}

/**
 * The same with names: each field under its own in that language, and each fact that is set on a line of its own, where
 * the form has it. `template` is the content's.
 */
export function labelledText(content: Content, template: Template, language: Language): string {
  const parts = template.sections.flatMap((section) => [
    ...template.fields
      .filter(({ name }) => section.fields.includes(name))
      .map(({ name, label }) => [label[language], fieldText(content.fields[name], language)] as const)
      .filter(([, text]) => text !== '')
      .map(([label, text]) => `${label}\n\n${text}`),
    ...factLines(template.facts, section.facts, content, language),
  ])
  return parts.join('\n\n\n')
}

function factLines(
  facts: readonly TemplateFact[],
  keys: readonly string[],
  content: Content,
  language: Language,
): string[] {
  const lines = facts
    .filter(({ key }) => keys.includes(key))
    .map((fact) => [fact.label[language], factText(fact, content.facts[fact.key], language)] as const)
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `${label}: ${text}`)
  return lines.length === 0 ? [] : [lines.join('\n')]
}
