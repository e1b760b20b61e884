import { readFileSync } from 'node:fs'
import type { Typesetting } from '../typeset/service.ts'
import { gridOf } from './grid.ts'
import type { Block, Outline } from './outline.ts'
import { qrSvg } from './qr.ts'

const template = readFileSync(new URL('outline.typ', import.meta.url), 'utf8')

const said = {
  es: { contents: 'Contenido', qr: 'Código QR de la dirección al pie' },
  en: { contents: 'Contents', qr: 'QR code of the address at the foot' },
} as const

/**
 * What a document is typeset from: the template never changes, and every word goes into it as data, which Typst does not
 * read as markup. Handed to `typeset`, it is tagged, in its language, PDF/UA-1 where the fonts have every sign.
 */
export function outlineTypesetting(outline: Outline): Typesetting {
  const { language, title, author, at, lines, blocks, foot } = outline
  const { contents, qr } = said[language]
  return {
    template,
    at,
    data: {
      ...{ language, title, author, lines, contents: blocks.length > 40 ? contents : null },
      blocks: blocks.map(laidOut),
      foot: { lines: foot.lines, address: foot.address },
      qr: foot.address === null ? null : { svg: qrSvg(foot.address), alt: qr },
    },
  }
}

/** A block with its tables laid out. */
function laidOut(block: Block): unknown {
  switch (block.kind) {
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(laidOut)) }
    case 'quote':
      return { ...block, blocks: block.blocks.map(laidOut) }
    case 'table': {
      const { columns, headed, cells } = gridOf(block.rows)
      return {
        kind: 'table',
        columns,
        headed,
        cells: cells.map((cell) => ({ ...cell, blocks: cell.blocks.map(laidOut) })),
      }
    }
    default:
      return block
  }
}
