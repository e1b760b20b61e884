import { useEffect } from 'react'

/**
 * Keeps what is written in sight on phones. ProseMirror scrolls for keys that move its cursor; it does not when a tap
 * brings up the keyboard and the toolbar over the place that was tapped, nor for inputs that are not its own.
 */
export function useCaretInSight(form: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const place = form.current
    const screen = window.visualViewport
    if (!place) return undefined
    const phone = window.matchMedia('(max-width: 61.99em)')
    const root = document.documentElement
    const pad = () => {
      // For what the browser itself scrolls to: the focus of the keyboard, an input that is written in.
      root.style.scrollPaddingBlock = phone.matches
        ? 'calc(var(--cb-header) + 5rem) calc(var(--keyboard, 0px) + 5rem)'
        : ''
    }
    let frame = 0
    const later = () => {
      cancelAnimationFrame(frame)
      // The bar is drawn, and the browser has put the cursor where it was tapped.
      frame = requestAnimationFrame(() => {
        if (phone.matches) scrollToCaret(place)
      })
    }
    pad()
    phone.addEventListener('change', pad)
    for (const event of ['click', 'input'] as const) place.addEventListener(event, later)
    screen?.addEventListener('resize', later)
    window.addEventListener('resize', later)
    return () => {
      cancelAnimationFrame(frame)
      root.style.scrollPaddingBlock = ''
      phone.removeEventListener('change', pad)
      for (const event of ['click', 'input'] as const) place.removeEventListener(event, later)
      screen?.removeEventListener('resize', later)
      window.removeEventListener('resize', later)
    }
  }, [form])
}

/** Air between the line that is written and the bar below it. Pixels. */
const air = 16

function scrollToCaret(form: HTMLElement): void {
  const bar = form.querySelector('[data-writing]')?.getBoundingClientRect()
  const caret = caretIn(form)
  if (!bar || !caret) return
  // A bar that stands above the text covers nothing below it.
  const below = caret.bottom + air - bar.top
  if (below > 0) window.scrollBy(0, below)
}

/** Where one writes: the cursor in a text, or the whole of an input. Undefined when nothing is being written in. */
function caretIn(form: HTMLElement): DOMRect | undefined {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || !form.contains(focused)) return undefined
  if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(focused.tagName)) return focused.getBoundingClientRect()
  const selection = window.getSelection()
  if (!focused.isContentEditable || !selection?.isCollapsed || selection.rangeCount === 0) return undefined
  const [box] = selection.getRangeAt(0).getClientRects()
  if (box) return box
  // A cursor in an empty line has no box of its own.
  const { anchorNode } = selection
  const around = anchorNode instanceof Element ? anchorNode : anchorNode?.parentElement
  return around?.closest('p, h1, h2, h3, h4, li, td, th')?.getBoundingClientRect()
}
