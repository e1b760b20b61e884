import type { Content, JsonMark, JsonNode } from './content.ts'
import { type Language, milestoneAttributes, milestoneValue, milestoneWords, outputsWord } from './milestone-words.ts'
import { attributeAllowed, markAllowed } from './rules.ts'
import { templateNamed } from './templates/templates.ts'
import { childrenOf, factText, textOf } from './text.ts'

/**
 * HTML from content, without a DOM. Only the tags and attributes written in this file can come out, each value is
 * checked again here and everything else is escaped: content from anywhere is safe to serve. No inline style, no script.
 */
export interface HtmlOptions {
  /** Level of the heading above the field; the field's own headings begin one below. 1 by default. */
  under?: number
  /** Language of the words around milestones. Spanish by default. */
  language?: Language
}

/** Text as it may stand in HTML, in an element or in a quoted attribute. Control characters that HTML forbids are dropped. */
export function escapeHtml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
  )
}

/** One field as HTML. */
export function fieldHtml(doc: JsonNode | undefined, { under = 1, language = 'es' }: HtmlOptions = {}): string {
  const blocks = childrenOf(doc)
  if (!blocks.some(({ type }) => type === 'milestone')) return blocksHtml(blocks, under)
  const items = blocks.filter(({ type }) => type === 'milestone').map((node) => milestoneHtml(node, under, language))
  return `<ol class="milestones">${items.join('')}</ol>`
}

/**
 * A whole document as an `article`: its title, or the form's name where the form has none, then sections with facts and
 * fields that hold something.
 */
export function contentHtml(content: Content, language: Language = 'es'): string {
  const template = templateNamed(content)
  const title = content.fields.title ? textOf(content.fields.title, ' ').trim() : template.label[language]
  const sections = template.sections.map((section) => {
    const facts = template.facts
      .filter(({ key }) => section.facts.includes(key))
      .map((fact) => [fact.label[language], factText(fact, content.facts[fact.key], language)] as const)
      .filter(([, text]) => text !== '')
      .map(([label, text]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd></div>`)
    const fields = template.fields
      .filter(({ name }) => name !== 'title' && section.fields.includes(name))
      .filter(({ name }) =>
        childrenOf(content.fields[name]).some((block) => block.type === 'milestone' || textOf(block) !== ''),
      )
      .map(
        ({ name, label }) =>
          `<h3>${escapeHtml(label[language])}</h3>${fieldHtml(content.fields[name], { under: 3, language })}`,
      )
    const list = facts.length === 0 ? '' : `<dl>${facts.join('')}</dl>`
    if (list === '' && fields.length === 0) return ''
    return `<section><h2>${escapeHtml(section.label[language])}</h2>${list}${fields.join('')}</section>`
  })
  return `<article lang="${language}"><h1>${escapeHtml(title)}</h1>${sections.join('')}</article>`
}

const blocksHtml = (blocks: readonly JsonNode[], under: number): string =>
  blocks.map((block) => blockHtml(block, under)).join('')

function blockHtml(node: JsonNode, under: number): string {
  const inside = () => blocksHtml(childrenOf(node), under)
  switch (node.type) {
    case 'paragraph':
      return `<p>${inlineHtml(childrenOf(node))}</p>`
    case 'heading': {
      // Headings of the document are 2 to 4; they move below the heading the field stands under.
      const level = attributeAllowed('heading', 'level', node.attrs?.level) ? Number(node.attrs?.level) : 2
      const tag = `h${Math.min(6, level - 1 + under)}`
      return `<${tag}>${inlineHtml(childrenOf(node))}</${tag}>`
    }
    case 'bulletList':
      return `<ul>${inside()}</ul>`
    case 'orderedList':
      return `<ol${attribute(node, 'start', (value) => Number(value) !== 1 && Number(value) < 2 ** 31)}${attribute(node, 'type')}>${inside()}</ol>`
    case 'listItem':
      return `<li>${inside()}</li>`
    case 'blockquote':
      return `<blockquote>${inside()}</blockquote>`
    case 'table':
      return `<table><tbody>${childrenOf(node)
        .map((row, index) => rowHtml(row, index, under))
        .join('')}</tbody></table>`
    default:
      return ''
  }
}

function rowHtml(row: JsonNode, rowIndex: number, under: number): string {
  if (row.type !== 'tableRow') return ''
  const cells = childrenOf(row).map((cell) => {
    if (cell.type !== 'tableHeader' && cell.type !== 'tableCell') return ''
    const tag = cell.type === 'tableHeader' ? 'th' : 'td'
    const scope = tag === 'td' ? '' : ` scope="${rowIndex === 0 ? 'col' : 'row'}"`
    const spans = ['colspan', 'rowspan'].map((name) => attribute(cell, name, (value) => value !== 1)).join('')
    const align = cell.attrs?.align
    const aligned =
      typeof align === 'string' && attributeAllowed(cell.type, 'align', align) ? ` class="align-${align}"` : ''
    return `<${tag}${scope}${spans}${aligned}>${blocksHtml(childrenOf(cell), under)}</${tag}>`
  })
  return `<tr>${cells.join('')}</tr>`
}

function milestoneHtml(node: JsonNode, under: number, language: Language): string {
  const part = (type: string) => inlineHtml(childrenOf(childrenOf(node).find((child) => child.type === type)))
  const tag = `h${Math.min(6, under + 1)}`
  const outputs = part('milestoneOutputs')
  const rows = milestoneAttributes.flatMap((name) => {
    const value = node.attrs?.[name]
    if (!attributeAllowed('milestone', name, value)) return []
    const text = milestoneValue(name, value, language)
    if (text === '') return []
    const shown =
      name === 'start' || name === 'due' ? `<time datetime="${value}">${escapeHtml(text)}</time>` : escapeHtml(text)
    return [`<div><dt>${escapeHtml(milestoneWords[name][language])}</dt><dd>${shown}</dd></div>`]
  })
  if (outputs !== '') rows.unshift(`<div><dt>${escapeHtml(outputsWord[language])}</dt><dd>${outputs}</dd></div>`)
  const list = rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`
  return `<li><${tag}>${part('milestoneTitle')}</${tag}>${list}</li>`
}

function attribute(node: JsonNode, name: string, wanted: (value: unknown) => boolean = () => true): string {
  const value = node.attrs?.[name]
  if (value === null || value === undefined || !attributeAllowed(node.type, name, value) || !wanted(value)) return ''
  return ` ${name}="${escapeHtml(String(value))}"`
}

const markTags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
}

/** Opening and closing tag of a mark; null for a mark that may not be shown. */
function markHtml(mark: JsonMark): { open: string; close: string } | null {
  if (!markAllowed(mark.type, mark.attrs ?? {})) return null
  if (mark.type === 'link') {
    return {
      open: `<a href="${escapeHtml(String(mark.attrs?.href))}" rel="noopener noreferrer nofollow">`,
      close: '</a>',
    }
  }
  const tag = markTags[mark.type]
  return tag === undefined ? null : { open: `<${tag}>`, close: `</${tag}>` }
}

/** Text with its marks nested, so that a link with a bold word in it stays one link. */
function inlineHtml(nodes: readonly JsonNode[]): string {
  let html = ''
  let open: { open: string; close: string }[] = []
  const closeTo = (depth: number) => {
    for (const mark of open.slice(depth).reverse()) html += mark.close
    open = open.slice(0, depth)
  }
  for (const node of nodes) {
    if (node.type === 'hardBreak') html += '<br>'
    if (node.type !== 'text') continue
    const marks = (node.marks ?? []).flatMap((mark) => markHtml(mark) ?? [])
    let kept = 0
    while (kept < open.length && open[kept]?.open === marks[kept]?.open) kept += 1
    closeTo(kept)
    for (const mark of marks.slice(kept)) {
      html += mark.open
      open.push(mark)
    }
    html += escapeHtml(node.text ?? '')
  }
  closeTo(0)
  return html
}
