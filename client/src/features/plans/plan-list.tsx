import type { PlanItem } from '@cabildo/protocol/http/api'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './plan-list.module.css'

/** The plans somebody takes part in, for those who take part in several or in none. */
export function PlanList({ plans }: { plans: readonly PlanItem[] }) {
  const { t } = useTranslation('plans')
  const { t: common } = useTranslation()
  return (
    <div className={classes.page}>
      <h1>{t('list.heading')}</h1>
      {plans.length === 0 && <Notice tone="info" what={t('list.empty')} todo={t('list.emptyTodo')} />}
      <ul className={classes.list}>
        {plans.map((plan) => (
          <li key={plan.id} className={classes.card}>
            <h2>
              <Link to="/plans/$slug" params={{ slug: plan.slug }} className={classes.link} lang={planLanguage}>
                {plan.title}
              </Link>
            </h2>
            <p>{plan.place}</p>
            <p className={classes.role}>{t('list.role', { role: common(`role.${plan.role}`) })}</p>
            {plan.demo && <StatusChip tone="idle">{common('demo.chip')}</StatusChip>}
          </li>
        ))}
      </ul>
    </div>
  )
}
