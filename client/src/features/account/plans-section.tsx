import type { MyMembership, Profile } from '@cabildo/protocol/http/account'
import type { Display } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChosen } from '../../lib/use-chosen.ts'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Time } from '../../ui/time.tsx'
import { useLeavePlan, useSetDisplay, useWithdrawConsent } from './api.ts'
import { DisplayChoice } from './display-choice.tsx'
import { FormRefusal } from './form-refusal.tsx'
import classes from './profile-view.module.css'

/** The plans the reader takes part in: how others see them there, what they agreed to, and the way out. */
export function PlansSection({ profile, more }: { profile: Profile; more?: React.ReactNode }) {
  const { t } = useTranslation('account')
  return (
    <section className={classes.section} aria-labelledby="my-plans">
      <header>
        <h2 id="my-plans">{t('plans.heading')}</h2>
        <p className={classes.soft}>{t('plans.lead')}</p>
      </header>
      {profile.memberships.length === 0 && <p>{t('plans.none')}</p>}
      <ul className={classes.rows}>
        {profile.memberships.map((membership) => (
          <li key={membership.planId} className={classes.row}>
            <PlanOfMine profile={profile} membership={membership} />
          </li>
        ))}
      </ul>
      {more}
    </section>
  )
}

function PlanOfMine({ profile, membership }: { profile: Profile; membership: MyMembership }) {
  const { t } = useTranslation('account')
  const { t: common } = useTranslation()
  const headingId = useId()
  const [asks, setAsks] = useState<'withdraw' | 'leave'>()
  const { planSlug, planTitle, role, group, display, consents } = membership
  const set = useSetDisplay()
  const [shown, choose] = useChosen<Display>(display, (next, onSettled) =>
    set.mutate({ slug: planSlug, display: next }, { onSettled }),
  )
  const holds = consents.some(({ withdrawnAt }) => withdrawnAt === null)
  return (
    <section className={classes.what} aria-labelledby={headingId}>
      <h3 id={headingId}>{planTitle}</h3>
      <p className={classes.soft}>{t('plans.role', { role: common(`role.${role}`) })}</p>
      {group && <SectorTag sector={group.sector}>{group.name}</SectorTag>}
      <DisplayChoice user={profile.user} group={group} value={shown} onChange={choose} />
      <p role="status" className={classes.soft}>
        {set.isSuccess && t('display.saved')}
      </p>
      <FormRefusal error={set.error} />
      <h4>{t('consents.heading')}</h4>
      {consents.length === 0 && <p className={classes.soft}>{t('consents.none')}</p>}
      <ul className={classes.nested}>
        {consents.map(({ textVersion, way, givenAt, withdrawnAt }) => (
          <li key={givenAt} className={classes.soft}>
            {t(`consents.given.${way}`, { version: textVersion })} <Time value={givenAt} as="day" />
            {withdrawnAt && (
              <>
                · {t('consents.withdrawn')} <Time value={withdrawnAt} as="day" />
              </>
            )}
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        {holds && (
          <Button variant="default" onClick={() => setAsks('withdraw')}>
            {t('consents.withdraw')}
            <span className="cb-hidden">: {planTitle}</span>
          </Button>
        )}
        {!profile.user.guest && (
          <Button variant="default" color="danger" onClick={() => setAsks('leave')}>
            {t('leave.button')}
            <span className="cb-hidden">: {planTitle}</span>
          </Button>
        )}
      </div>
      {asks === 'withdraw' && <WithdrawSheet slug={planSlug} onClose={() => setAsks(undefined)} />}
      {asks === 'leave' && <LeaveSheet slug={planSlug} title={planTitle} onClose={() => setAsks(undefined)} />}
    </section>
  )
}

function WithdrawSheet({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { t } = useTranslation('account')
  const withdraw = useWithdrawConsent()
  return (
    <ConfirmSheet
      title={t('consents.withdraw')}
      button={t('consents.withdraw')}
      doing={withdraw}
      onConfirm={() => withdraw.mutate(slug, { onSuccess: onClose })}
      onClose={onClose}
      refusal={<FormRefusal error={withdraw.error} />}
    >
      <p>{t('consents.what')}</p>
      <p>{t('consents.stays')}</p>
    </ConfirmSheet>
  )
}

function LeaveSheet({ slug, title, onClose }: { slug: string; title: string; onClose: () => void }) {
  const { t } = useTranslation('account')
  const leave = useLeavePlan()
  return (
    <ConfirmSheet
      title={t('leave.title', { plan: title })}
      button={t('leave.button')}
      danger
      doing={leave}
      onConfirm={() => leave.mutate(slug, { onSuccess: onClose })}
      onClose={onClose}
      refusal={<FormRefusal error={leave.error} />}
    >
      <p>{t('leave.what')}</p>
      <p>{t('leave.stays')}</p>
    </ConfirmSheet>
  )
}
