import { Button, Textarea } from '@mantine/core'
import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { intoSight } from '../../ui/into-sight.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './proposals.module.css'

/** For `ref`: the card grew above it, and who writes there sees it; who writes elsewhere is left where they are. */
const seenByWriter = (told: HTMLElement | null) =>
  told?.closest('form')?.contains(document.activeElement) ? intoSight(told) : undefined

interface ReasoningProps {
  label: string
  /** What is done with the reason. */
  button: string
  busy: boolean
  /** Why nothing can be decided there any more: it was, or the reader may not. */
  over: 'decided' | 'closed' | undefined
  onGive: (reason: string) => void
  onCancel: () => void
}

/** Where a reason is written. Once there is nothing to decide any more it stays to be read and copied, and says so. */
export function Reasoning({ label, button, busy, over, onGive, onCancel }: ReasoningProps) {
  const { t } = useTranslation('proposals')
  const [reason, setReason] = useState('')
  const isOver = over !== undefined
  const field = useRef<HTMLTextAreaElement>(null)
  // The button goes, and the focus with it.
  useEffect(() => {
    if (isOver && isFocusLost()) field.current?.focus({ preventScroll: true })
  }, [isOver])
  const give = (event: SyntheticEvent) => {
    event.preventDefault()
    if (reason.trim() !== '' && !busy && !isOver) onGive(reason)
  }
  return (
    <form
      ref={intoSight}
      className={classes.stack}
      onSubmit={give}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) give(event)
      }}
    >
      <Textarea
        ref={field}
        label={label}
        required
        autoFocus
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {over && !busy && (
        <div ref={seenByWriter}>
          <Notice tone="care" urgent what={`${t(`act.over.${over}`)} ${t('act.unsent')}`} />
        </div>
      )}
      <div className={classes.actions}>
        {!isOver && (
          <Button type="submit" loading={busy} disabled={reason.trim() === ''}>
            {button}
          </Button>
        )}
        <Button variant="subtle" onClick={onCancel}>
          {t('act.cancel')}
        </Button>
      </div>
    </form>
  )
}
