import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  type INumberingOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { gridOf } from './grid.ts'
import { type Block, type Outline, type Run, saysSomething } from './outline.ts'

const headings = [
  HeadingLevel.TITLE,
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
] as const

/** Word knows its own headings by name; LibreOffice takes them for plain paragraphs unless their style says the level. */
const outlined = {
  heading1: { paragraph: { outlineLevel: 0 } },
  heading2: { paragraph: { outlineLevel: 1 } },
  heading3: { paragraph: { outlineLevel: 2 } },
  heading4: { paragraph: { outlineLevel: 3 } },
  heading5: { paragraph: { outlineLevel: 4 } },
}

type Made = Paragraph | Table

/** Deepest list: Word knows nine levels. */
const deepest = 8

/**
 * A document as Word and LibreOffice open it: real headings, lists and tables with heads that repeat, its language, and at
 * the foot of each page what the outline says. It holds words and addresses: no macro, no field that fetches, no picture.
 */
export async function outlineDocx(outline: Outline): Promise<Uint8Array> {
  const { language, title, author, lines, blocks, foot } = outline
  const numbering: INumberingOptions['config'][number][] = []
  const children: Made[] = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
    ...lines.map((line) => new Paragraph({ children: [new TextRun(line)] })),
    ...made(blocks, { numbering, depth: 0, bold: false }),
  ]
  const feet = [
    ...foot.lines.map((line) => new Paragraph({ children: [new TextRun({ text: line, size: 15 })] })),
    ...(foot.address === null
      ? []
      : [new Paragraph({ children: [linked(foot.address, [new TextRun({ text: foot.address, size: 15 })])] })]),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      children: [new TextRun({ size: 15, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
    }),
  ]
  const locale = language === 'es' ? 'es-PA' : 'en-US'
  const document = new Document({
    title,
    creator: author,
    lastModifiedBy: author,
    styles: {
      default: { document: { run: { language: { value: locale, eastAsia: locale }, size: 22 } }, ...outlined },
    },
    numbering: { config: numbering },
    sections: [{ children, footers: { default: new Footer({ children: feet }) } }],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

interface Inside {
  numbering: INumberingOptions['config'][number][]
  depth: number
  bold: boolean
}

function made(blocks: readonly Block[], inside: Inside): Made[] {
  return blocks.filter(saysSomething).flatMap((block) => madeOf(block, inside))
}

function madeOf(block: Block, inside: Inside): Made[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({ heading: headings[block.level - 1] ?? HeadingLevel.HEADING_5, children: runsOf(block.runs) }),
      ]
    case 'paragraph':
      return [new Paragraph({ children: runsOf(block.runs, inside.bold), spacing: { after: 120 } })]
    case 'list':
      return listOf(block, inside)
    case 'quote':
      return block.blocks.flatMap((one) =>
        'runs' in one ? [new Paragraph({ indent: { left: 567 }, children: runsOf(one.runs) })] : made([one], inside),
      )
    case 'table':
      return [tableOf(block.rows, inside), new Paragraph({ children: [] })]
    case 'facts':
      return block.rows.map(({ term, text, href }) => {
        const words = [new TextRun(text)]
        const told = href === undefined ? words : [linked(href, words)]
        return new Paragraph({ children: [new TextRun({ text: `${term}: `, bold: true }), ...told] })
      })
    case 'note':
      return [new Paragraph({ children: [new TextRun({ text: block.text, italics: true })] })]
  }
}

/** A list whose items may hold more than one block: only the first of them has the sign. */
function listOf({ ordered, start, items }: Extract<Block, { kind: 'list' }>, inside: Inside): Made[] {
  const level = Math.min(inside.depth, deepest)
  const reference = `list-${inside.numbering.length}`
  if (ordered) {
    const indent = { left: 567 * (level + 1), hanging: 425 }
    inside.numbering.push({
      reference,
      levels: [{ level, format: LevelFormat.DECIMAL, text: `%${level + 1}.`, start, style: { paragraph: { indent } } }],
    })
  }
  const sign = ordered ? { numbering: { reference, level } } : { bullet: { level } }
  return items.flatMap((item) =>
    item.flatMap((block, index) => {
      if (!('runs' in block)) return made([block], { ...inside, depth: inside.depth + 1 })
      const children = runsOf(block.runs, inside.bold)
      return [new Paragraph(index === 0 ? { ...sign, children } : { indent: { left: 567 * (level + 1) }, children })]
    }),
  )
}

const aligned = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const

function tableOf(given: Extract<Block, { kind: 'table' }>['rows'], inside: Inside): Table {
  const { columns, rows, headed, cells } = gridOf(given)
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: Array.from({ length: rows }, (_, y) => {
      const here = cells.filter((cell) => cell.y === y)
      const children = here.map((cell) => {
        const blocks = made(cell.blocks, { ...inside, depth: 0, bold: cell.head })
        return new TableCell({
          columnSpan: cell.colspan,
          rowSpan: cell.rowspan,
          children:
            blocks.length > 0
              ? blocks
              : [new Paragraph({ ...(cell.align && { alignment: aligned[cell.align] }), children: [] })],
        })
      })
      // A row without any cell is none that Word would open.
      const filled = cells.some((cell) => cell.y <= y && y < cell.y + cell.rowspan)
      return new TableRow({
        tableHeader: headed && y === 0,
        children: filled
          ? children
          : [new TableCell({ columnSpan: columns, children: [new Paragraph({ children: [] })] })],
      })
    }),
  })
}

function runsOf(runs: readonly Run[], bold = false): ParagraphChild[] {
  return runs.map(({ text, marks = [], href }) => {
    if (text === '\n') return new TextRun({ break: 1 })
    const run = new TextRun({
      text,
      bold: bold || marks.includes('bold'),
      italics: marks.includes('italic'),
      strike: marks.includes('strike'),
      ...(marks.includes('underline') && { underline: {} }),
      ...(marks.includes('code') && { font: 'Courier New' }),
      ...(href !== undefined && { style: 'Hyperlink' }),
    })
    return href === undefined ? run : linked(href, [run])
  })
}

const linked = (link: string, children: ParagraphChild[]): ExternalHyperlink =>
  new ExternalHyperlink({ link, children })
