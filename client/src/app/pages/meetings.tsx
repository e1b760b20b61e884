import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { meetingsQuery } from '../../features/meetings/api.ts'
import { MeetingList } from '../../features/meetings/meeting-list.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/meetings')

/** The meetings of a plan. */
export default function MeetingsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  const meetings = useQuery(meetingsQuery(slug))
  // Only looked at here: the page around asks for it. Guests of a workshop are refused the table.
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  usePageTitle(plan.data && t('title'))
  const error = plan.error ?? meetings.error
  if (refusalCode(error) === 'not_found') return <PageNotFound />
  if (plan.data && meetings.data)
    return <MeetingList plan={plan.data} meetings={meetings.data} hasTable={session?.workshop == null} />
  if (error) return <PageFailure error={error} onRetry={() => void Promise.all([plan.refetch(), meetings.refetch()])} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
