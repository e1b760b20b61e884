/** Longest time that a page is held. Milliseconds. */
const longest = 6000

/**
 * Keeps the reader where they are while the page is drawn anew for somebody else: it stays as tall as it was until what
 * is drawn is as tall again.
 */
export function holdPlace(): void {
  const main = document.getElementById('main')
  if (!main) return
  const height = main.offsetHeight
  const { scrollY } = window
  main.style.minHeight = `${height}px`
  main.style.setProperty('overflow-anchor', 'none')
  const letGo = () => {
    clearInterval(timer)
    clearTimeout(end)
    main.style.minHeight = ''
    main.style.removeProperty('overflow-anchor')
  }
  const isTallAgain = () => {
    const { firstElementChild: page } = main
    const top = main.getBoundingClientRect().top
    // The text may be a little shorter for somebody else: what counts is that the place one was at is there.
    return page !== null && page.getBoundingClientRect().bottom - top >= Math.min(height, scrollY + window.innerHeight)
  }
  const timer = setInterval(() => {
    if (isTallAgain()) letGo()
  }, 50)
  const end = setTimeout(letGo, longest)
}
