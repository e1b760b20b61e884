import { ActionIcon } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './side-panel.module.css'

interface SidePanelProps {
  title: React.ReactNode
  /** Asked by the close button, Escape, and on phones a tap beside the sheet. */
  onClose: () => void
  children: React.ReactNode
  /** Stays above what scrolls: filters, a switch. */
  top?: React.ReactNode
  /** Stays below what scrolls, at the thumb. */
  footer?: React.ReactNode
  /** On a desk the focus stays where it is when it opens: it was opened by the way, by who is writing. */
  quiet?: boolean
}

/**
 * Something read beside the page. On desks a column that leaves the page usable; on phones a sheet over it that keeps
 * the focus. One element for both, so that turning the device loses nothing. Opening moves the focus to its title,
 * closing gives it back.
 */
export function SidePanel({ title, onClose, children, top, footer, quiet = false }: SidePanelProps) {
  const { t } = useTranslation()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const opensQuietly = useRef(quiet)
  const beside = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })

  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (!(before instanceof HTMLElement)) return
      // Come to by a link it had no opener; the button at selected words goes with what it opened.
      if (before !== document.body && before.isConnected) before.focus()
      else if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
    }
  }, [])

  useEffect(() => {
    const element = dialog.current
    if (!element) return
    const held =
      element.contains(document.activeElement) || (beside && opensQuietly.current) ? document.activeElement : undefined
    opensQuietly.current = false
    if (beside) element.show()
    else element.showModal()
    const target = held instanceof HTMLElement ? held : heading.current
    target?.focus({ preventScroll: true })
    return () => element.close()
  }, [beside])

  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !beside) return
    event.preventDefault()
    onClose()
  }

  return (
    <dialog
      ref={dialog}
      className={classes.panel}
      aria-labelledby={titleId}
      onKeyDown={closeByKey}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (
          !beside &&
          event.target === event.currentTarget &&
          event.clientY < event.currentTarget.getBoundingClientRect().top
        )
          onClose()
      }}
    >
      <div className={classes.head}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX aria-hidden />
        </ActionIcon>
      </div>
      {top && <div className={classes.top}>{top}</div>}
      <div className={classes.body}>{children}</div>
      {footer && <div className={classes.foot}>{footer}</div>}
    </dialog>
  )
}
