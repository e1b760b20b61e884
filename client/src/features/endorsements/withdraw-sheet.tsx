import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { useStandingBehind, type Withdrawable } from './api.ts'

/** Withdraws an endorsement or a letter, with a reason. */
export function WithdrawSheet({ slug, what, onClose }: { slug: string; what: Withdrawable; onClose: () => void }) {
  const { t } = useTranslation('endorsements')
  const act = useStandingBehind(slug)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (reason.trim() === '') return
    await act.mutateAsync({ kind: 'withdraw', what, reason: reason.trim() }).then(onClose, () => undefined)
  }
  const { number } = what.item
  return (
    <FormSheet
      title={t(what.kind === 'letter' ? 'withdraw.ofLetter' : 'withdraw.ofEndorsement', { number })}
      button={t('withdraw.button')}
      sending={act}
      onSend={send}
      onClose={onClose}
    >
      <p>{t(what.kind === 'letter' ? 'withdraw.letter' : 'withdraw.endorsement')}</p>
      <Textarea
        label={t('withdraw.reason')}
        required
        autosize
        minRows={3}
        maxRows={8}
        maxLength={2000}
        data-autofocus
        value={reason}
        error={tried && reason.trim() === '' && t('needed')}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </FormSheet>
  )
}
