import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../features/plans/api.ts'
import { readFindSearch } from '../../features/search/search.ts'
import { SearchView } from '../../features/search/search-view.tsx'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/search')

/** Finding something in a plan by its words, for everybody who takes part in it. */
export default function SearchPage() {
  const { slug } = route.useParams()
  const search = readFindSearch({ ...route.useSearch() })
  const { t } = useTranslation('search')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  usePageTitle(plan.data && (search.q === undefined ? t('title') : `${search.q} · ${t('title')}`))
  // What this device remembers of a plan is not shown to who has no part in it any more.
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.data) {
    return (
      <SearchView
        plan={plan.data}
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
    )
  }
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
