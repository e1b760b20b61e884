/** Longest time that a page is held, and how long it is kept in its place once it is drawn. Milliseconds. */
const longest = 6000
const settling = 1200

/** What people do to a page to move it themselves. */
const touches = ['pointerdown', 'wheel', 'keydown'] as const

/**
 * Keeps the reader where they are while the page is drawn anew for somebody else: it stays as tall as it was, and what
 * stood in sight is put there again. Call the answer when it is being drawn anew; call it with `false` when it is not.
 */
export function holdPlace(): (drawnAnew: boolean) => void {
  const main = document.getElementById('main')
  if (!main) return () => {}
  const { offsetHeight: height, firstElementChild: before } = main
  const place = placeIn(main)
  main.style.minHeight = `${height}px`
  main.style.setProperty('overflow-anchor', 'none')
  const letGo = () => {
    main.style.minHeight = ''
    main.style.removeProperty('overflow-anchor')
  }
  return (drawnAnew) => {
    if (!drawnAnew) return letGo()
    const end = performance.now() + longest
    let settled = end
    let touched = false
    const touch = () => {
      touched = true
    }
    for (const kind of touches) window.addEventListener(kind, touch)
    const look = () => {
      const now = performance.now()
      const there = main.firstElementChild === before || !place ? null : document.getElementById(place.id)
      if (there && place) {
        settled = Math.min(settled, now + settling)
        const off = there.getBoundingClientRect().top - place.top
        if (Math.abs(off) > 1) window.scrollBy(0, off)
      }
      if (!touched && now < Math.min(end, settled)) {
        requestAnimationFrame(look)
        return
      }
      for (const kind of touches) window.removeEventListener(kind, touch)
      letGo()
    }
    requestAnimationFrame(look)
    return undefined
  }
}

/** How far from the top of the screen one reads. Pixels. */
const readingLine = 200

/** What stands closest to where one reads, by a name that it has for everybody, and how far from the top it is. */
function placeIn(main: HTMLElement): { id: string; top: number } | undefined {
  let closest: { id: string; top: number } | undefined
  for (const { id, top } of named(main)) {
    if (!closest || Math.abs(top - readingLine) < Math.abs(closest.top - readingLine)) closest = { id, top }
  }
  return closest
}

// React's own ids are others each time.
const named = (main: HTMLElement) =>
  [...main.querySelectorAll<HTMLElement>('[id]:not([id^="_r_"])')]
    .map((element) => ({ id: element.id, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1)
    .map(({ id, box }) => ({ id, top: box.top }))
