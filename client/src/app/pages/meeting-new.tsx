import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MeetingNew } from '../../features/meetings/meeting-edit.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/meetings/new')

/** Where a meeting is entered. */
export default function MeetingNewPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  usePageTitle(plan.data && t('new.title'))
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.data) {
    return (
      <MeetingNew
        slug={slug}
        onDone={(number) =>
          void (number === undefined
            ? navigate({ to: '/plans/$slug/meetings', params: { slug } })
            : navigate({
                ...{ to: '/plans/$slug/meetings/$number', params: { slug, number: String(number) } },
                replace: true,
              }))
        }
      />
    )
  }
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
