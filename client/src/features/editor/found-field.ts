import { fieldPlace } from '../../lib/field-place.ts'

/** Milliseconds in which the text may still grow above the field. */
const settling = 4000

/**
 * Goes to the field or fact that the address names (`#field-problem`), as a search that found it does, and marks it until
 * somebody presses or types. The text comes in a moment after the form, and every line of it moves what stands below: until
 * it came to rest, or the reader goes elsewhere, the field is held in sight. Answers how to let go of it.
 */
export function holdFoundField(form: HTMLElement, hash: string): () => void {
  const name = /^#field-([A-Za-z]{1,40})$/.exec(hash)?.[1]
  const fields = form.querySelector(':scope > section')
  if (!fields || name === undefined) return () => undefined
  const found = () => fieldPlace(name, form)
  const ends = new AbortController()
  const marked = new AbortController()
  const watching = new ResizeObserver(() => {
    found()?.setAttribute('data-found', '')
    found()?.scrollIntoView({ block: 'start' })
  })
  watching.observe(fields)
  ends.signal.addEventListener('abort', () => watching.disconnect())
  const timer = setTimeout(() => ends.abort(), settling)
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    addEventListener(event, () => ends.abort(), { passive: true, signal: ends.signal })
  const unmark = () => {
    found()?.removeAttribute('data-found')
    marked.abort()
  }
  for (const event of ['click', 'keydown']) addEventListener(event, unmark, { signal: marked.signal })
  return () => {
    clearTimeout(timer)
    ends.abort()
    marked.abort()
  }
}
