import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone } from '../../ui/waiting.tsx'
import { sessionsQuery, useEndSessions } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import classes from './profile-view.module.css'

/** Where the account is open now, and how to end that here or everywhere. */
export function SessionsSection({ onGone }: { onGone: () => void }) {
  const { t } = useTranslation('account')
  const sessions = useQuery(sessionsQuery)
  const end = useEndSessions()
  const [asks, setAsks] = useState(false)
  return (
    <section className={classes.section} aria-labelledby="my-sessions">
      <header>
        <h2 id="my-sessions">{t('sessions.heading')}</h2>
        <p className={classes.soft}>{t('sessions.lead')}</p>
      </header>
      {sessions.isPending && <Bone height="4rem" />}
      <FormRefusal error={sessions.error ?? end.error} />
      <ul className={classes.rows}>
        {sessions.data?.map(({ id, current, label, createdAt, seenAt }) => (
          <li key={id} className={classes.row}>
            <div className={classes.what}>
              <span>{label ?? t('sessions.unknown')}</span>
              {current && <StatusChip tone="active">{t('sessions.current')}</StatusChip>}
              <span className={classes.soft}>
                {t('sessions.since')} <Time value={createdAt} as="moment" /> · {t('sessions.seen')}{' '}
                <Time value={seenAt} />
              </span>
            </div>
            {!current && (
              <Button variant="default" loading={end.isPending && end.variables === id} onClick={() => end.mutate(id)}>
                {t('sessions.end')}
                <span className="cb-hidden">: {label ?? t('sessions.unknown')}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button variant="default" color="danger" onClick={() => setAsks(true)}>
          {t('sessions.endAll')}
        </Button>
      </div>
      {asks && <EndAllSheet onGone={onGone} onClose={() => setAsks(false)} />}
    </section>
  )
}

function EndAllSheet({ onGone, onClose }: { onGone: () => void; onClose: () => void }) {
  const { t } = useTranslation('account')
  const end = useEndSessions()
  return (
    <ConfirmSheet
      title={t('sessions.endAll')}
      button={t('sessions.endAll')}
      danger
      doing={end}
      onConfirm={() => end.mutate(null, { onSuccess: onGone })}
      onClose={onClose}
      refusal={<FormRefusal error={end.error} />}
    >
      <p>{t('sessions.endAllWhat')}</p>
      <p>{t('sessions.endAllKept')}</p>
    </ConfirmSheet>
  )
}
