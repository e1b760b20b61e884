import type { Receipt } from '@cabildo/protocol/http/receipts'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { withWords } from '../../locales/late.ts'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Part } from '../../ui/part.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './receipts.module.css'

const ChangedWordsList = lazy(
  withWords(['origins'], async () => ({
    default: (await import('../../reading/changed-words.tsx')).ChangedWordsList,
  })),
)

type Comment = NonNullable<Receipt['input']>

/** Which commitment a comment of the public is about, and which part of it. */
function About({ about: { commitment: number, title, field } }: { about: NonNullable<Comment['about']> }) {
  const { t } = useTranslation('receipts')
  const language = useLanguage()
  const label = field === null ? undefined : labelNamed(field)?.[language]
  return (
    <p>
      {title === null ? (
        t('input.aboutNumber', { number })
      ) : (
        <PlanWords words={title} of={(title) => t('input.about', { number, title })} />
      )}
      {label !== undefined && (
        <>
          <br />
          {t('input.part', { label })}
        </>
      )}
    </p>
  )
}

/** Whether everybody reads a comment of the public, and why not. */
function Shown({ ruling }: { ruling: NonNullable<Comment['moderation']>['ruling'] }) {
  const { t } = useTranslation('receipts')
  return (
    <>
      <p>{t(`input.moderation.${ruling?.verdict ?? 'waiting'}`)}</p>
      {ruling?.verdict === 'hidden' && ruling.reason !== '' && (
        <p>
          <PlanWords words={ruling.reason} of={(reason) => t('input.moderation.why', { reason })} />
        </p>
      )}
    </>
  )
}

/** What became of an input: its words, the words of commitments that it changed, the answer in force, and the earlier ones. */
export function BecameInput({ input }: { input: NonNullable<Receipt['input']> }) {
  const { t } = useTranslation('receipts')
  const language = useLanguage()
  const { words, language: spoken = planLanguage, takenBack, dueOn, answers, changed = [] } = input
  const isHidden = input.moderation?.ruling?.verdict === 'hidden'
  return (
    <>
      {input.about && <About about={input.about} />}
      {words !== '' && (
        <blockquote className={classes.words} lang={spoken}>
          {words}
        </blockquote>
      )}
      {takenBack && <p>{t('input.takenBack')}</p>}
      {!takenBack && input.moderation && <Shown ruling={input.moderation.ruling} />}
      {!takenBack && !isHidden && answers.length === 0 && (
        <p>{t('input.waiting', { day: dayWords(dueOn, language, 'UTC') })}</p>
      )}
      {answers.toReversed().map((answer, place) => (
        <section key={answer.answeredAt}>
          <h3>{place === 0 ? t('input.answer') : t('input.earlier')}</h3>
          <p>
            <strong>{t(`input.outcome.${answer.outcome}`)}</strong>, <Time value={answer.answeredAt} as="day" />
          </p>
          <p lang={planLanguage}>{answer.reason}</p>
          {answer.mergedInto !== null && <p>{t('input.mergedInto', { number: answer.mergedInto })}</p>}
          {answer.version && (
            <p>
              <PlanWords
                words={answer.version.title}
                of={(title) => t('input.version', { ...answer.version, title })}
              />
            </p>
          )}
        </section>
      ))}
      {changed.length > 0 && (
        <section>
          <h3>{t('input.changed')}</h3>
          <Part>
            <ChangedWordsList items={changed.map((one, key) => ({ ...one, key }))} />
          </Part>
        </section>
      )}
    </>
  )
}
