import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportsQuery } from '../../features/exports/api.ts'
import classes from '../../features/exports/exports.module.css'
import { ExportsView } from '../../features/exports/exports-view.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { PageHead } from '../../ui/late/page-head.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/descargar')

/** Where a plan is taken along as files. */
export default function ExportsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('exports')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  const list = useQuery(exportsQuery(slug))
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
      {list.error && !list.data && <NotLoaded error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <Waiting onLeave={() => void navigate({ to: '/plans/$slug', params: { slug } })} />}
      {list.data && <ExportsView slug={slug} list={list.data} />}
    </div>
  )
}
