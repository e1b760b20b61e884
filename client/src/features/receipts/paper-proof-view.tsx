import { useTranslation } from 'react-i18next'
import { momentWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { KeyToCompare } from './key-to-compare.tsx'
import { isKnownKey } from './known-keys.ts'
import { checkPaperProof } from './paper-proof.ts'
import classes from './receipts.module.css'

/** What a proof from paper shows, checked on this device as soon as it is opened. */
export function PaperProofView({ given }: { given: string }) {
  const { t } = useTranslation('receipts')
  const language = useLanguage()
  const verdict = checkPaperProof(given)
  if (verdict.whole === 'unread') {
    return <Notice tone="problem" urgent what={t('proof.unread')} todo={t('proof.unreadTodo')} />
  }
  const { whole, signer, key, place, hash, entry } = verdict
  if (whole === 'false') return <Notice tone="problem" urgent what={t('proof.false')} todo={t('proof.falseTodo')} />
  const isKnown = isKnownKey(key)
  return (
    <section className={classes.part} aria-labelledby="proof">
      <h2 id="proof">{t('proof.title')}</h2>
      {isKnown ? (
        <Notice tone="good" urgent what={t('proof.sound')} />
      ) : (
        <KeyToCompare what={t('proof.unknown')} signedBy={key} />
      )}
      <p>{t('proof.offline')}</p>
      <dl className={classes.facts}>
        {entry && (
          <>
            <dt>{t('head.taken')}</dt>
            <dd>
              <time dateTime={entry.at}>{momentWords(entry.at, language)}</time>
            </dd>
            <dt>{t('proof.entry')}</dt>
            <dd>{entry.seq}</dd>
          </>
        )}
        <dt>{t('proof.place')}</dt>
        <dd>{place}</dd>
        <dt>{t('proof.signer')}</dt>
        <dd>{signer}</dd>
        <dt>{t('proof.hash')}</dt>
        <dd className={classes.key}>{hash}</dd>
      </dl>
      {isKnown && (
        <p>
          {t('check.key')} <code className={classes.key}>{key}</code>
        </p>
      )}
      <p>{t('proof.noWords')}</p>
    </section>
  )
}
