import { getRouteApi } from '@tanstack/react-router'
import { MeetingView } from '../../features/meetings/meeting-view.tsx'
import { MeetingPage } from './meeting-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/meetings/$number')

/** One meeting by its number. */
export default function OneMeetingPage() {
  const { slug, number } = route.useParams()
  return (
    <MeetingPage slug={slug} number={number}>
      {(plan, meeting) => <MeetingView plan={plan} meeting={meeting} />}
    </MeetingPage>
  )
}
