/** One item of a list as a word processor tells it: a paragraph with a level and a drawn marker. */
interface Item {
  element: HTMLElement
  level: number
  ordered: boolean
  /** Number of the first marker of an ordered list; 1 for others. */
  start: number
}

const wordList = /mso-list:\s*l\d+\s+level(\d+)/i
const wordParagraphs =
  'p[data-style*="mso-list"], h1[data-style*="mso-list"], h2[data-style*="mso-list"], h3[data-style*="mso-list"]'
const onlineItems = 'li[data-aria-level]'

/**
 * Makes lists of what only looks like lists. Word tells each item as a paragraph with `mso-list: l0 level2 lfo1`, Word on
 * the web as a list of its own with `data-aria-level`, Google puts a list beside the item that it belongs to.
 */
export function nestLists(body: HTMLElement): void {
  const items = [...body.querySelectorAll<HTMLElement>(`${wordParagraphs}, ${onlineItems}`)].flatMap(
    (element) => itemOf(element) ?? [],
  )
  for (const run of runsOf(items)) replaceRun(run)
  nestStrayLists(body)
}

function itemOf(element: HTMLElement): Item | undefined {
  if (element.tagName === 'LI') {
    const level = Number(element.dataset.ariaLevel)
    const ordered = element.parentElement?.tagName === 'OL'
    return { element, level: Math.max(level || 1, 1), ordered, start: 1 }
  }
  const level = Number(wordList.exec(element.getAttribute('data-style') ?? '')?.[1])
  if (!level) return undefined
  const marker = takeMarker(element)
  const number = /^\(?(\d+)[.)]/.exec(marker)
  const ordered = number !== null || /^\(?(?:[a-z]|[ivxlc]+)[.)]/i.test(marker)
  return { element, level, ordered, start: number ? Number(number[1]) : 1 }
}

/** The drawn bullet or number, taken out of the text. */
function takeMarker(element: HTMLElement): string {
  const drawn = element.querySelector<HTMLElement>('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]')
  const marker = (drawn?.textContent ?? '').replace(/[\s\u00a0]+/g, '')
  drawn?.remove()
  return marker
}

/** The block of the page that an item stands for: Word on the web wraps each item in a list in a `div`. */
function placeOf({ element }: Item): Element {
  if (element.tagName !== 'LI') return element
  const list = element.parentElement ?? element
  const wrapper = list.parentElement
  return wrapper?.tagName === 'DIV' && wrapper.childElementCount === 1 ? wrapper : list
}

/** Items that follow each other with nothing between them but space. */
function runsOf(items: readonly Item[]): Item[][] {
  const runs: Item[][] = []
  let last: Element | undefined
  for (const item of items) {
    const place = placeOf(item)
    const run = runs.at(-1)
    if (run && last && (last === place || last.nextElementSibling === place)) run.push(item)
    else runs.push([item])
    last = place
  }
  return runs
}

function replaceRun(run: readonly Item[]) {
  const [first] = run
  if (!first) return
  const document = first.element.ownerDocument
  const root = document.createElement('div')
  placeOf(first).before(root)
  const places = new Set(run.map(placeOf))

  // The open lists from the outermost in; a level that was skipped is not invented.
  let open: { list: HTMLElement; level: number }[] = []
  for (const { element, level, ordered, start } of run) {
    open = open.filter((one) => one.level <= level)
    const current = open.at(-1)
    const tag = ordered ? 'OL' : 'UL'
    if (!current || current.level < level || current.list.tagName !== tag) {
      if (current?.level === level) open = open.slice(0, -1)
      const list = document.createElement(tag)
      if (ordered && start > 1) list.setAttribute('start', String(start))
      const parent = open.at(-1)?.list.lastElementChild ?? root
      parent.append(list)
      open = [...open, { list, level }]
    }
    const item = document.createElement('li')
    item.append(...element.childNodes)
    open.at(-1)?.list.append(item)
  }
  for (const place of places) place.remove()
  root.replaceWith(...root.childNodes)
}

/** A list that stands directly in a list belongs to the item before it. */
function nestStrayLists(body: HTMLElement) {
  for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) {
    const before = list.previousElementSibling
    if (before?.tagName === 'LI') before.append(list)
    else {
      const item = list.ownerDocument.createElement('li')
      list.replaceWith(item)
      item.append(list)
    }
  }
}
