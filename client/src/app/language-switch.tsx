import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../lib/language.ts'
import { changeLanguage } from '../locales/index.ts'
import classes from './shell.module.css'

/** Changes between Spanish and English. It names the other language in that language. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const other = useLanguage() === 'es' ? 'en' : 'es'
  const [failed, setFailed] = useState(false)
  return (
    <button
      type="button"
      className={classes.language}
      lang={other}
      title={failed ? t('refusal.offline.what') : undefined}
      onClick={() =>
        changeLanguage(other).then(
          () => setFailed(false),
          () => setFailed(true),
        )
      }
    >
      <span className={classes.full}>{t('language.other')}</span>
      {/* On a phone there is no room for more. */}
      <span className={classes.code} aria-hidden>
        {other.toUpperCase()}
      </span>
    </button>
  )
}
