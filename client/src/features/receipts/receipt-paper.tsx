import { parseEntry } from '@cabildo/record/entry'
import { parseTlogProof } from '@cabildo/record/tlog-proof'
import { useTranslation } from 'react-i18next'
import { momentWords } from '../../lib/dates.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { useDocumentWords } from './document-words.tsx'
import type { KeptReceipt } from './model.ts'
import classes from './receipt-paper.module.css'

/** A receipt on paper: small enough for a quarter of a sheet (A6), on one page whatever the printer holds. */
export function ReceiptPaper({ kept, proofAddress }: { kept: KeptReceipt; proofAddress: string | undefined }) {
  const { t } = useTranslation('receipts')
  const about = useDocumentWords()
  const language = useLanguage()
  const { receipt, code, address } = kept
  const { seq, place } = placeOf(kept)
  return (
    <article className={classes.paper}>
      <p className={classes.plan} lang={planLanguage}>
        {receipt.plan.title} · {receipt.plan.place}
      </p>
      <h1>{t('title')}</h1>
      <p>{about(receipt)}</p>
      <p>{momentWords(receipt.takenAt, language)}</p>
      <div className={classes.way}>
        <QrCode text={address} label={t('head.qr')} />
        <div>
          <p>{t('paper.how')}</p>
          <p className={classes.address}>{address.split('#')[0]?.replace(/^https?:\/\//, '')}</p>
          <p>{t('head.code')}</p>
          <p className={classes.code}>{code}</p>
        </div>
      </div>
      <p>{t('head.keepSecret')}</p>
      <div className={proofAddress ? classes.proof : undefined}>
        {proofAddress && <QrCode text={proofAddress} label={t('proof.qr')} wide />}
        <div>
          {proofAddress && <p className={classes.plan}>{t('paper.proof')}</p>}
          <p>{place === undefined ? t('paper.entry', { seq }) : t('paper.entryAt', { seq, place })}</p>
          <p className={classes.hash}>{receipt.hash}</p>
          <p>{t('paper.key')}</p>
          <p className={classes.hash}>{receipt.recordKey}</p>
        </div>
      </div>
    </article>
  )
}

/** Its number in the plan's record and its place in the log, as far as the receipt tells. */
function placeOf({ receipt }: KeptReceipt): { seq: number; place: number | undefined } {
  const proof = receipt.proof === null ? undefined : parseTlogProof(receipt.proof)
  try {
    return { seq: parseEntry(receipt.entry).entry.seq, place: proof && proof.index + 1 }
  } catch {
    return { seq: 0, place: undefined }
  }
}
