import type { Workshop } from '@cabildo/protocol/http/workshops'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWorkshopActions } from './api.ts'
import classes from './board.module.css'

interface CloseSheetProps {
  slug: string
  workshop: Workshop
  /** How many have a text open now. */
  inside: number
  onClose: () => void
}

/** Asked before a workshop closes: what ends, and what stays. */
export function CloseSheet({ slug, workshop, inside, onClose }: CloseSheetProps) {
  const { t } = useTranslation('workshops')
  const { t: common } = useTranslation()
  const words = useRefusalWords()
  const { close } = useWorkshopActions(slug, workshop.id)
  return (
    <Sheet
      title={t('close.title')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            color="danger"
            loading={close.isPending}
            onClick={() => close.mutate(undefined, { onSuccess: onClose })}
          >
            {t('close.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.sheet}>
        {inside > 0 && <p>{t('close.inside', { count: inside })}</p>}
        <p>{t('close.what')}</p>
        <p>{t('close.kept')}</p>
        {close.error && <Notice tone="problem" urgent {...words(close.error)} />}
      </div>
    </Sheet>
  )
}
