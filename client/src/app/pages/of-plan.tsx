import type { Plan } from '@cabildo/protocol/http/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'

interface OfPlanProps {
  plan: Pick<UseQueryResult<Plan>, 'data' | 'error' | 'refetch'>
  children: (plan: Plan) => React.ReactNode
}

/**
 * A page that needs its plan: drawn once it is here; until then, that it is on its way, could not be had, or is not there. What
 * this device remembers of a plan is not shown to who has no part in it any more.
 */
export function OfPlan({ plan: { data, error, refetch }, children }: OfPlanProps) {
  const navigate = useNavigate()
  if (refusalCode(error) === 'not_found') return <PageNotFound />
  if (data) return children(data)
  if (error) return <PageFailure error={error} onRetry={() => void refetch()} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
