import { Button } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useSetPassword } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import classes from './forms.module.css'
import { isTooShort } from './model.ts'
import { NewPassword } from './new-password.tsx'
import { ProofField } from './proof-field.tsx'

/** Sets a password, or changes it. */
export function PasswordSheet({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const { t } = useTranslation('account')
  const { t: common } = useTranslation()
  const formId = useId()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [tried, setTried] = useState(false)
  const set = useSetPassword()
  const short = isTooShort(newPassword)

  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!short) set.mutate({ ...(hasPassword ? { password } : {}), newPassword }, { onSuccess: onClose })
  }
  const fault = tried && short ? 'short' : isFault(set.error, '/newPassword') ? 'known' : undefined
  return (
    <Sheet
      title={t(hasPassword ? 'password.change' : 'password.set')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={set.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={classes.form} onSubmit={save} noValidate>
        <p>{t('password.what')}</p>
        {hasPassword && <ProofField value={password} onChange={setPassword} error={set.error} first />}
        <NewPassword value={newPassword} onChange={setNewPassword} fault={fault} />
        <FormRefusal error={set.error} beside={['wrong_credentials', ...(fault ? (['invalid'] as const) : [])]} />
      </form>
    </Sheet>
  )
}
