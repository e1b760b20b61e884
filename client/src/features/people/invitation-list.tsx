import type { InvitationItem } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusChip, type StatusTone } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { useTakeBack } from './api.ts'
import partClasses from './people-view.module.css'

const tones: Readonly<Record<InvitationItem['state'], StatusTone>> = {
  open: 'waiting',
  used: 'done',
  expired: 'idle',
  revoked: 'idle',
}

interface InvitationListProps {
  slug: string
  invitations: readonly InvitationItem[] | undefined
  error: Error | null
}

/** The invitations so far, those that are still open first; an open one can be taken back. */
export function InvitationList({ slug, invitations, error }: InvitationListProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const words = useRefusalWords()
  const [asks, setAsks] = useState<InvitationItem>()
  const sorted = [...(invitations ?? [])].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'))
  return (
    <section className={partClasses.section} aria-labelledby="invitations">
      <h2 id="invitations">{t('invitations.heading')}</h2>
      {error && !invitations && <Notice tone="problem" {...words(error)} />}
      {invitations?.length === 0 && <p className={partClasses.soft}>{t('invitations.none')}</p>}
      <ul className={partClasses.cards}>
        {sorted.map((invitation) => (
          <li key={invitation.id} className={partClasses.card}>
            <div className={partClasses.bar}>
              <div>
                <h3>{invitation.name}</h3>
                <p className={partClasses.soft}>
                  {common(`role.${invitation.role}`)} · {invitation.group?.name ?? t('noGroup')} ·{' '}
                  {invitation.email ?? t('noEmail')}
                </p>
                <p className={partClasses.soft}>
                  {t('invitations.until')} <Time value={invitation.expiresAt} as="day" />
                </p>
              </div>
              <StatusChip tone={tones[invitation.state]}>{t(`invitations.${invitation.state}`)}</StatusChip>
            </div>
            {invitation.state === 'open' && (
              <div>
                <Button variant="default" onClick={() => setAsks(invitation)}>
                  {t('invitations.takeBack')}
                  <span className="cb-hidden">: {invitation.name}</span>
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {asks && <TakeBackSheet slug={slug} invitation={asks} onClose={() => setAsks(undefined)} />}
    </section>
  )
}

interface TakeBackSheetProps {
  slug: string
  invitation: InvitationItem
  onClose: () => void
}

function TakeBackSheet({ slug, invitation, onClose }: TakeBackSheetProps) {
  const { t } = useTranslation('people')
  const takeBack = useTakeBack(slug)
  return (
    <ConfirmSheet
      title={t('invitations.takeBackTitle', { name: invitation.name })}
      button={t('invitations.takeBack')}
      danger
      doing={takeBack}
      onConfirm={() => takeBack.mutate(invitation.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('invitations.takeBackWhat')}</p>
    </ConfirmSheet>
  )
}
