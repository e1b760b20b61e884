import type { Plan } from '@cabildo/protocol/http/api'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { meetingQuery } from '../../features/meetings/api.ts'
import { planQuery } from '../../features/plans/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

interface MeetingPageProps {
  slug: string
  /** As the address says it. */
  number: string
  children: (plan: Plan, meeting: Meeting, leave: () => void) => React.ReactNode
}

/** What every page of one meeting waits for: the plan and the meeting. `leave` goes to the meeting's own page. */
export function MeetingPage({ slug, number, children }: MeetingPageProps) {
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const isNumber = /^[1-9]\d{0,5}$/.test(number)
  const plan = useQuery(planQuery(slug))
  const meeting = useQuery({ ...meetingQuery(slug, Number(number)), enabled: isNumber })
  usePageTitle(meeting.data ? t('one', { number }) : undefined)
  const error = plan.error ?? meeting.error
  if (!isNumber || meeting.data === null || refusalCode(error) === 'not_found') return <PageNotFound />
  if (plan.data && meeting.data)
    return children(
      plan.data,
      meeting.data,
      () => void navigate({ to: '/plans/$slug/meetings/$number', params: { slug, number } }),
    )
  if (error) return <PageFailure error={error} onRetry={() => void Promise.all([plan.refetch(), meeting.refetch()])} />
  return <Waiting onLeave={() => void navigate({ to: '/plans/$slug/meetings', params: { slug } })} />
}
