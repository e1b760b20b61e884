import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PeopleView } from '../../features/people/people-view.tsx'
import { readPeopleSearch } from '../../features/people/search.ts'
import { livePlanQuery } from '../../features/plans/api.ts'
import { RedactionsPart } from '../../features/redactions/redactions-part.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/people')

/** The people of a plan, for everybody who takes part in it. */
export default function PeoplePage() {
  const { slug } = route.useParams()
  const search = readPeopleSearch({ ...route.useSearch() })
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const plan = useQuery(livePlanQuery(slug))
  const session = useQuery(sessionQuery)
  usePageTitle(plan.data && t('title'))
  // What this device remembers of a plan is not shown to who has no part in it any more.
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.data) {
    const redactions = <RedactionsPart plan={plan.data} />
    return <PeopleView plan={plan.data} myId={session.data?.id} search={search} redactions={redactions} />
  }
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
