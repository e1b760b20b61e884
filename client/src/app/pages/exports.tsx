import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportsQuery } from '../../features/exports/api.ts'
import classes from '../../features/exports/exports.module.css'
import { ExportsView } from '../../features/exports/exports-view.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
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
      <header className={classes.head}>
        {plan.data && (
          <p>
            <Link to="/plans/$slug" params={{ slug }} className={classes.back}>
              <IconArrowLeft aria-hidden size={20} />
              <span lang={planLanguage}>{plan.data.title}</span>
            </Link>
          </p>
        )}
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
      </header>
      {list.error && !list.data && <NotLoaded error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <Waiting onLeave={() => void navigate({ to: '/plans/$slug', params: { slug } })} />}
      {list.data && <ExportsView slug={slug} list={list.data} />}
    </div>
  )
}
