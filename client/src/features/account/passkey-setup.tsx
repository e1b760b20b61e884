import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notUsed } from '../../lib/passkeys.ts'
import { Notice } from '../../ui/notice.tsx'
import { useAddPasskey } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import classes from './forms.module.css'
import { ProofField } from './proof-field.tsx'

interface PasskeySetupProps {
  hasPassword: boolean
  /** The password, when whoever draws this has just been told it. */
  known?: string | undefined
  onDone: () => void
}

/** Makes a passkey on this device: a name to know it by, the password again, and the device's own question. */
export function PasskeySetup({ hasPassword, known, onDone }: PasskeySetupProps) {
  const { t } = useTranslation('account')
  const isPhone = window.matchMedia('(pointer: coarse)').matches
  const [label, setLabel] = useState(t(isPhone ? 'passkeys.phone' : 'passkeys.computer'))
  const [password, setPassword] = useState(known ?? '')
  const [missing, setMissing] = useState(false)
  const add = useAddPasskey()

  const send = (event: FormEvent) => {
    event.preventDefault()
    setMissing(label.trim() === '')
    if (label.trim() !== '') add.mutate({ label: label.trim(), password }, { onSuccess: onDone })
  }
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <p>{t('passkeys.what')}</p>
      <TextInput
        label={t('passkeys.label')}
        description={t('passkeys.labelHelp')}
        maxLength={80}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        error={missing && t('passkeys.needLabel')}
      />
      {hasPassword && known === undefined && <ProofField value={password} onChange={setPassword} error={add.error} />}
      {add.error && notUsed(add.error) ? (
        <Notice tone="care" urgent what={t('passkeys.notUsed')} todo={t('passkeys.again')} />
      ) : (
        <FormRefusal error={add.error} beside={hasPassword && known === undefined ? ['wrong_credentials'] : []} />
      )}
      <div>
        <Button type="submit" loading={add.isPending}>
          {t('passkeys.make')}
        </Button>
      </div>
    </form>
  )
}
