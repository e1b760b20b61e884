import { Button } from '@mantine/core'
import { IconArrowLeft, IconHistory } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './stage.module.css'

interface StageProps {
  title: ReactNode
  /** Back to the text of now. Also asked by Escape. */
  onClose: () => void
  /** Shows the list of versions; absent when it stands beside already. */
  onList?: (() => void) | undefined
  /** Words of the way back, when it leads elsewhere than to the text of now. */
  back?: string
  /** Takes all the room there is, for two columns. */
  wide?: boolean
  children: ReactNode
  /** Stays at the lower edge, at the thumb. */
  footer?: ReactNode
}

/**
 * The frame in which something of the past is read, in the place of the text that is written. Opening it moves the focus
 * to its title, so that a screen reader tells where one is; closing it gives the focus back.
 */
export function Stage({ title, onClose, onList, back, wide = false, children, footer }: StageProps) {
  const { t } = useTranslation('versions')
  const titleId = useId()
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    const before = document.activeElement
    heading.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])

  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    // Escape inside a sheet or an open select is theirs.
    if (event.target instanceof Element && event.target.closest('dialog, select')) return
    event.preventDefault()
    onClose()
  }

  return (
    <section className={classes.stage} data-wide-stage={wide || undefined} aria-labelledby={titleId} onKeyDown={leave}>
      <div className={classes.ways}>
        <Button variant="default" leftSection={<IconArrowLeft size={20} aria-hidden />} onClick={onClose}>
          {back ?? t('back')}
        </Button>
        {onList && (
          <Button variant="subtle" leftSection={<IconHistory size={20} aria-hidden />} onClick={onList}>
            {t('title')}
          </Button>
        )}
      </div>
      <h1 id={titleId} ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </h1>
      <div className={classes.body}>{children}</div>
      {footer && <div className={classes.foot}>{footer}</div>}
    </section>
  )
}
