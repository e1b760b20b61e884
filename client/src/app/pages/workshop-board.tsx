import type { WorkshopId } from '@cabildo/protocol/ids'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { AddGroup } from '../../features/people/add-group.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { liveWorkshopQuery } from '../../features/workshops/api.ts'
import { Board } from '../../features/workshops/board.tsx'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { WorkshopPage } from './workshop-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/workshops/$workshopId')

/** One workshop as it goes on, for those who run it. */
export default function WorkshopBoardPage() {
  const { slug, workshopId } = route.useParams()
  const plan = useQuery(planQuery(slug))
  // What is no id of ours is found by the server to be none.
  const workshop = useQuery(liveWorkshopQuery(slug, workshopId as WorkshopId))
  usePageTitle(workshop.data?.title)

  if (workshop.data) {
    return (
      <WorkshopPage slug={slug} back="workshops">
        <Board
          slug={slug}
          workshop={workshop.data}
          groups={plan.data?.groups ?? []}
          stale={workshop.isError}
          addGroup={plan.data?.may.addGroups && <AddGroup slug={slug} />}
        />
      </WorkshopPage>
    )
  }
  if (refusalCode(workshop.error) === 'not_found') return <PageNotFound />
  if (workshop.error) return <PageFailure error={workshop.error} onRetry={() => void workshop.refetch()} />
  return <Waiting />
}
