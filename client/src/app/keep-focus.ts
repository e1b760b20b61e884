/**
 * A button that waits for an answer cannot be pressed meanwhile, and the browser takes the focus from it: whoever works with
 * the keyboard would be at the page's start. Here it gets the focus back when it can be pressed again, unless the reader
 * has gone on. Ends what it does when the returned function is called.
 */
export function keepFocus(page: Document): () => void {
  const end = new AbortController()
  const { signal } = end
  /** What has the focus, or lost it by not being to be pressed. */
  let last: EventTarget | null = null
  let waiting: Node | null = null
  page.addEventListener(
    'focusin',
    ({ target }) => {
      last = target
      waiting = null
    },
    { signal },
  )
  page.addEventListener(
    'focusout',
    ({ target }) => {
      if (target instanceof Element && !target.matches(':disabled')) last = null
    },
    { signal },
  )
  const goneOn = () => {
    waiting = null
  }
  page.addEventListener('pointerdown', goneOn, { signal, passive: true })
  const watch = new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLElement)) continue
      if (target.matches(':disabled')) {
        if (target === last) waiting = target
      } else if (target === waiting) {
        waiting = null
        if (page.activeElement === page.body) target.focus({ preventScroll: true })
      }
    }
  })
  watch.observe(page, { subtree: true, attributeFilter: ['disabled'] })
  signal.addEventListener('abort', () => watch.disconnect())
  return () => end.abort()
}
