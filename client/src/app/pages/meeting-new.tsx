import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MeetingNew } from '../../features/meetings/meeting-edit.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { usePageTitle } from '../use-page-title.ts'
import { OfPlan } from './of-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/meetings/new')

/** Where a meeting is entered. */
export default function MeetingNewPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  usePageTitle(plan.data && t('new.title'))
  return (
    <OfPlan plan={plan}>
      {() => (
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
      )}
    </OfPlan>
  )
}
