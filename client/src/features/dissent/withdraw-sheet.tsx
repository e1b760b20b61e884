import type { Dissent } from '@cabildo/protocol/http/dissents'
import { useTranslation } from 'react-i18next'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { useDissent } from './api.ts'

/** Asks whether a position is to be withdrawn, and withdraws it. */
export function WithdrawSheet({
  documentId,
  dissent,
  onClose,
}: {
  documentId: string
  dissent: Dissent
  onClose: () => void
}) {
  const { t } = useTranslation('dissent')
  const act = useDissent(documentId)
  return (
    <ConfirmSheet
      title={t('withdraw')}
      button={t('withdraw')}
      doing={act}
      onConfirm={() => act.mutate({ withdraw: dissent.id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('sure', { group: dissent.group.name })}</p>
    </ConfirmSheet>
  )
}
