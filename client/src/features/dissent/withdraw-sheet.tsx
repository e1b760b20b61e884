import type { Dissent } from '@cabildo/protocol/http/dissents'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
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
  const { t: common } = useTranslation('common')
  const refusal = useRefusalWords()
  const act = useDissent(documentId)
  return (
    <Sheet
      title={t('withdraw')}
      onClose={onClose}
      footer={
        <>
          <Button
            loading={act.isPending}
            onClick={() => void act.mutateAsync({ withdraw: dissent.id }).then(onClose, () => undefined)}
          >
            {t('withdraw')}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <p>{t('sure', { group: dissent.group.name })}</p>
      {act.error && <Notice tone="problem" urgent {...refusal(act.error)} />}
    </Sheet>
  )
}
