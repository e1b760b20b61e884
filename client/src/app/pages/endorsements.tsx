import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../../features/endorsements/endorsements.module.css'
import { EndorsementsView } from '../../features/endorsements/endorsements-view.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
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
      <header className={classes.head}>
        <p className={classes.way}>
          <Link to="/plans/$slug" params={{ slug }}>
            <IconArrowLeft aria-hidden size={20} />
            <span lang={planLanguage}>{plan.data?.title}</span>
          </Link>
        </p>
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
      </header>
      <EndorsementsView slug={slug} signer={session?.name ?? ''} />
    </div>
  )
}
