import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/late/copy-button.tsx'
import { recordStatusQuery } from './api.ts'
import { RecordDrawing } from './record-drawing.tsx'
import classes from './record-help.module.css'

const parts = ['chain', 'tree', 'signature', 'witnesses'] as const

/** Why the record can be believed, and what it does not prove: a drawing, and its numbers told beside it. */
export function RecordHelp() {
  const { t } = useTranslation('record')
  // Without a network the page is as useful as before, less the key.
  const { data: status } = useQuery(recordStatusQuery)
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('help.title')}</h1>
        <p>{t('help.lead')}</p>
      </header>
      <div className={classes.told}>
        <RecordDrawing />
        <ol className={classes.parts}>
          {parts.map((part) => (
            <li key={part}>
              <strong>{t(`help.${part}`)}.</strong> {t(`help.${part}Text`)}
            </li>
          ))}
        </ol>
        <div className={classes.sides}>
          <section aria-labelledby="can">
            <h2 id="can">{t('help.can')}</h2>
            <ul>
              <li>{t('help.can1')}</li>
              <li>{t('help.can2')}</li>
              <li>{t('help.can3')}</li>
            </ul>
          </section>
          <section aria-labelledby="cannot">
            <h2 id="cannot">{t('help.cannot')}</h2>
            <ul>
              <li>{t('help.cannot1')}</li>
              <li>{t('help.cannot2')}</li>
              <li>{t('help.cannot3')}</li>
            </ul>
          </section>
        </div>
      </div>
      {status && (
        <section aria-labelledby="key" className={classes.key}>
          <h2 id="key">{t('help.key')}</h2>
          <p>{t('help.keyText')}</p>
          <p>
            <code>{status.key}</code>
          </p>
          <div>
            <CopyButton
              text={status.key}
              words={{ copy: t('card.copy'), copied: t('card.copied'), failed: t('card.copyFailed') }}
            />
          </div>
        </section>
      )}
      <p>
        <Link to="/verificar" className={classes.link}>
          {t('help.try')}
        </Link>
      </p>
    </div>
  )
}
