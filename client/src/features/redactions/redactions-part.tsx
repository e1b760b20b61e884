import type { Plan } from '@cabildo/protocol/http/api'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { otherTextsQuery, redactionsQuery } from './api.ts'
import { AskForm } from './ask-form.tsx'
import { RedactionList } from './redaction-list.tsx'
import classes from './redactions.module.css'

/** Taking personal data out of the texts of a plan: for its coordination and facilitation. */
export function RedactionsPart({ plan }: { plan: Plan }) {
  const { slug, commitments } = plan
  const { t } = useTranslation('people')
  const words = useRefusalWords()
  const { data, error } = useQuery(redactionsQuery(slug))
  const others = useQuery(otherTextsQuery(slug))
  const { documentId: ownId, minutes = [] } = others.data ?? {}
  const documents = [
    ...commitments.map(({ documentId, number, title }) => ({ id: documentId, label: `${number}. ${title}` })),
    ...(ownId ? [{ id: ownId, label: t('redactions.ask.plan') }] : []),
    ...minutes.map(({ id, number, title }) => ({ id, label: t('redactions.ask.minutes', { number, title }) })),
  ]
  return (
    <div className={classes.page}>
      <header className={classes.section}>
        <h2>{t('redactions.title')}</h2>
        <p>{t('redactions.what')}</p>
      </header>
      {error && <Notice tone="problem" {...words(error)} />}
      {data && <RedactionList slug={slug} redactions={data} />}
      <section className={classes.section} aria-labelledby="redactions-ask">
        <h3 id="redactions-ask">{t('redactions.ask.heading')}</h3>
        <AskForm slug={slug} documents={documents} />
      </section>
    </div>
  )
}
