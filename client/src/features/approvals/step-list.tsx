import type { Person } from '@cabildo/protocol/http/common'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import classes from './approvals.module.css'

interface StepListProps {
  steps: readonly {
    number: number
    /** What was done, in words. */
    label: string
    by: Person | null
    at: string
    reason: string | null
    closesAt: string | null
  }[]
}

/** How it came where it stands: every act, newest first, with who did it and why. */
export function StepList({ steps }: StepListProps) {
  const { t } = useTranslation('approvals')
  const nameOf = usePersonWords()
  if (steps.length === 0) return null
  return (
    <details className={classes.past}>
      <summary>{t('bar.past')}</summary>
      <ol className={classes.acts}>
        {steps.toReversed().map(({ number, label, by, at, reason, closesAt }) => (
          <li key={number}>
            <strong>{label}</strong> · {by ? nameOf(by) : t('bar.byItself')} · <Time value={at} />
            {closesAt && (
              <p className={classes.soft}>
                {t('window.until')} <Time value={closesAt} as="day" />
              </p>
            )}
            {reason && <blockquote className={classes.note}>{reason}</blockquote>}
          </li>
        ))}
      </ol>
    </details>
  )
}
