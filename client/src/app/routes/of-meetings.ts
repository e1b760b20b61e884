import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '../../locales/late.ts'
import { loadPlan } from './load-plan.ts'
import { signedIn } from './signed-in.tsx'

const meetings = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('../pages/meetings.tsx'))),
})

const newMeeting = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/new',
  staticData: { writing: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('../pages/meeting-new.tsx'))),
})

const meeting = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number',
  staticData: { writing: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['inputs', 'meetings'], () => import('../pages/meeting.tsx'))),
})

const meetingEdit = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number/edit',
  staticData: { writing: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('../pages/meeting-edit.tsx'))),
})

const meetingAttendance = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number/attendance',
  staticData: { writing: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('../pages/meeting-attendance.tsx'))),
})

/** The meetings of a plan. */
export const meetingRoutes = [meetings, newMeeting, meeting, meetingEdit, meetingAttendance] as const
