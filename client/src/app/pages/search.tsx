import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../features/plans/api.ts'
import { readFindSearch } from '../../features/search/search.ts'
import { SearchView } from '../../features/search/search-view.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { OfPlan } from './of-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/search')

/** Finding something in a plan by its words, for everybody who takes part in it. */
export default function SearchPage() {
  const { slug } = route.useParams()
  const search = readFindSearch({ ...route.useSearch() })
  const { t } = useTranslation('search')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  usePageTitle(plan.data && (search.q === undefined ? t('title') : `${search.q} · ${t('title')}`))
  return (
    <OfPlan plan={plan}>
      {(plan) => (
        <SearchView
          plan={plan}
          search={search}
          onSearch={(next, options) =>
            void navigate({
              to: '/plans/$slug/search',
              params: { slug },
              search: next,
              replace: options?.replace ?? false,
              resetScroll: false,
            })
          }
        />
      )}
    </OfPlan>
  )
}
