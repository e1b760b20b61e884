/** Room kept to the edges of the screen. */
const margin = 8

/**
 * Puts a fixed element at a rectangle of the text: below it or above it, on the other side when there is no room, and
 * never beyond the edges of what the keyboard leaves of the screen.
 */
export function place(element: HTMLElement, at: DOMRect, side: 'below' | 'above'): void {
  const screen = globalThis.visualViewport
  const view = {
    top: screen?.offsetTop ?? 0,
    left: screen?.offsetLeft ?? 0,
    width: screen?.width ?? window.innerWidth,
    height: screen?.height ?? window.innerHeight,
  }
  const { width, height } = element.getBoundingClientRect()
  const { top, left } = placed({ width, height }, at, view, side)
  element.style.top = `${top}px`
  element.style.left = `${left}px`
}

/** Where a box goes, in pixels of the screen. */
export function placed(
  box: { width: number; height: number },
  at: { top: number; bottom: number; left: number; right: number },
  view: { top: number; left: number; width: number; height: number },
  side: 'below' | 'above',
): { top: number; left: number } {
  const above = at.top - box.height - margin
  const below = at.bottom + margin
  const fitsBelow = below + box.height + margin <= view.top + view.height
  const fitsAbove = above >= view.top + margin
  const isBelow = side === 'below' ? fitsBelow || !fitsAbove : !fitsAbove && fitsBelow
  const middle = side === 'above' ? (at.left + at.right - box.width) / 2 : at.left
  const furthest = view.left + view.width - box.width - margin
  return { top: isBelow ? below : above, left: Math.max(view.left + margin, Math.min(middle, furthest)) }
}
