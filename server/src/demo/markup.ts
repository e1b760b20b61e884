import type { JsonMark, JsonNode } from '@cabildo/schema/content'

/*
 * The markup in which the demo's texts are written down, as small as they need: blocks stand apart by an empty line;
 * `## ` heading, `> ` quote, `- ` and `1. ` lists, `|a|b|` table with a first row of headings;
 * `**bold**`, `*italic*`, `[words](address)`.
 */

/** The nodes of a text in the demo's markup. */
export function readMarkup(text: string): JsonNode[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map(readBlock)
}

function readBlock(block: string): JsonNode {
  const lines = block.split('\n').map((line) => line.trim())
  const joined = lines.join(' ')
  if (joined.startsWith('## ')) {
    return { type: 'heading', attrs: { level: 2 }, content: readInline(joined.slice(3)) }
  }
  if (joined.startsWith('> ')) return { type: 'blockquote', content: [paragraph(joined.slice(2))] }
  if (joined.startsWith('- ')) return { type: 'bulletList', content: lines.map((line) => item(line.slice(2))) }
  if (joined.startsWith('1. ')) {
    return { type: 'orderedList', content: lines.map((line) => item(line.replace(/^\d+\. /, ''))) }
  }
  if (joined.startsWith('|')) return { type: 'table', content: lines.map(readRow) }
  return paragraph(joined)
}

function readRow(line: string, index: number): JsonNode {
  const cells = line.replace(/^\||\|$/g, '').split('|')
  const type = index === 0 ? 'tableHeader' : 'tableCell'
  return { type: 'tableRow', content: cells.map((cell) => ({ type, content: [paragraph(cell.trim())] })) }
}

const item = (text: string): JsonNode => ({ type: 'listItem', content: [paragraph(text)] })

function paragraph(text: string): JsonNode {
  return { type: 'paragraph', content: readInline(text) }
}

const inline = /\*\*(?<bold>.+?)\*\*|\*(?<italic>.+?)\*|\[(?<words>.+?)\]\((?<href>.+?)\)|(?<plain>[^*[]+)/g

function readInline(text: string): JsonNode[] {
  return [...text.matchAll(inline)].map(({ groups = {} }) => {
    if (groups.bold) return textNode(groups.bold, { type: 'bold' })
    if (groups.italic) return textNode(groups.italic, { type: 'italic' })
    if (groups.words && groups.href) return textNode(groups.words, { type: 'link', attrs: { href: groups.href } })
    return textNode(groups.plain ?? '')
  })
}

function textNode(text: string, ...marks: JsonMark[]): JsonNode {
  return marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks }
}
