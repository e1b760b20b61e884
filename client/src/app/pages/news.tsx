import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DigestPart } from '../../features/news/digest-part.tsx'
import classes from '../../features/news/news.module.css'
import { NewsList } from '../../features/news/news-list.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/novedades')

/** The news of a plan, and the same as a text to hand on. Guests of a workshop, who do not see all of it, have the list. */
export default function NewsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('news')
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
        />
      )}
      {session && session.workshop === null && <DigestPart slug={slug} />}
      <section className={classes.all} aria-labelledby="all-news">
        <h2 id="all-news">{t('all')}</h2>
        <NewsList slug={slug} />
      </section>
    </div>
  )
}
