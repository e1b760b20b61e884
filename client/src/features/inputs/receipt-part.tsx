import type { Input } from '@cabildo/protocol/http/inputs'
import { Button } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useTakeReceipt } from './api.ts'
import classes from './inputs.module.css'

/**
 * The receipt of an input, for whoever brought or typed it: a code to keep, or to write on the paper that somebody takes
 * home, with which the answer is read without an account. The same one each time.
 */
export function ReceiptPart({ slug, inputId }: { slug: string; inputId: Input['id'] }) {
  const { t } = useTranslation('inputs')
  const refusal = useRefusalWords()
  const { mutate, data, error, isPending } = useTakeReceipt(slug, inputId)
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that was pressed is gone.
  useEffect(() => {
    if (data) heading.current?.focus()
  }, [data])
  return (
    <section className={classes.part} aria-labelledby="receipt">
      <h2 id="receipt" ref={heading} tabIndex={-1}>
        {t('receipt.title')}
      </h2>
      <p className={classes.soft}>{t('receipt.lead')}</p>
      {error && <Notice tone="problem" urgent {...refusal(error)} />}
      {!data && (
        <div>
          <Button
            variant="default"
            leftSection={<IconReceipt size={20} aria-hidden />}
            loading={isPending}
            onClick={() => mutate()}
          >
            {t('receipt.take')}
          </Button>
        </div>
      )}
      {data && (
        <div className={classes.receipt}>
          <div className={classes.qr}>
            <QrCode text={data.url} label={t('receipt.qr')} />
          </div>
          <div className={classes.about}>
            <p className={classes.soft}>{t('receipt.code')}</p>
            <p className={classes.code}>{data.code}</p>
            <p>
              <a href={data.url} target="_blank" rel="noreferrer" className={classes.back}>
                {t('receipt.read')}
                <span className="cb-hidden"> {t('entry.newTab')}</span>
              </a>
            </p>
          </div>
        </div>
      )}
    </section>
  )
}
