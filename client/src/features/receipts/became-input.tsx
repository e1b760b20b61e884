import type { Receipt } from '@cabildo/protocol/http/receipts'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { Time } from '../../ui/time.tsx'
import classes from './receipts.module.css'

/** What became of an input: its words, the answer in force, and the earlier ones. */
export function BecameInput({ input }: { input: NonNullable<Receipt['input']> }) {
  const { t } = useTranslation('receipts')
  const language = useLanguage()
  const { words, takenBack, dueOn, answers } = input
  return (
    <>
      {words !== '' && <blockquote className={classes.words}>{words}</blockquote>}
      {takenBack && <p>{t('input.takenBack')}</p>}
      {!takenBack && answers.length === 0 && <p>{t('input.waiting', { day: dayWords(dueOn, language, 'UTC') })}</p>}
      {answers.toReversed().map((answer, place) => (
        <section key={answer.answeredAt}>
          <h3>{place === 0 ? t('input.answer') : t('input.earlier')}</h3>
          <p>
            <strong>{t(`input.outcome.${answer.outcome}`)}</strong>, <Time value={answer.answeredAt} as="day" />
          </p>
          <p>{answer.reason}</p>
          {answer.mergedInto !== null && <p>{t('input.mergedInto', { number: answer.mergedInto })}</p>}
          {answer.version && <p>{t('input.version', answer.version)}</p>}
        </section>
      ))}
    </>
  )
}
