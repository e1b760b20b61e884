/**
 * Longest time that a page is held, and how long it must be at rest before it is let go: what stands beside a text comes
 * after it. Milliseconds.
 */
const longest = 12_000
const settling = 4000

/** What people do to a page to move it themselves. */
const touches = ['pointerdown', 'wheel', 'keydown'] as const

/** Where somebody reads: what stands where on their screen, and how tall the page is. */
interface Reading {
  places: readonly Place[]
  /** Pixels. */
  height: number
}

/**
 * Keeps the reader where they are while the page is drawn anew for somebody else: it stays as tall as it was, and what
 * stood in sight is put there again. Call the answer when it is being drawn anew; call it with `false` when it is not.
 */
export function holdPlace(): (drawnAnew: boolean) => void {
  const main = document.getElementById('main')
  if (!main) return () => {}
  const before = main.firstElementChild
  const reading = readingIn(main)
  stretch(main, reading)
  return (drawnAnew) => (drawnAnew ? putBack(main, reading, before) : letGo(main))
}

/** The page that was left so that somebody new can join, and where it was read. */
let left: { path: string; reading: Reading } | undefined

/** Notes where one reads, before the page is left so that somebody new can join. */
export function leavePlace(): void {
  const main = document.getElementById('main')
  left = main ? { path: location.pathname, reading: readingIn(main) } : undefined
}

/** The path of the page that was left so that somebody new can join. */
export const pathLeft = (): string | undefined => left?.path

/** Where the page that was left comes again, with somebody new or not, it is put where it was read. */
export function returnToPlace(): void {
  const main = document.getElementById('main')
  if (main && left?.path === location.pathname) {
    stretch(main, left.reading)
    putBack(main, left.reading, null)
  }
  left = undefined
}

const readingIn = (main: HTMLElement): Reading => ({ places: placesIn(main), height: main.offsetHeight })

function stretch(main: HTMLElement, { height }: Reading): void {
  main.style.minHeight = `${height}px`
  main.style.setProperty('overflow-anchor', 'none')
}

function letGo(main: HTMLElement): void {
  main.style.minHeight = ''
  main.style.removeProperty('overflow-anchor')
}

/** Puts what was in sight there again once it is drawn, and until it is at rest or the reader moves the page. */
function putBack(main: HTMLElement, { places }: Reading, before: Element | null): void {
  const end = performance.now() + longest
  let settled = end
  /** What is held, and how far from the start of the page it is. */
  let held: Place | undefined
  let scrolled = window.scrollY
  let touched = false
  // Before the text stands there is nothing to move: a tap on the blank page must not lose the place.
  const touch = () => {
    touched = held !== undefined
  }
  for (const kind of touches) window.addEventListener(kind, touch)
  const look = () => {
    const now = performance.now()
    const found = main.firstElementChild === before ? undefined : strayed(places)
    if (found && !touched) {
      const at = { id: found.id, top: found.top + window.scrollY }
      const hasMoved = at.id !== held?.id || Math.abs(at.top - held.top) > 1
      // What is above may go on growing: it is at rest once nothing has moved for a while.
      if (hasMoved) settled = now + settling
      if (hasMoved) {
        if (Math.abs(found.off) > 1) window.scrollBy(0, found.off)
      } else if (Math.abs(window.scrollY - scrolled) > 1) {
        // The text stands, and is seen elsewhere: the reader went there, without keys or pointers.
        touched = true
      }
      scrolled = window.scrollY
      held = at
    }
    if (!touched && now < Math.min(end, settled)) {
      requestAnimationFrame(look)
      return
    }
    for (const kind of touches) window.removeEventListener(kind, touch)
    letGo(main)
  }
  requestAnimationFrame(look)
}

/** How far from the top of the screen one reads. Pixels. */
const readingLine = 200

/** A place of the page, by a name that it has for everybody, and how far from the top it is. Pixels. */
interface Place {
  id: string
  top: number
}

/**
 * The places of a page, the closest to where one reads first. The closest may not be there for the next one, whose page
 * has other buttons, or has them later: then it is the next.
 */
const placesIn = (main: HTMLElement): readonly Place[] =>
  named(main).sort((one, other) => Math.abs(one.top - readingLine) - Math.abs(other.top - readingLine))

/** The first place that is there, and how far from where it was; undefined while none is. */
function strayed(places: readonly Place[]): (Place & { off: number }) | undefined {
  for (const { id, top: was } of places) {
    const top = document.getElementById(id)?.getBoundingClientRect().top
    if (top !== undefined) return { id, top, off: top - was }
  }
  return undefined
}

// React's own ids are others each time, also inside of those that Mantine makes of them.
const named = (main: HTMLElement): Place[] =>
  [...main.querySelectorAll<HTMLElement>('[id]:not([id*="_r_"], [id^="mantine-"])')]
    .map((element) => ({ id: element.id, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1)
    .map(({ id, box }) => ({ id, top: box.top }))
