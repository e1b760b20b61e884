/** Longest time that a page is held. Milliseconds. */
const longest = 6000

/**
 * Keeps the reader where they are while the page is drawn anew for somebody else: it stays as tall as it was. Call the
 * answer when it is being drawn anew, and it is let go once it is as tall again; call it with `false` when it is not.
 */
export function holdPlace(): (drawnAnew: boolean) => void {
  const main = document.getElementById('main')
  if (!main) return () => {}
  const { offsetHeight: height, firstElementChild: before } = main
  const seen = window.scrollY + window.innerHeight
  main.style.minHeight = `${height}px`
  main.style.setProperty('overflow-anchor', 'none')
  const letGo = () => {
    main.style.minHeight = ''
    main.style.removeProperty('overflow-anchor')
  }
  /** The text may be a little shorter for somebody else: what counts is that the place one was at is there again. */
  const isBack = () => {
    const { firstElementChild: page } = main
    if (!page || page === before) return false
    return page.getBoundingClientRect().bottom + window.scrollY >= Math.min(seen, height)
  }
  return (drawnAnew) => {
    if (!drawnAnew) return letGo()
    const end = Date.now() + longest
    const look = () => {
      if (isBack() || Date.now() > end) letGo()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    return undefined
  }
}
