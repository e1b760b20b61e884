import { minutesGuidance } from '@cabildo/schema/templates/meeting-minutes-guidance'
import { commitmentGuidance } from '@cabildo/schema/templates/ogp-commitment-guidance'
import { planGuidance } from '@cabildo/schema/templates/ogp-plan-guidance'
import type { Localized } from '@cabildo/schema/templates/template'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import classes from './field.module.css'

// A name means one field in every form.
const guidance: Readonly<Record<string, readonly Localized[]>> = {
  ...{ ...commitmentGuidance, ...planGuidance },
  ...minutesGuidance,
}

/** What a reviewer will look for in a field. Fetched when its help is opened. */
export default function Guidance({ field }: { field: string }) {
  const { t } = useTranslation('editor')
  const language = useLanguage()
  const sentences = guidance[field]
  if (!sentences) return null
  return (
    <>
      <p className={classes.good}>{t('field.guidance')}</p>
      <ul>
        {sentences.map((words) => (
          <li key={words.es}>{words[language]}</li>
        ))}
      </ul>
    </>
  )
}
