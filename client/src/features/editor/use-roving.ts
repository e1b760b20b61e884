import { useEffect } from 'react'

/** One stop for the Tab key, arrows inside: how toolbars work everywhere (WAI-ARIA). */
export function useRoving(bar: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = bar.current
    if (!element) return
    const buttons = () => [...element.querySelectorAll<HTMLElement>('button')]
    const settle = (current: HTMLElement | undefined) => {
      for (const button of buttons()) button.tabIndex = button === current ? 0 : -1
    }
    settle(buttons()[0])
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof HTMLElement) settle(event.target.closest('button') ?? undefined)
    }
    const onKey = (event: globalThis.KeyboardEvent) => {
      const all = buttons()
      const current = document.activeElement
      const at = current instanceof HTMLElement ? all.indexOf(current) : -1
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key]
      if (at < 0 || to === undefined) return
      event.preventDefault()
      all[(to + all.length) % all.length]?.focus()
    }
    element.addEventListener('focusin', onFocus)
    element.addEventListener('keydown', onKey)
    return () => {
      element.removeEventListener('focusin', onFocus)
      element.removeEventListener('keydown', onKey)
    }
  }, [bar])
}
