import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { plansQuery } from '../../features/plans/api.ts'
import { PlanList } from '../../features/plans/plan-list.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** Takes people to their plan when they have one, and shows their plans when they have several. */
export default function HomePage() {
  const { t } = useTranslation('plans')
  const plans = useQuery(plansQuery)
  usePageTitle(t('list.title'))
  if (plans.data) {
    const [only, ...others] = plans.data
    if (only && others.length === 0) return <Navigate to="/plans/$slug" params={{ slug: only.slug }} replace />
    return <PlanList plans={plans.data} />
  }
  if (plans.error) return <PageFailure error={plans.error} onRetry={() => void plans.refetch()} />
  return <Waiting />
}
