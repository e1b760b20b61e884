import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../../features/endorsements/endorsements.module.css'
import { EndorsementsView } from '../../features/endorsements/endorsements-view.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/avales')

/** Who stands behind a plan: endorsements of exact texts, and letters of support. */
export default function EndorsementsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('endorsements')
  const plan = useQuery(planQuery(slug))
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  usePageTitle(t('title'))
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.error && !plan.data) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return (
    <div className={classes.page}>
      {plan.data && (
        <PageHead
          back={{ to: '/plans/$slug', params: { slug } }}
          backTo={<span lang={planLanguage}>{plan.data.title}</span>}
          title={t('title')}
        >
          <p>{t('lead')}</p>
        </PageHead>
      )}
      <EndorsementsView slug={slug} signer={session?.name ?? ''} />
    </div>
  )
}
