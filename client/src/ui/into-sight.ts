/**
 * For `ref`: what opens where somebody pressed stands there whole, its buttons too; once more when a phone's keyboard has
 * come. The browser itself brings only the field into sight that has the focus.
 */
export function intoSight(element: HTMLElement | null): void {
  const show = () => element?.scrollIntoView({ block: 'nearest' })
  show()
  const afterKeyboard = () => {
    if (element?.contains(document.activeElement)) show()
  }
  if (element) window.visualViewport?.addEventListener('resize', afterKeyboard, { once: true })
}
