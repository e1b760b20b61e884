import { consentText } from '@cabildo/protocol/consent'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import formClasses from './forms.module.css'
import classes from './link-view.module.css'

interface ConsentProps {
  agreed: boolean
  onAgree: (agreed: boolean) => void
  /** The reader went on without agreeing. */
  missing: boolean
}

/** What is kept of whoever takes part, in plain words, and the tick that says it was read. */
export function Consent({ agreed, onAgree, missing }: ConsentProps) {
  const { t } = useTranslation('account')
  const language = useLanguage()
  const faultId = useId()
  return (
    <section className={classes.consent} aria-labelledby="consent">
      <h2 id="consent">{t('consent.heading')}</h2>
      <ul>
        {consentText[language].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <label className={formClasses.agree}>
        <input
          type="checkbox"
          checked={agreed}
          aria-describedby={faultId}
          aria-invalid={missing}
          onChange={(event) => onAgree(event.currentTarget.checked)}
        />
        {t('consent.agree')}
      </label>
      <p id={faultId} role="status" className={formClasses.fault}>
        {missing && t('consent.need')}
      </p>
    </section>
  )
}
