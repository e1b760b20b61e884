/**
 * What other programs put on the clipboard, reduced to what a text here can be: paragraphs, headings, lists, quotes,
 * tables, links and five kinds of emphasis. Looks, layers of spans and pictures stay behind.
 *
 *   throw away what is no text -> lists that only look like lists become lists -> looks become marks -> strip the rest
 */
import { marksFromStyles } from './marks-from-styles.ts'
import { nestLists } from './nest-lists.ts'
import { quietStyles } from './styles.ts'

/** Clean HTML, and how many pictures had to stay behind. */
export interface CleanHtml {
  html: string
  images: number
}

/** Elements that are no text, with all they hold. */
const noText =
  'style, script, meta, link, title, xml, head, template, object, embed, iframe, canvas, audio, video, button, input, select, textarea, colgroup, col, [data-style*="mso-element:comment"], [data-style*="mso-element: comment"]'

const pictures = 'img, picture, svg, image'

/** Attributes that mean something here. All others are looks or tracks. */
const meaning: Readonly<Record<string, readonly string[]>> = {
  A: ['href'],
  TD: ['colspan', 'rowspan'],
  TH: ['colspan', 'rowspan'],
  OL: ['start'],
}

/** Three levels of heading are enough inside one answer; the first heading of a pasted text is the highest. */
const headings: Readonly<Record<string, string>> = { H1: 'h2', H2: 'h3', H3: 'h4', H4: 'h4', H5: 'h4', H6: 'h4' }

/** Cleans pasted HTML. What was copied from an editor like ours is left as it is: it says exactly what it holds. */
export function cleanHtml(pasted: string): CleanHtml {
  const html = quietStyles(pasted)
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  if (body.querySelector('[data-pm-slice]')) return { html, images: 0 }

  const images = body.querySelectorAll(pictures).length
  for (const element of body.querySelectorAll(`${noText}, ${pictures}`)) element.remove()
  dropTrackedChanges(body)
  dropComments(body)
  nestLists(body)
  marksFromStyles(body)
  unwrapOfficeTags(body)
  tidyLinks(body)
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const level = headings[heading.tagName]
    if (level) rename(heading, level)
  }
  for (const title of body.querySelectorAll('p.MsoTitle')) rename(title, 'h2')
  stripAttributes(body)
  tidySpaces(body)
  dropEmptyBlocks(body)
  return { html: body.innerHTML, images }
}

/** In a text with tracked changes, what was deleted is deleted. Elsewhere `del` is struck text and stays. */
function dropTrackedChanges(body: HTMLElement) {
  if (!body.querySelector('[class^="Mso"], [data-style*="mso-"]')) return
  for (const deleted of body.querySelectorAll('del')) deleted.remove()
}

function dropComments(body: HTMLElement) {
  const walker = body.ownerDocument.createTreeWalker(body, 0x80 /* comments */)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

/** `o:p`, `w:sdt`, `v:shape` …: tags of another program with a colon in their name. */
function unwrapOfficeTags(body: HTMLElement) {
  for (const element of body.querySelectorAll('*')) if (element.tagName.includes(':')) unwrap(element)
}

/** Google hides addresses behind its own; places inside the other text lead nowhere here. */
function tidyLinks(body: HTMLElement) {
  for (const link of body.querySelectorAll('a')) {
    const address = link.getAttribute('href') ?? ''
    if (address === '' || address.startsWith('#')) {
      unwrap(link)
      continue
    }
    const url = URL.canParse(address) ? new URL(address) : undefined
    const behind = url?.hostname === 'www.google.com' && url.pathname === '/url' ? url.searchParams.get('q') : null
    if (behind) link.setAttribute('href', behind)
  }
}

function stripAttributes(body: HTMLElement) {
  for (const element of body.querySelectorAll('*')) {
    const keep = meaning[element.tagName] ?? []
    for (const { name } of [...element.attributes]) if (!keep.includes(name)) element.removeAttribute(name)
    for (const span of ['colspan', 'rowspan']) if (element.getAttribute(span) === '1') element.removeAttribute(span)
  }
}

/** Hard spaces and rows of spaces are how word processors push text around. */
function tidySpaces(body: HTMLElement) {
  const walker = body.ownerDocument.createTreeWalker(body, 0x4 /* text */)
  while (walker.nextNode()) {
    const text = walker.currentNode
    text.nodeValue = (text.nodeValue ?? '').replace(/[\u00a0\u200b\ufeff]/g, ' ').replace(/\s+/g, ' ')
  }
}

/** Empty paragraphs between paragraphs: our own room between blocks does their work. */
function dropEmptyBlocks(body: HTMLElement) {
  for (const block of [...body.querySelectorAll('p, h2, h3, h4, li, ul, ol, blockquote, div')].reverse()) {
    const holds = (block.textContent ?? '').trim() !== '' || block.querySelector('td, th')
    if (!holds) block.remove()
  }
  // A break at the end of a block only holds its line open.
  for (const space of body.querySelectorAll(':scope > br, :is(p, li, td, th, h2, h3, h4, div) > br:last-child')) {
    if ((space.nextSibling?.nodeValue ?? '').trim() === '') space.remove()
  }
}

function rename(element: Element, tag: string) {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

function unwrap(element: Element) {
  element.replaceWith(...element.childNodes)
}
