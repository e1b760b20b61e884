/** So long a phone's keyboard may take to come, milliseconds. */
const coming = 1500

/**
 * For `ref`: what opens where somebody pressed stands there whole, its buttons too; again while a phone's keyboard comes. The
 * browser itself brings only the field into sight that has the focus.
 */
export function intoSight(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined
  const end = new AbortController()
  const show = () => element.scrollIntoView({ block: 'nearest' })
  const afterKeyboard = () => {
    if (element.contains(document.activeElement)) show()
  }
  show()
  window.visualViewport?.addEventListener('resize', afterKeyboard, { signal: end.signal })
  const timer = setTimeout(() => end.abort(), coming)
  return () => {
    clearTimeout(timer)
    end.abort()
  }
}
