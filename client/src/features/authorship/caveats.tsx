import { useTranslation } from 'react-i18next'
import classes from './written-view.module.css'

/** What the shares and colours cannot tell, in plain words. */
export function Caveats() {
  const { t } = useTranslation('authorship')
  const caveats = ['value', 'retyped', 'copied', 'moved', 'talk', 'hidden', 'then'] as const
  return (
    <details className={classes.more}>
      <summary>{t('caveats.title')}</summary>
      <div className={classes.inside}>
        <ul className={classes.plain}>
          {caveats.map((caveat) => (
            <li key={caveat}>{t(`caveats.${caveat}`)}</li>
          ))}
        </ul>
      </div>
    </details>
  )
}
