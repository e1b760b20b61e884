import type { Dissent } from '@cabildo/protocol/http/dissents'
import { Button } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { dissentsQuery } from './api.ts'
import classes from './dissent.module.css'
import { standingOn } from './model.ts'

interface ReservedNotesProps {
  documentId: string
  field: string
  /** The moment (RFC 3339) at which they stood; without it they stand now. */
  at?: string | undefined
}

/** The positions reserved on a field, under its text. */
export function ReservedNotes({ documentId, field, at }: ReservedNotesProps) {
  const { data } = useQuery(dissentsQuery(documentId))
  const standing = standingOn(data?.items ?? [], field, at)
  return standing.map((dissent) => <ReservedNote key={dissent.id} dissent={dissent} />)
}

/** One position: whose it is, what it is on, and its words. */
export function ReservedNote({
  dissent,
  field,
  onWithdraw,
}: {
  dissent: Dissent
  /** What it is on is called so, where that is not in sight. */
  field?: string | undefined
  onWithdraw?: (() => void) | undefined
}) {
  const { t } = useTranslation('dissent')
  const nameOf = usePersonWords()
  const { group, quote, position, by, statedAt, withdrawn, number } = dissent
  return (
    <div
      role="note"
      className={classes.note}
      aria-label={`${t('of', { group: group.name })}: ${t('number', { number })}`}
    >
      <p className={classes.whose}>
        <IconFlag size={18} aria-hidden /> {t('of', { group: group.name })}
      </p>
      {field !== undefined && <p className={classes.small}>{field}</p>}
      {quote !== null && (
        <p className={classes.small}>
          <PlanWords words={quote} of={(quote) => t('on', { quote })} />
        </p>
      )}
      <p className={classes.position} lang={planLanguage}>
        {position}
      </p>
      <p className={classes.small}>
        {t('number', { number })} · {t('stated')} {nameOf(by, true)}, <Time value={statedAt} as="day" />
        {withdrawn && (
          <>
            {' '}
            · {t('withdrawn')} {nameOf(withdrawn.by, true)}, <Time value={withdrawn.at} as="day" />
          </>
        )}
      </p>
      {onWithdraw && (
        <Button variant="default" aria-label={t('withdrawOf', { number })} onClick={onWithdraw}>
          {t('withdraw')}
        </Button>
      )}
    </div>
  )
}
