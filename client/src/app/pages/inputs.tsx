import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { findNext } from '../../features/inputs/api.ts'
import { InputsView } from '../../features/inputs/inputs-view.tsx'
import { readInputsSearch } from '../../features/inputs/search.ts'
import { planQuery } from '../../features/plans/api.ts'
import { usePageTitle } from '../use-page-title.ts'
import { OfPlan } from './of-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/inputs')

/** What people brought to a plan. */
export default function InputsPage() {
  const { slug } = route.useParams()
  const search = readInputsSearch({ ...route.useSearch() })
  const { t } = useTranslation('inputs')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  usePageTitle(plan.data && t('title'))
  const answerFirst = async () => {
    const number = await findNext(slug, 0)
    if (number !== null) await navigate({ to: '/plans/$slug/inputs/$number', params: { slug, number: String(number) } })
    else await navigate({ to: '/plans/$slug/inputs', params: { slug }, search: { state: 'unanswered' } })
  }
  return (
    <OfPlan plan={plan}>
      {(plan) => (
        <InputsView
          plan={plan}
          search={search}
          onSearch={(next) =>
            void navigate({
              ...{ to: '/plans/$slug/inputs', params: { slug }, search: next },
              ...{ replace: true, resetScroll: false },
            })
          }
          onAnswer={() => void answerFirst()}
        />
      )}
    </OfPlan>
  )
}
