import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../features/plans/api.ts'
import { workshopsQuery } from '../../features/workshops/api.ts'
import { WorkshopList } from '../../features/workshops/workshop-list.tsx'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { WorkshopPage } from './workshop-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/workshops')

/** The workshops of a plan. */
export default function WorkshopsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('workshops')
  const plan = useQuery(planQuery(slug))
  const workshops = useQuery(workshopsQuery(slug))
  usePageTitle(t('list.title'))

  const error = workshops.error ?? plan.error
  if (refusalCode(error) === 'not_found') return <PageNotFound />
  if (error && !workshops.data) return <PageFailure error={error} onRetry={() => void workshops.refetch()} />
  if (!workshops.data) return <Waiting />
  return (
    <WorkshopPage slug={slug} back="plan">
      <header>
        <h1>{t('list.title')}</h1>
        <p lang={planLanguage}>{plan.data?.title}</p>
      </header>
      <WorkshopList slug={slug} workshops={workshops.data} />
    </WorkshopPage>
  )
}
