import type { TemplateFact } from '@cabildo/schema/templates/template'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../lib/language.ts'
import { factWords } from './facts-model.ts'
import classes from './facts-view.module.css'

interface FactsViewProps {
  /** The facts to show, in the order to show them in. */
  facts: readonly TemplateFact[]
  values: Readonly<Record<string, unknown>>
}

/** Facts to read: each with its label, in words of the reader's language; one that is not set says so. */
export function FactsView({ facts, values }: FactsViewProps) {
  const { t } = useTranslation('reading')
  const language = useLanguage()
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => {
        const words = factWords(fact, values[fact.key], language)
        return (
          <div key={fact.key} className={classes.fact}>
            <dt>{fact.label[language]}</dt>
            {words.length === 0 && <dd className={classes.unset}>{t('fact.unset')}</dd>}
            {words.map((text) => (
              <dd key={text}>{text}</dd>
            ))}
          </div>
        )
      })}
    </dl>
  )
}
