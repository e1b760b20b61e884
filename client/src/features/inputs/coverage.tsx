import type { InputCoverage } from '@cabildo/protocol/http/inputs'
import { useTranslation } from 'react-i18next'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import classes from './inputs.module.css'

/** How much of what was brought has an answer: «87 de 100 con respuesta», a bar, and what the plan promises. */
export function Coverage({ coverage }: { coverage: InputCoverage }) {
  const { t } = useTranslation('inputs')
  const { total, answered, overdue, share, answeredShare, answerDays } = coverage
  const asked = coverage.commitments.filter((one) => one.total > 0)
  return (
    <section className={classes.coverage} aria-labelledby="coverage">
      <h2 id="coverage">{t('coverage.title')}</h2>
      <p className={classes.count} data-testid="coverage">
        {t('coverage.of', { answered, total })}
      </p>
      <div className={classes.bar} aria-hidden>
        <span style={{ width: `${share}%` }} />
      </div>
      <p className={classes.soft}>
        {t('coverage.promise', { share: answeredShare, days: answerDays })}
        {overdue > 0 && ` ${t('coverage.overdue', { count: overdue })}`}
      </p>
      {asked.length > 0 && (
        <ul className={classes.each}>
          {asked.map((one) => (
            <li key={one.documentId}>
              {one.number}. <PlanWords words={one.title} />:{' '}
              {t('coverage.of', { answered: one.answered, total: one.total })}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
