import type { WorkshopId } from '@cabildo/protocol/ids'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../features/plans/api.ts'
import { liveWorkshopQuery } from '../../features/workshops/api.ts'
import { Poster } from '../../features/workshops/poster.tsx'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { WorkshopPage } from './workshop-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/workshops/$workshopId/poster')

/** The poster of a workshop: on the screen, on paper, on the wall. */
export default function WorkshopPosterPage() {
  const { slug, workshopId } = route.useParams()
  const { t } = useTranslation('workshops')
  const plan = useQuery(planQuery(slug))
  // What is no id of ours is found by the server to be none.
  const workshop = useQuery(liveWorkshopQuery(slug, workshopId as WorkshopId))
  usePageTitle(workshop.data && t('poster.title', { title: workshop.data.title }))

  if (workshop.data) {
    return (
      <WorkshopPage slug={slug} back={{ workshopId }}>
        <Poster workshop={workshop.data} planTitle={plan.data?.title ?? ''} />
      </WorkshopPage>
    )
  }
  if (refusalCode(workshop.error) === 'not_found') return <PageNotFound />
  if (workshop.error) return <PageFailure error={workshop.error} onRetry={() => void workshop.refetch()} />
  return <Waiting />
}
