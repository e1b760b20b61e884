import { Button } from '@mantine/core'
import { IconDeviceMobile, IconDownload, IconPrinter, IconQrcode, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Printed } from '../../ui/late/printed.tsx'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { Notice } from '../../ui/notice.tsx'
import { forgetReceipt, isKeptBy, keepReceipt, type Whose } from './kept.ts'
import type { KeptReceipt } from './model.ts'
import { proofAddressOf } from './paper-proof.ts'
import { ReceiptPaper } from './receipt-paper.tsx'
import classes from './receipts.module.css'

/** Ways to keep a receipt: on this device, as a file, on paper. Nothing is kept unless somebody chose to. */
export function KeepPart({ kept, whose }: { kept: KeptReceipt; whose: Whose }) {
  const { t } = useTranslation('receipts')
  const [isHere, setHere] = useState(() => isKeptBy(kept.code, whose))
  const [hasFailed, setFailed] = useState(false)
  const [isPrinting, setPrinting] = useState(false)
  const [isShown, setShown] = useState(false)
  const { proof } = kept.receipt
  const proofAddress = useMemo(() => proofAddressOf(kept.receipt, window.location.origin), [kept])
  const keep = () => {
    const done = keepReceipt(kept, whose)
    setHere(done)
    setFailed(!done)
  }
  const forget = () => {
    forgetReceipt(kept.code, whose)
    setHere(false)
  }
  return (
    <section className={classes.part} aria-labelledby="keep">
      <h2 id="keep">{t('keep.title')}</h2>
      <div className={classes.actions}>
        <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => setPrinting(true)}>
          {t('keep.print')}
        </Button>
        {isHere ? (
          <Button variant="default" leftSection={<IconTrash size={20} aria-hidden />} onClick={forget}>
            {t('keep.forget')}
          </Button>
        ) : (
          <Button variant="default" leftSection={<IconDeviceMobile size={20} aria-hidden />} onClick={keep}>
            {t('keep.here')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden />}
          onClick={() => download(`recibo-${kept.code}.json`, JSON.stringify(kept, null, 2))}
        >
          {t('keep.file')}
        </Button>
        {proof !== null && (
          <Button
            variant="default"
            leftSection={<IconDownload size={20} aria-hidden />}
            onClick={() => download(`recibo-${kept.code}.tlog-proof`, proof)}
          >
            {t('keep.proof')}
          </Button>
        )}
        {proofAddress && (
          <Button
            variant="default"
            aria-expanded={isShown}
            leftSection={<IconQrcode size={20} aria-hidden />}
            onClick={() => setShown(!isShown)}
          >
            {t(isShown ? 'keep.qrHide' : 'keep.qr')}
          </Button>
        )}
      </div>
      {isShown && proofAddress && (
        <div className={classes.proof}>
          <p>{t('keep.qrLead')}</p>
          <QrCode text={proofAddress} label={t('proof.qr')} wide />
        </div>
      )}
      <p role="status">{isHere && t(whose.isGuest ? 'keep.isHereShared' : 'keep.isHere')}</p>
      {hasFailed && <Notice tone="problem" urgent what={t('keep.failed')} />}
      {isPrinting && (
        <Printed onDone={() => setPrinting(false)}>
          <ReceiptPaper kept={kept} proofAddress={proofAddress} />
        </Printed>
      )}
    </section>
  )
}

/** Hands a file to the reader. */
function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
