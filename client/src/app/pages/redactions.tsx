import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../features/plans/api.ts'
import { redactionsQuery } from '../../features/redactions/api.ts'
import { AskForm } from '../../features/redactions/ask-form.tsx'
import { RedactionList } from '../../features/redactions/redaction-list.tsx'
import classes from '../../features/redactions/redactions.module.css'
import { refusalCode } from '../../lib/refusal.ts'
import { Notice } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/redactions')

/** Taking personal data out of the texts of a plan: for its coordination and facilitation. */
export default function RedactionsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('redactions')
  const plan = useQuery(planQuery(slug))
  const redactions = useQuery({ ...redactionsQuery(slug), enabled: plan.data?.may.redact === true })
  usePageTitle(t('title'))

  const error = plan.error ?? redactions.error
  if (refusalCode(error) === 'not_found') return <PageNotFound />
  if (plan.data?.may.redact === false) return <Notice tone="care" what={t('forbidden')} />
  if (error && !redactions.data) return <PageFailure error={error} onRetry={() => void redactions.refetch()} />
  if (!plan.data || !redactions.data) return <Waiting />
  const documents = plan.data.commitments.map(({ documentId, number, title }) => ({
    id: documentId,
    label: `${number}. ${title}`,
  }))
  return (
    <div className={classes.page}>
      <header className={classes.section}>
        <p>
          <Link to="/plans/$slug" params={{ slug }}>
            {t('back')}
          </Link>
        </p>
        <h1>{t('title')}</h1>
        <p>{t('what')}</p>
      </header>
      <RedactionList slug={slug} redactions={redactions.data} />
      <section className={classes.section} aria-labelledby="redactions-ask">
        <h2 id="redactions-ask">{t('ask.heading')}</h2>
        <AskForm slug={slug} documents={documents} />
      </section>
    </div>
  )
}
