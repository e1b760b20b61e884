import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useStandingBehind, type Withdrawable } from './api.ts'
import classes from './endorsements.module.css'

/** Withdraws an endorsement or a letter, with a reason. */
export function WithdrawSheet({ slug, what, onClose }: { slug: string; what: Withdrawable; onClose: () => void }) {
  const { t } = useTranslation('endorsements')
  const { t: common } = useTranslation('common')
  const refusal = useRefusalWords()
  const formId = useId()
  const act = useStandingBehind(slug)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() === '') return
    await act.mutateAsync({ kind: 'withdraw', what, reason: reason.trim() }).then(onClose, () => undefined)
  }
  const { number } = what.item
  return (
    <Sheet
      title={t(what.kind === 'letter' ? 'withdraw.ofLetter' : 'withdraw.ofEndorsement', { number })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={act.isPending}>
            {t('withdraw.button')}
          </Button>
        </>
      }
    >
      <form id={formId} className={classes.form} onSubmit={(event) => void send(event)} noValidate>
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
        {act.error && <Notice tone="problem" urgent {...refusal(act.error)} />}
      </form>
    </Sheet>
  )
}
