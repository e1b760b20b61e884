import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportsQuery } from '../../features/exports/api.ts'
import classes from '../../features/exports/exports.module.css'
import { ExportsView } from '../../features/exports/exports-view.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { UnderPlan } from './under-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/descargar')

/** Where a plan is taken along as files. */
export default function ExportsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('exports')
  const navigate = useNavigate()
  const list = useQuery(exportsQuery(slug))
  return (
    <UnderPlan slug={slug} title={t('title')} lead={t('lead')} className={classes.page}>
      {list.error && !list.data && <NotLoaded error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <Waiting onLeave={() => void navigate({ to: '/plans/$slug', params: { slug } })} />}
      {list.data && <ExportsView slug={slug} list={list.data} />}
    </UnderPlan>
  )
}
