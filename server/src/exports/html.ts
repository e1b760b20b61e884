import { escapeHtml } from '@cabildo/schema/html'
import { type Block, type Cell, emphases, type Outline, type Run } from './outline.ts'
import { qrSvg } from './qr.ts'

/**
 * A document as one file of HTML that holds all it needs: no script, no address but those people wrote, a style of its own
 * and a policy that lets nothing else in, however it is opened.
 */
export function outlineHtml({ language, title, lines, blocks, foot }: Outline): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
  ]
  const address = foot.address
  const code = address === null ? '' : `<div class="qr" aria-hidden="true">${qrSvg(address)}</div>`
  const link = address === null ? '' : `<p><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>`
  const feet = foot.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
  return [
    `<!doctype html>\n<html lang="${language}">`,
    `<head>${head.join('')}</head>`,
    `<body><main><h1>${escapeHtml(title)}</h1>`,
    ...lines.map((line) => `<p class="line">${escapeHtml(line)}</p>`),
    blocks.map(blockHtml).join('\n'),
    `</main><footer>${code}<div>${feet}${link}</div></footer></body></html>\n`,
  ].join('\n')
}

const style = [
  ':root{color-scheme:light dark}',
  'body{font:1.06rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem}',
  'h1,h2,h3,h4{line-height:1.25}h2{margin-top:2.5rem}',
  '.line{color:GrayText;margin:.2rem 0}',
  'dl>div{display:flex;flex-wrap:wrap;gap:0 .6rem;margin:.2rem 0}dt{font-weight:600}dd{margin:0}',
  '.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.4rem;text-align:start;vertical-align:top}',
  'td>p:first-child,th>p:first-child{margin-top:0}td>p:last-child,th>p:last-child{margin-bottom:0}',
  '.align-center{text-align:center}.align-right{text-align:right}',
  'blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:3px solid}',
  '.note{font-style:italic}a{overflow-wrap:anywhere}',
  'footer{border-top:1px solid;margin-top:3rem;font-size:.9rem;display:flex;gap:1rem;align-items:flex-start}',
  '.qr{background:#fff;padding:.4rem;margin-top:1rem}.qr svg{display:block;width:6rem;height:6rem}footer div{min-width:0;overflow-wrap:anywhere}',
].join('')

const blocksHtml = (blocks: readonly Block[]): string => blocks.map(blockHtml).join('')

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      const id = block.anchor === undefined ? '' : ` id="${escapeHtml(block.anchor)}"`
      return `<h${block.level}${id}>${runsHtml(block.runs)}</h${block.level}>`
    }
    case 'paragraph':
      return `<p>${runsHtml(block.runs)}</p>`
    case 'list': {
      const items = block.items.map((item) => `<li>${blocksHtml(item)}</li>`).join('')
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : ''
      return block.ordered ? `<ol${start}>${items}</ol>` : `<ul>${items}</ul>`
    }
    case 'quote':
      return `<blockquote>${blocksHtml(block.blocks)}</blockquote>`
    case 'table': {
      const rows = block.rows.map((row, index) => `<tr>${row.map((cell) => cellHtml(cell, index)).join('')}</tr>`)
      // What is wider than a phone is moved sideways, by keys too.
      return `<div class="wide" tabindex="0"><table><tbody>${rows.join('')}</tbody></table></div>`
    }
    case 'facts': {
      const rows = block.rows.map(({ term, text, href }) => {
        const words = escapeHtml(text)
        const told =
          href === undefined ? words : `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${words}</a>`
        return `<div><dt>${escapeHtml(term)}</dt><dd>${told}</dd></div>`
      })
      return `<dl>${rows.join('')}</dl>`
    }
    case 'note':
      return `<p class="note">${escapeHtml(block.text)}</p>`
  }
}

function cellHtml({ head, colspan, rowspan, align, blocks }: Cell, row: number): string {
  const tag = head ? 'th' : 'td'
  const scope = head ? ` scope="${row === 0 ? 'col' : 'row'}"` : ''
  const spans = `${colspan === 1 ? '' : ` colspan="${colspan}"`}${rowspan === 1 ? '' : ` rowspan="${rowspan}"`}`
  const aligned = align === null ? '' : ` class="align-${align}"`
  return `<${tag}${scope}${spans}${aligned}>${blocksHtml(blocks)}</${tag}>`
}

const tags = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' } as const

function runsHtml(runs: readonly Run[]): string {
  return runs
    .map(({ text, marks = [], href }) => {
      if (text === '\n') return '<br>'
      const stressed = emphases
        .filter((emphasis) => marks.includes(emphasis))
        .reduceRight((inside, emphasis) => `<${tags[emphasis]}>${inside}</${tags[emphasis]}>`, escapeHtml(text))
      return href === undefined
        ? stressed
        : `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${stressed}</a>`
    })
    .join('')
}
