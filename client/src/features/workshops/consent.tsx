import { consentText } from '@cabildo/protocol/consent'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import classes from './join.module.css'

/** What one agrees to by going in, whole and in plain words. `title` is what it is called where somebody else reads it out. */
export function Consent({ id, title }: { id: string; title?: string }) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  return (
    <section id={id} tabIndex={-1} className={classes.consent} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title ?? t('join.consent')}</h2>
      <ul>
        {consentText[language].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}
