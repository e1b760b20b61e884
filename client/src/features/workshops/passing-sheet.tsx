import { Button, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import classes from './passing-sheet.module.css'
import type { Passing } from './use-passing.ts'

interface PassingSheetProps {
  passing: Passing
  /** Who has the phone. */
  from: string
  onAgain: () => void
  /** Passes the phone although something is not sent; it stays here in the name of who wrote it. */
  onAnyway: () => void
  onStay: () => void
}

/** The phone on its way to the next person: shown when it takes a while, or does not go. */
export function PassingSheet({ passing, from, onAgain, onAnyway, onStay }: PassingSheetProps) {
  const { t } = useTranslation('workshops')
  const { step, to } = passing
  const isBusy = step === 'saving' || step === 'turning'
  const isLate = useLate(300)
  if (isBusy && !isLate) return null
  const name = to === 'another' ? undefined : to.name
  const stay = (
    <Button variant="default" onClick={onStay}>
      {t('pass.stay', { name: from })}
    </Button>
  )
  return (
    <Sheet
      title={name === undefined ? t('pass.titleAnother') : t('pass.title', { name })}
      onClose={step === 'turning' ? () => {} : onStay}
      footer={
        step !== 'turning' && (
          <>
            {stay}
            {!isBusy && <Button onClick={onAgain}>{t('pass.again')}</Button>}
          </>
        )
      }
    >
      {passing.step === 'stopped' || passing.step === 'failed' ? (
        <Stopped passing={passing} from={from} onAnyway={onAnyway} />
      ) : (
        <p className={classes.busy} role="status">
          <Loader size="sm" aria-hidden />
          {passing.step === 'saving' ? t('pass.saving', { name: from }) : t('pass.turning')}
        </p>
      )}
    </Sheet>
  )
}

interface StoppedProps {
  passing: Extract<Passing, { step: 'stopped' | 'failed' }>
  from: string
  onAnyway: () => void
}

function Stopped({ passing, from, onAnyway }: StoppedProps) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  if (passing.step === 'failed') return <Notice tone="problem" urgent {...words(passing.error)} />
  const { why } = passing
  if (why === 'unkept') {
    return <Notice tone="problem" urgent what={t('pass.unkept', { name: from })} todo={t('pass.unkeptTodo')} />
  }
  return (
    <Notice
      tone="care"
      urgent
      what={t(`pass.why.${why}`, { name: from })}
      kept={t('pass.kept', { name: from })}
      todo={t(why === 'offline' ? 'pass.whenOnline' : 'pass.later', { name: from })}
    >
      {why !== 'offline' && (
        <Button variant="default" onClick={onAnyway}>
          {t('pass.anyway')}
        </Button>
      )}
    </Notice>
  )
}

/** Says whether a while has passed since the first drawing. */
function useLate(ms: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return late
}
