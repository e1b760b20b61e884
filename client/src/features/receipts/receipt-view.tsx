import { useTranslation } from 'react-i18next'
import { momentWords } from '../../lib/dates.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { Became } from './became.tsx'
import { BecameInput } from './became-input.tsx'
import { CheckPart } from './check-part.tsx'
import { useDocumentWords } from './document-words.tsx'
import { KeepPart } from './keep-part.tsx'
import type { Whose } from './kept.ts'
import type { KeptReceipt } from './model.ts'
import classes from './receipts.module.css'

interface ReceiptViewProps {
  kept: KeptReceipt
  whose: Whose
  /** It comes from this device or a file, and may be older than what stands now. */
  isOld: boolean
}

/** A receipt: what it is for, what became of it, the check, and ways to keep it. */
export function ReceiptView({ kept, whose, isOld }: ReceiptViewProps) {
  const { t } = useTranslation('receipts')
  const about = useDocumentWords()
  const language = useLanguage()
  const { receipt, code, address, keptAt } = kept
  return (
    <>
      <section className={classes.card} aria-label={t('title')}>
        <div className={classes.about}>
          <p className={classes.plan} lang={planLanguage}>
            {receipt.plan.title} · {receipt.plan.place}
          </p>
          <h2>{about(receipt)}</h2>
          <p>
            {t('head.taken')} <time dateTime={receipt.takenAt}>{momentWords(receipt.takenAt, language)}</time>
          </p>
          <p className={classes.label}>{t('head.code')}</p>
          <p className={classes.code}>{code}</p>
          <p className={classes.small}>{t('head.keepSecret')}</p>
        </div>
        <div className={classes.qr}>
          <QrCode text={address} label={t('head.qr')} />
        </div>
      </section>
      <section className={classes.part} aria-labelledby="became">
        <h2 id="became">{t('became.title')}</h2>
        {isOld && (
          <p className={classes.small}>
            {t('head.asOf')} <time dateTime={keptAt}>{momentWords(keptAt, language)}</time>
          </p>
        )}
        {receipt.input ? <BecameInput input={receipt.input} /> : <Became receipt={receipt} />}
      </section>
      <CheckPart key={receipt.proof} receipt={receipt} />
      <KeepPart kept={kept} whose={whose} />
    </>
  )
}
