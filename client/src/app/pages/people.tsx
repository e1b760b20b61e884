import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PeopleView } from '../../features/people/people-view.tsx'
import { readPeopleSearch } from '../../features/people/search.ts'
import { livePlanQuery } from '../../features/plans/api.ts'
import { RedactionsPart } from '../../features/redactions/redactions-part.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { usePageTitle } from '../use-page-title.ts'
import { OfPlan } from './of-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/people')

/** The people of a plan, for everybody who takes part in it. */
export default function PeoplePage() {
  const { slug } = route.useParams()
  const search = readPeopleSearch({ ...route.useSearch() })
  const { t } = useTranslation('people')
  const plan = useQuery(livePlanQuery(slug))
  const session = useQuery(sessionQuery)
  usePageTitle(plan.data && t('title'))
  return (
    <OfPlan plan={plan}>
      {(plan) => (
        <PeopleView plan={plan} myId={session.data?.id} search={search} redactions={<RedactionsPart plan={plan} />} />
      )}
    </OfPlan>
  )
}
