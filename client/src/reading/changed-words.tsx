import { labelNamed } from '@cabildo/schema/templates/labels'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../lib/language.ts'
import { PlanWords } from '../ui/late/plan-words.tsx'
import classes from './changed-words.module.css'

interface ChangedWordsListProps {
  items: readonly {
    key: number
    commitment: number
    title: string
    field: string
    /** How the words read when they were linked, and the pieces of them that stand now. */
    quote: string
    now: readonly string[]
    /** The way to them. */
    action?: ReactNode
  }[]
}

/** Words that an input changed, with where they stand and what is left of them. Speaks the namespace `origins`. */
export function ChangedWordsList({ items }: ChangedWordsListProps) {
  const { t } = useTranslation('origins')
  const language = useLanguage()
  const labelOf = (name: string) => labelNamed(name)?.[language] ?? name
  if (items.length === 0) return <p className={classes.none}>{t('changed.none')}</p>
  return (
    <ul className={classes.list}>
      {items.map(({ key, commitment, title, field, quote, now, action }) => (
        <li key={key}>
          <p className={classes.where}>
            <PlanWords
              words={title}
              {...(commitment > 0 && { of: (title: string) => t('changed.where', { number: commitment, title }) })}
            />{' '}
            · {labelOf(field)}
          </p>
          <blockquote className={classes.quote} lang={planLanguage}>
            {quote}
          </blockquote>
          {now.join('') !== quote && (
            <p className={classes.now}>
              {now.length === 0 ? (
                t('changed.gone')
              ) : (
                <PlanWords words={now.join(' … ')} of={(text) => t('changed.now', { text })} />
              )}
            </p>
          )}
          {action}
        </li>
      ))}
    </ul>
  )
}
