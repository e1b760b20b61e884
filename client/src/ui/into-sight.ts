/**
 * For `ref`: what opens where somebody pressed stands there whole, its buttons too. The browser itself brings only the field
 * into sight that has the focus.
 */
export function intoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
