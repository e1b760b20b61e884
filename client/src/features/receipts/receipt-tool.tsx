import { ActionIcon, Button } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { lazy, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Part } from '../../ui/part.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTakeReceipt } from './api.ts'
import classes from './receipts.module.css'

// Only whoever takes a receipt needs what draws it.
const QrCode = lazy(async () => ({ default: (await import('../../ui/late/qr-code.tsx')).QrCode }))

/** In the head of a commitment: takes a receipt for what one wrote there, and shows it. */
export function ReceiptTool({ documentId }: { documentId: string }) {
  const { t } = useTranslation('receipts')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActionIcon aria-label={t('tool.open')} title={t('tool.open')} onClick={() => setOpen(true)}>
        <IconReceipt aria-hidden />
      </ActionIcon>
      {isOpen && <ReceiptSheet documentId={documentId} onClose={() => setOpen(false)} />}
    </>
  )
}

function ReceiptSheet({ documentId, onClose }: { documentId: string; onClose: () => void }) {
  const { t } = useTranslation('receipts')
  const words = useRefusalWords()
  const { mutate, isPending, data, error } = useTakeReceipt()
  useEffect(() => mutate(documentId), [mutate, documentId])
  return (
    <Sheet title={t('tool.title')} onClose={onClose}>
      <div className={classes.part}>
        <p>{t('tool.lead')}</p>
        {isPending && <p role="status">{t('tool.taking')}</p>}
        {error && refusalCode(error) === 'nothing_written' && (
          <Notice tone="info" urgent what={t('tool.nothing')} todo={t('tool.nothingTodo')} />
        )}
        {error && refusalCode(error) !== 'nothing_written' && (
          <Notice tone="problem" urgent what={t('tool.failed')} todo={words(error).what}>
            <Button onClick={() => mutate(documentId)}>{t('tool.again')}</Button>
          </Notice>
        )}
        {data && (
          <>
            <div className={classes.qr}>
              <Part>
                <QrCode text={data.url} label={t('head.qr')} />
              </Part>
            </div>
            <p className={classes.label}>{t('head.code')}</p>
            <p className={classes.code}>{data.code}</p>
            <p className={classes.small}>{t('head.keepSecret')}</p>
            <div>
              <Button component="a" href={data.url} target="_blank" rel="noreferrer">
                {t('tool.read')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Sheet>
  )
}
