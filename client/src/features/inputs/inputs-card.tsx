import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { coverageQuery } from './api.ts'
import classes from './inputs.module.css'

/** On the plan's page: how much of what people brought has an answer, and the way to it. */
export default function InputsCard({ slug }: { slug: string }) {
  const { t } = useTranslation('inputs')
  const { data } = useQuery({ ...coverageQuery(slug), retry: false })
  return (
    <section className={classes.head} aria-labelledby="inputs">
      <h2 id="inputs">{t('title')}</h2>
      {data && <p className={classes.count}>{t('coverage.of', { answered: data.answered, total: data.total })}</p>}
      <p>
        <Link to="/plans/$slug/inputs" params={{ slug }} className={classes.back}>
          {t('lead')}
        </Link>
      </p>
    </section>
  )
}
