import { getRouteApi } from '@tanstack/react-router'
import { MeetingAttendanceView } from '../../features/meetings/meeting-edit.tsx'
import { MeetingPage } from './meeting-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/meetings/$number/attendance')

/** Where it is entered who came to a meeting. */
export default function MeetingAttendancePage() {
  const { slug, number } = route.useParams()
  return (
    <MeetingPage slug={slug} number={number}>
      {(plan, meeting, leave) => <MeetingAttendanceView plan={plan} meeting={meeting} onDone={leave} />}
    </MeetingPage>
  )
}
