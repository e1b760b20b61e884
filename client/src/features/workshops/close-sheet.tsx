import type { Workshop } from '@cabildo/protocol/http/workshops'
import { useTranslation } from 'react-i18next'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { useWorkshopActions } from './api.ts'

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
  const { close } = useWorkshopActions(slug, workshop.id)
  return (
    <ConfirmSheet
      title={t('close.title')}
      button={t('close.submit')}
      danger
      doing={close}
      onConfirm={() => close.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {inside > 0 && <p>{t('close.inside', { count: inside })}</p>}
      <p>{t('close.what')}</p>
      <p>{t('close.kept')}</p>
    </ConfirmSheet>
  )
}
