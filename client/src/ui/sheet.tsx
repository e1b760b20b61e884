import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type PointerEvent, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './sheet.module.css'

interface SheetProps {
  title: React.ReactNode
  /** Asked by the close button, Escape, a tap beside the sheet, and the browser's way back. */
  onClose: () => void
  children: React.ReactNode
  /** Buttons kept at the thumb, below what scrolls. */
  footer?: React.ReactNode
  /** Widest on a desk: `md` 34rem, `lg` 60rem; `side` stands at its edge, as high as the window. */
  size?: 'md' | 'lg' | 'side'
}

/**
 * A question over the page: at the bottom edge on phones, in the middle on desks. Draw it to open it, remove it to
 * close it. The browser keeps the focus inside and gives it back to where it was; the control marked
 * `data-autofocus` gets it, else the first.
 */
export function Sheet({ title, onClose, children, footer, size = 'md' }: SheetProps) {
  const { t } = useTranslation()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    const places = around(before)
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      element?.close()
      // A dialog that leaves the page with its focus loses it; its opener is where the reader was.
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus()
      // What was done took the opener away: on with what stands where it stood. Come to by a link, it had none.
      else if (document.activeElement === document.body) {
        const next = controlIn(places)
        if (next) next.focus()
        else document.getElementById('main')?.focus({ preventScroll: true })
      }
    }
  }, [])

  // What is asked next in the same sheet took the buttons of what was asked before, and the focus with them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title says that something else is asked
  useEffect(() => {
    const element = dialog.current
    if (!element?.open || document.activeElement !== document.body) return
    element.querySelector<HTMLElement>(`[data-autofocus], ${controls}`)?.focus()
  }, [title])

  const closeFromBeside = (event: PointerEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget) return
    const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect()
    const { clientX: x, clientY: y } = event
    if (x < left || x > right || y < top || y > bottom) onClose()
  }

  return (
    <dialog
      ref={dialog}
      className={classes.sheet}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={closeFromBeside}
    >
      <div className={classes.head}>
        <h2 id={titleId}>{title}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.body}>{children}</div>
      {footer && <div className={classes.foot}>{footer}</div>}
    </dialog>
  )
}

const controls = 'button:enabled, a[href], input:enabled, select:enabled, textarea:enabled'

/** The first control that can be seen in the first place that is left and has one. */
function controlIn(places: readonly Element[]): HTMLElement | undefined {
  for (const place of places) {
    if (!place.isConnected) continue
    const seen = [...place.querySelectorAll<HTMLElement>(controls)].find((control) => control.checkVisibility())
    if (seen) return seen
  }
  return undefined
}

/** What an element stands in, the nearest first, without the page as a whole. */
function around(element: Element | null): Element[] {
  const places: Element[] = []
  for (let at = element?.parentElement; at && at.tagName !== 'MAIN' && at !== document.body; at = at.parentElement)
    places.push(at)
  return places
}
