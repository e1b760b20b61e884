/**
 * HTML as blocks of a text, by what its elements mean. It comes from converters that are ours, and through them from anybody.
 * Only what is named here comes out; of anything else the words do, however deep they lie.
 */
import type { JsonMark, JsonNode } from '@cabildo/schema/content'
import { isSafeHref } from '@cabildo/schema/link-policy'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** Blocks, and how many pictures stayed behind. */
export interface HtmlBlocks {
  blocks: JsonNode[]
  pictures: number
}

/**
 * As many nodes are open at most when a list, a quote or a table begins; nobody nests deeper, and what does is read as if it lay
 * here. A table opens three nodes.
 */
const deepest = 12

/** More marks than there are kinds say nothing more. */
const mostMarks = 32

/** The most cells that a table may cover with those that span several; beyond it none of its cells spans any. */
const largestArea = 5000

/** Elements that hold no words for a reader. */
const noWords: ReadonlySet<string> = new Set(
  'style script template iframe object embed noscript svg math canvas audio video head title'.split(' '),
)

const markNames: Readonly<Record<string, string>> = {
  ...{ b: 'bold', strong: 'bold', i: 'italic', em: 'italic', u: 'underline', ins: 'underline' },
  ...{ s: 'strike', del: 'strike', strike: 'strike', code: 'code', kbd: 'code', samp: 'code' },
}

/** Elements before and after which a paragraph ends. */
const blockNames: ReadonlySet<string> = new Set(
  'p div section article main header footer aside address dl dt dd pre hr figure figcaption caption details summary'.split(
    ' ',
  ),
)

/** A node that is being filled. One that nobody opened, for words that stand where none may, ends with the next that is opened. */
interface Frame {
  node: JsonNode & { content: JsonNode[] }
  kind: 'flow' | 'list' | 'table' | 'row'
  implied: boolean
}

const frameOf = (kind: Frame['kind'], type: string, attrs?: Record<string, unknown>): Frame => ({
  ...{ kind, implied: false },
  node: { type, ...(attrs && { attrs }), content: [] },
})

/** Reads HTML. Headings keep their level, 1 to 6, at the top; addresses that a text may not hold leave their words. */
export function htmlBlocks(html: string): HtmlBlocks {
  const frames: Frame[] = [frameOf('flow', 'doc')]
  const marks: JsonMark[] = []
  let words: JsonNode[] = []
  let level: number | undefined
  let preformatted = 0
  let pictures = 0

  const top = () => frames.at(-1) as Frame // there is always the first
  const leave = () => {
    const frame = frames.pop()
    const node = frame && finished(frame.node)
    if (node) top().node.content.push(node)
  }
  /** The frame that takes blocks; words between the rows of a table or the items of a list get one of their own. */
  const flow = (): Frame => {
    while (top().kind !== 'flow') {
      const { kind } = top()
      const inner =
        kind === 'list' ? frameOf('flow', 'listItem') : kind === 'table' ? frameOf('row', 'tableRow') : cell()
      frames.push({ ...inner, implied: true })
    }
    return top()
  }
  const flush = () => {
    const content = tidied(words)
    words = []
    if (content.length === 0) return
    const isHeading = level !== undefined && frames.length === 1
    flow().node.content.push(
      isHeading ? { type: 'heading', attrs: { level }, content } : { type: 'paragraph', content },
    )
  }
  const enter = (frame: Frame, into: Frame['kind']): (() => void) => {
    flush()
    if (into === 'flow') flow()
    else while (top().implied) leave()
    // A row without a table, or what lies too deep: its words are read where they stand.
    if (top().kind !== into || (into === 'flow' && frames.length > deepest)) return flush
    frames.push(frame)
    return () => {
      flush()
      while (frames.includes(frame)) leave()
    }
  }

  const begin = (element: Element): (() => void) | undefined => {
    const { tagName } = element
    if (/^h[1-6]$/.test(tagName)) {
      flush()
      level = Number(tagName[1])
      return () => {
        flush()
        level = undefined
      }
    }
    switch (tagName) {
      case 'br':
        words.push({ type: 'hardBreak' })
        return undefined
      case 'img':
        pictures += 1
        return undefined
      case 'input':
        if (attribute(element, 'type') === 'checkbox')
          words.push({ type: 'text', text: attribute(element, 'checked') === undefined ? '☐ ' : '☑ ' })
        return undefined
      case 'ul':
        return enter(frameOf('list', 'bulletList'), 'flow')
      case 'ol': {
        const start = Number(attribute(element, 'start') ?? 1)
        return enter(frameOf('list', 'orderedList', Number.isSafeInteger(start) && start >= 0 ? { start } : {}), 'flow')
      }
      case 'li':
        return enter(frameOf('flow', 'listItem'), 'list')
      case 'blockquote':
        return enter(frameOf('flow', 'blockquote'), 'flow')
      case 'table':
        return enter(frameOf('table', 'table'), 'flow')
      case 'tr':
        return enter(frameOf('row', 'tableRow'), 'table')
      case 'td':
      case 'th':
        return enter(cell(element), 'row')
    }
    if (blockNames.has(tagName)) {
      flush()
      preformatted += tagName === 'pre' ? 1 : 0
      return () => {
        flush()
        preformatted -= tagName === 'pre' ? 1 : 0
      }
    }
    const mark = markOf(element)
    if (!mark || marks.length >= mostMarks) return undefined
    marks.push(mark)
    return () => void marks.splice(marks.lastIndexOf(mark), 1)
  }

  const write = (text: string) => {
    const own = { ...(marks.length > 0 && { marks: distinct(marks) }) }
    const lines = preformatted > 0 ? text.split('\n') : [text]
    for (const [at, line] of lines.entries()) {
      if (at > 0) words.push({ type: 'hardBreak' })
      words.push({ type: 'text', text: line, ...own })
    }
  }

  // Without recursion: whoever writes HTML chooses how deep it goes.
  const waiting: (Node | (() => void))[] = parseFragment(html).childNodes.reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'function') next()
    else if ('value' in next && next.nodeName === '#text') write(next.value)
    else if ('tagName' in next && !noWords.has(next.tagName)) {
      const end = begin(next)
      if (end) waiting.push(end)
      for (let at = next.childNodes.length - 1; at >= 0; at -= 1) waiting.push(next.childNodes[at] as Node)
    }
  }
  flush()
  while (frames.length > 1) leave()
  return { blocks: top().node.content, pictures }
}

function cell(element?: Element): Frame {
  const span = (name: string, most: number) =>
    Math.max(1, Math.min(most, Math.trunc(Number(element ? attribute(element, name) : 1)) || 1))
  const attrs = { colspan: span('colspan', 50), rowspan: span('rowspan', 200) }
  return frameOf('flow', element?.tagName === 'th' ? 'tableHeader' : 'tableCell', attrs)
}

/** A node as a text may hold it; undefined for one that holds nothing. */
function finished(node: JsonNode & { content: JsonNode[] }): JsonNode | undefined {
  const { type, content } = node
  if (type === 'tableCell' || type === 'tableHeader') {
    if (content.length === 0) content.push({ type: 'paragraph' })
    return node
  }
  if (content.length === 0) return undefined
  // An item begins with a paragraph, empty where it begins with something else.
  if (type === 'listItem' && content[0]?.type !== 'paragraph') content.unshift({ type: 'paragraph' })
  if (type === 'table') {
    const cells = content.flatMap((row) => row.content ?? [])
    const area = cells.reduce((sum, { attrs }) => sum + Number(attrs?.colspan) * Number(attrs?.rowspan), 0)
    if (area > largestArea) for (const one of cells) one.attrs = { colspan: 1, rowspan: 1 }
  }
  return node
}

/** Words with their marks: any space is one, and none stands at an end of a line; nothing but breaks is nothing. */
function tidied(words: readonly JsonNode[]): JsonNode[] {
  const kept: JsonNode[] = []
  const trimEnd = () => {
    const last = kept.at(-1)
    if (last?.text === undefined) return
    last.text = last.text.trimEnd()
    if (last.text === '') kept.pop()
  }
  for (const word of words) {
    const last = kept.at(-1)
    if (word.text === undefined) {
      trimEnd()
      if (kept.length > 0) kept.push(word)
      continue
    }
    let text = word.text.replaceAll(/\s+/g, ' ')
    if (last?.text === undefined || last.text.endsWith(' ')) text = text.trimStart()
    if (text === '') continue
    if (last?.text !== undefined && sameMarks(last.marks, word.marks)) last.text += text
    else kept.push({ ...word, text })
  }
  do trimEnd()
  while (kept.at(-1)?.type === 'hardBreak' && kept.pop())
  return kept
}

const sameMarks = (a: readonly JsonMark[] = [], b: readonly JsonMark[] = []): boolean =>
  a.length === b.length && a.every(({ type, attrs }, at) => type === b[at]?.type && attrs?.href === b[at]?.attrs?.href)

/** One mark of each kind, the innermost. */
const distinct = (marks: readonly JsonMark[]): JsonMark[] =>
  marks.filter(({ type }, at) => !marks.slice(at + 1).some((inner) => inner.type === type))

function markOf(element: Element): JsonMark | undefined {
  if (element.tagName === 'a') {
    const href = attribute(element, 'href')
    return isSafeHref(href) ? { type: 'link', attrs: { href } } : undefined
  }
  const type = Object.hasOwn(markNames, element.tagName) ? markNames[element.tagName] : undefined
  return type === undefined ? undefined : { type }
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value
