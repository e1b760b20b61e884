import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { useSetPassword } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import { isTooShort } from './model.ts'
import { NewPassword } from './new-password.tsx'
import { ProofField } from './proof-field.tsx'

/** Sets a password, or changes it. */
export function PasswordSheet({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [tried, setTried] = useState(false)
  const set = useSetPassword()
  const short = isTooShort(newPassword)

  const save = () => {
    setTried(true)
    if (!short) set.mutate({ ...(hasPassword ? { password } : {}), newPassword }, { onSuccess: onClose })
  }
  const fault = tried && short ? 'short' : isFault(set.error, '/newPassword') ? 'known' : undefined
  return (
    <FormSheet
      title={t(hasPassword ? 'password.change' : 'password.set')}
      button={t('save')}
      sending={set}
      onSend={save}
      onClose={onClose}
      refusal={
        <FormRefusal error={set.error} beside={['wrong_credentials', ...(fault ? (['invalid'] as const) : [])]} />
      }
    >
      <p>{t('password.what')}</p>
      {hasPassword && <ProofField value={password} onChange={setPassword} error={set.error} first />}
      <NewPassword value={newPassword} onChange={setNewPassword} fault={fault} />
    </FormSheet>
  )
}
