import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { livePlanQuery } from '../../features/plans/api.ts'
import { RecordView } from '../../features/record/record-view.tsx'
import { readRecordSearch } from '../../features/record/search.ts'
import { usePageTitle } from '../use-page-title.ts'
import { OfPlan } from './of-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/record')

/** The record of a plan, for everybody who takes part in it but the guests of a workshop. */
export default function RecordPage() {
  const { slug } = route.useParams()
  const search = readRecordSearch({ ...route.useSearch() })
  const { t } = useTranslation('record')
  const navigate = useNavigate()
  const plan = useQuery(livePlanQuery(slug))
  usePageTitle(plan.data && t('title'))
  return (
    <OfPlan plan={plan}>
      {(plan) => (
        <RecordView
          plan={plan}
          search={search}
          onSearch={(next, options) =>
            void navigate({
              to: '/plans/$slug/record',
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
