import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { CopyButton } from '../../ui/late/copy-button.tsx'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { useBeginTotp, useConfirmTotp, useRenewal } from './api.ts'
import { CodeField } from './code-field.tsx'
import { FormRefusal } from './form-refusal.tsx'
import classes from './forms.module.css'
import { inFours } from './model.ts'
import { ProofField } from './proof-field.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import setupClasses from './totp-setup.module.css'

interface TotpSetupProps {
  hasPassword: boolean
  /** The codes are kept and everything holds. */
  onDone: () => void
}

/** Sets up an authenticator in three steps: the password again, the app and its first code, the codes to keep. */
export function TotpSetup({ hasPassword, onDone }: TotpSetupProps) {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const begin = useBeginTotp()
  const confirm = useConfirmTotp()
  const renew = useRenewal()

  if (confirm.data) {
    return (
      <div className={classes.form}>
        <RecoveryCodes codes={confirm.data.recoveryCodes} />
        <div>
          <Button
            onClick={() => {
              void renew()
              onDone()
            }}
          >
            {t('codes.done')}
          </Button>
        </div>
      </div>
    )
  }
  if (begin.data) {
    return (
      <Confirm
        secret={begin.data.secret}
        uri={begin.data.uri}
        pending={confirm.isPending}
        error={confirm.error}
        onCode={(code) => confirm.mutate(code)}
      />
    )
  }
  const start = (event: FormEvent) => {
    event.preventDefault()
    begin.mutate(password)
  }
  return (
    <form className={classes.form} onSubmit={start} noValidate>
      <p>{t('totp.what')}</p>
      {hasPassword && <ProofField value={password} onChange={setPassword} error={begin.error} first />}
      <FormRefusal error={begin.error} beside={hasPassword ? ['wrong_credentials'] : []} />
      <div>
        <Button type="submit" loading={begin.isPending}>
          {t('totp.begin')}
        </Button>
      </div>
    </form>
  )
}

interface ConfirmProps {
  secret: string
  uri: string
  pending: boolean
  error: Error | null
  onCode: (code: string) => void
}

/** The secret as a picture for the camera and as letters to type, and the proof that the app has it. */
function Confirm({ secret, uri, pending, error, onCode }: ConfirmProps) {
  const { t } = useTranslation('account')
  const [code, setCode] = useState('')
  const [short, setShort] = useState(false)
  const start = useRef<HTMLParagraphElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => start.current?.focus(), [])
  useEffect(() => {
    // A wrong code is told by its field, which takes the focus itself.
    if (error && refusalCode(error) !== 'wrong_code') field.current?.focus()
  }, [error])

  const send = (event: FormEvent) => {
    event.preventDefault()
    setShort(code.trim().length < 6)
    if (code.trim().length < 6) field.current?.focus()
    else onCode(code.trim())
  }
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <p ref={start} tabIndex={-1}>
        {t('totp.scan')}
      </p>
      <div className={setupClasses.pair}>
        <QrCode text={uri} label={t('totp.qr')} />
        <div className={setupClasses.secret}>
          <p>{t('totp.type')}</p>
          <p>
            <code>{inFours(secret)}</code>
          </p>
          <CopyButton
            text={secret}
            words={{ copy: t('totp.copySecret'), copied: t('copied'), failed: t('copyFailed') }}
          />
          <p>
            <a href={uri}>{t('totp.open')}</a>
          </p>
        </div>
      </div>
      <CodeField
        ref={field}
        value={code}
        onChange={(value) => {
          setCode(value)
          setShort(false)
        }}
        error={short ? t('totp.short') : refusalCode(error) === 'wrong_code' && t('totp.wrong')}
      />
      <FormRefusal error={error} beside={['wrong_code']} />
      <div>
        <Button type="submit" loading={pending}>
          {t('totp.confirm')}
        </Button>
      </div>
    </form>
  )
}
