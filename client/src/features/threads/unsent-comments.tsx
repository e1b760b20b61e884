import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { subjectsOf } from './model.ts'
import classes from './threads.module.css'
import type { Begun, Choice } from './unsent.ts'

interface UnsentCommentsProps {
  unsent: readonly Begun[]
  template: Template
  onGoOn: (begun: Begun) => void
  /** One is to be let go of. */
  onDrop: (key: string) => void
}

/** What one began to say, elsewhere in the text, and has not sent: to go on with, or to let go of. */
export function UnsentComments({ unsent, template, onGoOn, onDrop }: UnsentCommentsProps) {
  const { t } = useTranslation('threads')
  const language = useLanguage()
  const subjectOf = (choice: Choice | undefined) => {
    const words = choice?.begunAt?.words
    if (words) return `«${words.length > most ? `${words.slice(0, most).trimEnd()}…` : words}»`
    return subjectsOf(template).find(({ name }) => name === choice?.on)?.label[language] ?? t('whole')
  }
  return unsent.map((begun) => (
    <section key={begun.key} className={classes.unsent} aria-label={t('unsent.label')}>
      <p>{t('unsent.on', { subject: subjectOf(begun.choice) })}</p>
      <div className={classes.actions}>
        <Button variant="default" size="sm" onClick={() => onGoOn(begun)}>
          {t('unsent.goOn')}
        </Button>
        <Button variant="subtle" size="sm" onClick={() => onDrop(begun.key)}>
          {t('unsent.drop')}
        </Button>
      </div>
    </section>
  ))
}

/** Letters of the words that are told. */
const most = 60
