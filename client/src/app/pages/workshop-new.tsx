import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../features/plans/api.ts'
import { WorkshopForm } from '../../features/workshops/workshop-form.tsx'
import { refusalCode } from '../../lib/refusal.ts'
import { standingCommitments } from '../../lib/standing-commitments.ts'
import { Notice } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { WorkshopPage } from './workshop-page.tsx'

const route = getRouteApi('/signed-in/plans/$slug/workshops/new')

/** Opens a workshop. */
export default function NewWorkshopPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('workshops')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  usePageTitle(t('new.title'))

  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.error && !plan.data) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  // A remembered plan knows neither new commitments nor what its reader may do now.
  if (!plan.data || (plan.isStale && plan.isFetching)) return <Waiting />
  const { may, place } = plan.data
  const commitments = standingCommitments(plan.data.commitments)
  return (
    <WorkshopPage slug={slug} back="workshops">
      <header>
        <h1>{t('new.title')}</h1>
        <p>{t('new.lead')}</p>
      </header>
      {!may.runWorkshops && <Notice tone="care" what={t('new.forbidden')} />}
      {may.runWorkshops && commitments.length === 0 && (
        <Notice tone="info" what={t('new.noCommitments')} todo={t('new.noCommitmentsTodo')} />
      )}
      {may.runWorkshops && commitments.length > 0 && (
        <WorkshopForm
          slug={slug}
          place={place}
          commitments={commitments}
          onOpened={({ id }) =>
            void navigate({
              to: '/plans/$slug/workshops/$workshopId',
              params: { slug, workshopId: id },
              replace: true,
            })
          }
        />
      )}
    </WorkshopPage>
  )
}
