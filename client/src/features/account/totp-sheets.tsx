import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useNewRecoveryCodes, useRemoveTotp, useRenewal } from './api.ts'
import { CodeField } from './code-field.tsx'
import { FormRefusal } from './form-refusal.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** New recovery codes in place of the old ones. */
export function NewCodesSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account')
  const make = useNewRecoveryCodes()
  const renew = useRenewal()
  if (make.data) {
    const done = () => {
      void renew()
      onClose()
    }
    return (
      <Sheet title={t('codes.heading')} onClose={done} footer={<Button onClick={done}>{t('codes.done')}</Button>}>
        <RecoveryCodes codes={make.data.recoveryCodes} />
      </Sheet>
    )
  }
  return (
    <CodeSheet
      title={t('codes.new')}
      what={t('codes.newWhat')}
      button={t('codes.make')}
      pending={make.isPending}
      error={make.error}
      onCode={(code) => make.mutate(code)}
      onClose={onClose}
    />
  )
}

/** The end of the authenticator, after a last code. */
export function RemoveTotpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account')
  const remove = useRemoveTotp()
  return (
    <CodeSheet
      title={t('totp.remove')}
      what={t('totp.removeWhat')}
      button={t('totp.remove')}
      danger
      pending={remove.isPending}
      error={remove.error}
      onCode={(code) => remove.mutate(code, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

interface CodeSheetProps {
  title: string
  what: string
  button: string
  danger?: boolean
  pending: boolean
  error: Error | null
  onCode: (code: string) => void
  onClose: () => void
}

/** Asks for a code of the authenticator before something about it changes. */
function CodeSheet({ title, what, button, danger = false, pending, error, onCode, onClose }: CodeSheetProps) {
  const { t } = useTranslation('account')
  const [code, setCode] = useState('')
  const [short, setShort] = useState(false)
  const send = () => {
    setShort(code.trim().length < 6)
    if (code.trim().length >= 6) onCode(code.trim())
  }
  return (
    <FormSheet
      title={title}
      button={button}
      sending={{ isPending: pending, error }}
      onSend={send}
      onClose={onClose}
      danger={danger}
      refusal={<FormRefusal error={error} beside={['wrong_code']} />}
    >
      <p>{what}</p>
      <CodeField
        either
        value={code}
        onChange={(value) => {
          setCode(value)
          setShort(false)
        }}
        error={short ? t('totp.short') : refusalCode(error) === 'wrong_code' && t('totp.wrong')}
      />
    </FormSheet>
  )
}
