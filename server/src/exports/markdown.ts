import { type Block, type Cell, type Outline, type Run, saysSomething } from './outline.ts'

/**
 * A document as Markdown (CommonMark, with the tables and the struck text of GitHub's). Signs that Markdown or HTML would
 * read are escaped wherever people wrote them, so that words stay words; addresses stand between `<` and `>`.
 */
export function outlineMarkdown({ title, lines, blocks, foot }: Outline): string {
  const feet = [...foot.lines.map(escaped), ...(foot.address === null ? [] : [`<${foot.address}>`])]
  const parts = [
    `# ${inLine(title)}`,
    ...lines.map(escaped),
    ...blocks.filter(saysSomething).map((block) => blockLines(block).join('\n')),
    ...(feet.length > 0 ? ['---', ...feet] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function blocksLines(blocks: readonly Block[]): string[] {
  return blocks.filter(saysSomething).flatMap((block, index) => [...(index > 0 ? [''] : []), ...blockLines(block)])
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${runsMarkdown(block.runs).replaceAll(/\\?\n/g, ' ').trim()}`]
    case 'paragraph':
      return runsMarkdown(block.runs).trim().split('\n')
    case 'list':
      return block.items.flatMap((item, index) => {
        const sign = block.ordered ? `${block.start + index}. ` : '- '
        const lines = blocksLines(item)
        return (lines.length > 0 ? lines : ['']).map((line, at) =>
          at === 0 ? sign + line : line === '' ? '' : ' '.repeat(sign.length) + line,
        )
      })
    case 'quote':
      return blocksLines(block.blocks).map((line) => `> ${line}`.trimEnd())
    case 'table':
      return tableLines(block.rows)
    case 'facts':
      return block.rows.map(({ term, text, href }) => {
        const words = inLine(text)
        return `- **${inLine(term)}:** ${href === undefined ? words : `[${words}](<${addressed(href)}>)`}`
      })
    case 'note':
      return [`*${inLine(block.text)}*`]
  }
}

/** Tables have one line for each row and nothing spans: a cell over several columns is followed by empty ones. */
function tableLines(rows: readonly (readonly Cell[])[]): string[] {
  const wide = rows.map((row) =>
    row.flatMap((cell) => [cellMarkdown(cell), ...Array<string>(Math.max(0, Math.min(50, cell.colspan) - 1)).fill('')]),
  )
  const width = Math.max(1, ...wide.map((row) => row.length))
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`
  const hasHead = rows[0]?.every(({ head }) => head) ?? false
  const head = hasHead ? (wide[0] ?? []) : []
  return [line(head), line(Array<string>(width).fill('---')), ...wide.slice(hasHead ? 1 : 0).map(line)]
}

function cellMarkdown({ blocks }: Cell): string {
  return blocks
    .map((block) => ('runs' in block ? runsMarkdown(block.runs) : wordsOf(block)))
    .map((text) =>
      text
        .replaceAll(/\\?\n/g, ' ')
        .replaceAll(/(?<!\\)\|/g, '\\|')
        .trim(),
    )
    .filter((text) => text !== '')
    .join('<br>')
}

/** What stands in a list or a table within a cell, as words alone. */
function wordsOf(block: Block): string {
  switch (block.kind) {
    case 'list':
      return block.items
        .map((item) => item.map((one) => ('runs' in one ? runsMarkdown(one.runs) : wordsOf(one))).join(' '))
        .join('; ')
    case 'quote':
      return block.blocks.map((one) => ('runs' in one ? runsMarkdown(one.runs) : wordsOf(one))).join(' ')
    case 'table':
      return block.rows.map((row) => row.map(cellMarkdown).join(' ')).join('; ')
    case 'facts':
      return block.rows.map(({ term, text }) => `${inLine(term)}: ${inLine(text)}`).join('; ')
    case 'note':
      return inLine(block.text)
    default:
      return runsMarkdown(block.runs)
  }
}

const signs = { bold: '**', italic: '*', strike: '~~' } as const

function runsMarkdown(runs: readonly Run[]): string {
  return runs
    .map(({ text, marks = [], href }) => {
      if (text === '\n') return '\\\n'
      // Emphasis holds only where it meets a word: spaces go outside.
      const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
      if (words === '') return text
      let said = marks.includes('code') && !words.includes('`') ? `\`${words.replaceAll('\n', ' ')}\`` : inLine(words)
      // Markdown has no underline, and its own HTML is what a reader need not take.
      for (const mark of ['strike', 'italic', 'bold'] as const)
        if (marks.includes(mark)) said = `${signs[mark]}${said}${signs[mark]}`
      if (href !== undefined) said = `[${said}](<${addressed(href)}>)`
      return before + said + after
    })
    .join('')
}

/** An address as it may stand between `<` and `>`. */
const addressed = (href: string): string => href.replaceAll(/[<>\\\s]/g, encodeURIComponent)

const escaped = (text: string): string => text.split('\n').map(inLine).join('\n')

/** Words of one line: whatever Markdown would take for a sign of its own has a backslash before it. */
function inLine(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\\`*_[\]<>#|~&!]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')
}
