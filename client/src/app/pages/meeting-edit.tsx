import { getRouteApi } from '@tanstack/react-router'
import { MeetingEdit } from '../../features/meetings/meeting-edit.tsx'
import { MeetingPage } from './meeting-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/meetings/$number/edit')

/** Where it is said otherwise what is said of a meeting. */
export default function MeetingEditPage() {
  const { slug, number } = route.useParams()
  return (
    <MeetingPage slug={slug} number={number}>
      {(_, meeting, leave) => <MeetingEdit slug={slug} meeting={meeting} onDone={leave} />}
    </MeetingPage>
  )
}
