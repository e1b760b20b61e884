import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DigestPart } from '../../features/news/digest-part.tsx'
import classes from '../../features/news/news.module.css'
import { NewsList } from '../../features/news/news-list.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { UnderPlan } from './under-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/novedades')

/** The news of a plan, and the same as a text to hand on. Guests of a workshop, who do not see all of it, have the list. */
export default function NewsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('news')
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  return (
    <UnderPlan slug={slug} title={t('title')} className={classes.page}>
      {session && session.workshop === null && <DigestPart slug={slug} />}
      <section className={classes.all} aria-labelledby="all-news">
        <h2 id="all-news">{t('all')}</h2>
        <NewsList slug={slug} />
      </section>
    </UnderPlan>
  )
}
