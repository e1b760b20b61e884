import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EntryView } from '../../features/inputs/entry-view.tsx'
import { meetingQuery, meetingsQuery } from '../../features/meetings/api.ts'
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
  const { meeting: number } = route.useSearch()
  const { t } = useTranslation('inputs')
  const { t: meetings } = useTranslation('meetings')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  const meeting = useQuery({ ...meetingQuery(slug, number ?? 0), enabled: number !== undefined })
  const { data: all } = useQuery({ ...meetingsQuery(slug), enabled: number === undefined })
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  usePageTitle(plan.data && t('entry.title'))
  if (refusalCode(plan.error) === 'not_found' || meeting.data === null) return <PageNotFound />
  if (plan.data && session && (number === undefined || meeting.data)) {
    return (
      // What is entered belongs to one meeting.
      <EntryView
        key={meeting.data?.id ?? ''}
        plan={plan.data}
        userId={session.id}
        meetings={all?.items}
        {...(meeting.data && {
          meeting: meeting.data,
          about: meetings('inputs.entering', { number: meeting.data.number, title: meeting.data.title }),
        })}
      />
    )
  }
  const error = plan.error ?? meeting.error
  if (error) return <PageFailure error={error} onRetry={() => void (plan.error ? plan.refetch() : meeting.refetch())} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
