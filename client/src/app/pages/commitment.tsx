import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { planQuery } from '../../features/plans/api.ts'
import { commitmentByNumber } from '../../features/plans/model.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/commitments/$number')

/** One commitment's document. */
export default function CommitmentRoute() {
  const { slug, number } = route.useParams()
  const plan = useQuery(planQuery(slug))
  const commitment = plan.data && commitmentByNumber(plan.data.commitments, number)
  usePageTitle(commitment?.title)
  if (commitment) return <h1>{commitment.title}</h1>
  if (plan.data || refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return <Waiting />
}
