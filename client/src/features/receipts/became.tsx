import type { Receipt } from '@cabildo/protocol/http/receipts'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { Time } from '../../ui/time.tsx'
import { standingOf } from './model.ts'
import classes from './receipts.module.css'

/** What became of what somebody wrote: how much of it stands, where, in which versions, and how far its commitment is. */
export function Became({ receipt }: { receipt: Receipt }) {
  const { t, i18n } = useTranslation('receipts')
  const { t: plans } = useTranslation('plans')
  const language = useLanguage()
  const { became } = receipt
  if (!became) return <Notice tone="info" what={t('became.erased')} todo={t('became.erasedTodo')} />

  const counted = (count: number) => ({ count, formatted: count.toLocaleString(i18n.language) })
  const labelOf = (name: string) => labelNamed(name)?.[language] ?? name
  const standing = standingOf(receipt)
  return (
    <>
      <p className={classes.sum}>
        {became.brought !== null && `${t('became.brought', counted(became.brought))} `}
        {standing > 0 ? t('became.standing', counted(standing)) : t('became.none')}
      </p>
      {became.state && (
        <p>
          {t('became.state')}: <strong>{plans(`state.${became.state}`)}</strong>
        </p>
      )}
      {became.fields.length > 0 && (
        <>
          <h3>{t('became.where')}</h3>
          <ul className={classes.fields}>
            {became.fields.map(({ field, characters, words }) => (
              <li key={field}>
                <p>{t('became.inField', { field: labelOf(field), ...counted(characters) })}</p>
                {words.map((text, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in their order
                  <blockquote key={place} className={classes.words} lang={planLanguage}>
                    {text}
                  </blockquote>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t('became.versions')}</h3>
      {became.versions.length === 0 ? (
        <p>{t('became.noVersions')}</p>
      ) : (
        <ul className={classes.versions}>
          {became.versions.map(({ number, createdAt }) => (
            <li key={number}>
              {t('became.version', { number })}, <Time value={createdAt} as="day" />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
