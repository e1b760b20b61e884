import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EntryView } from '../../features/inputs/entry-view.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/inputs/new')

/** Where ideas are entered, one or a whole meeting. */
export default function InputNewPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('inputs')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  usePageTitle(plan.data && t('entry.title'))
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.data && session) return <EntryView plan={plan.data} userId={session.id} />
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
