import { useQuery } from '@tanstack/react-query'
import { planQuery } from '../../features/plans/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { backToPlan } from '../../lib/text-address.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

interface UnderPlanProps {
  slug: string
  title: string
  lead?: string
  className: string | undefined
  /** Drawn while the plan is still on its way. */
  children: React.ReactNode
}

/** A page that lies one step under its plan: the way back, its title and, where that needs words, what it is for, and what it shows. */
export function UnderPlan({ slug, title, lead, className, children }: UnderPlanProps) {
  const plan = useQuery(planQuery(slug))
  usePageTitle(title)
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.error && !plan.data) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return (
    <div className={className}>
      {plan.data && (
        <PageHead {...backToPlan(plan.data)} title={title}>
          {lead !== undefined && <p>{lead}</p>}
        </PageHead>
      )}
      {children}
    </div>
  )
}
