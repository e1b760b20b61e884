/** Texts of Word and Markdown as parts of a form. Slow and hungry on what strangers make: to be called in a process of its own. */
import type { JsonNode } from '@cabildo/schema/content'
import { escapeHtml } from '@cabildo/schema/html'
import type { Template } from '@cabildo/schema/templates/template'
import { Marked } from 'marked'
import { safeArchive } from './archive.ts'
import { htmlBlocks } from './blocks.ts'
import { partsOf } from './parts.ts'
import { type ReadFile, textLimits, type Unreadable } from './rules.ts'

/** Reads one file. The bytes say what it is. */
export async function readFile(
  bytes: Uint8Array,
  template: Template,
  mostParts: number,
): Promise<ReadFile | Unreadable> {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b
  const html = isArchive ? await htmlOfDocx(bytes) : htmlOfMarkdown(bytes)
  if (typeof html !== 'string') return html.why
  const { blocks, pictures } = htmlBlocks(html)
  if (isTooLong(blocks)) return 'long'
  return { kind: isArchive ? 'docx' : 'markdown', parts: partsOf(blocks, template, mostParts), pictures }
}

type Failed = { why: Unreadable }

async function htmlOfDocx(bytes: Uint8Array): Promise<string | Failed> {
  const safe = safeArchive(bytes)
  if (typeof safe === 'string') return { why: safe }
  // Only here: it takes its time to load, and most of what is refused never gets so far.
  const { default: mammoth } = await import('mammoth')
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(safe) },
      { styleMap: ['u => u', 'strike => s'], convertImage },
    )
    return value
  } catch {
    return { why: 'broken' }
  }
}

/** Words in UTF-8 without a sign that no text has: anything else is another kind of file. */
function htmlOfMarkdown(bytes: Uint8Array): string | Failed {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { why: 'type' }
  }
  // What lays words out takes room too, but never most of it.
  if (text.length > 3 * textLimits.letters) return { why: 'long' }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells that it is no text
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text) || text.startsWith('%PDF')) return { why: 'type' }
  return toHtml(text)
}

/** HTML that people write into Markdown to lay out their words. Any other tag is words: `<nombre>` is something to fill in. */
const layoutTag =
  /^<(?:\/?(?:b|i|u|s|p|br|ul|ol|li|em|strong|del|ins|sub|sup|div|span|table|thead|tbody|tr|td|th)\b[^<>]*|!--[\s\S]*?--)>$/i

const markdown = new Marked({
  gfm: true,
  renderer: {
    html({ text }) {
      return text
        .split(/(<!--[\s\S]*?-->|<[^<>]*>)/)
        .map((piece) => (layoutTag.test(piece) ? piece : escapeHtml(piece)))
        .join('')
    },
  },
})

/** Markdown as HTML. */
export const toHtml = (text: string): string => markdown.parse(text, { async: false })

function isTooLong(blocks: readonly JsonNode[]): boolean {
  let letters = 0
  let nodes = 0
  const waiting: JsonNode[] = [...blocks]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes += 1
    letters += node.text?.length ?? 0
    if (letters > textLimits.letters || nodes > textLimits.nodes) return true
    for (const child of node.content ?? []) waiting.push(child)
  }
  return false
}
