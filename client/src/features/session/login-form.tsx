import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Credentials } from './api.ts'
import classes from './login.module.css'
import { LoginRefusal } from './login-refusal.tsx'

interface LoginFormProps {
  /** What was typed before, when the reader comes back from the second step. */
  typed: Credentials | undefined
  signIn: (credentials: Credentials) => void
  pending: boolean
  error: Error | null
}

/** E-mail and password. What was typed stays when the server says no. */
export function LoginForm({ typed, signIn, pending, error }: LoginFormProps) {
  const { t } = useTranslation('session')
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const [missing, setMissing] = useState<{ email?: boolean; password?: boolean }>({})

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const credentials = { email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' }
    const faults = { email: !/^\S+@\S+\.\S+$/.test(credentials.email), password: credentials.password === '' }
    setMissing(faults)
    if (faults.email) email.current?.focus()
    else if (faults.password) password.current?.focus()
    else signIn(credentials)
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {error && <LoginRefusal error={error} />}
      <TextInput
        ref={email}
        label={t('email')}
        type="email"
        name="email"
        defaultValue={typed?.email ?? ''}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        error={missing.email && t('needEmail')}
      />
      <PasswordInput
        ref={password}
        label={t('password')}
        name="password"
        defaultValue={typed?.password ?? ''}
        autoComplete="current-password"
        required
        withAsterisk={false}
        error={missing.password && t('needPassword')}
        visible={shown}
        onVisibilityChange={setShown}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t(shown ? 'hide' : 'show') }}
      />
      <Button type="submit" loading={pending} fullWidth>
        {t('submit')}
      </Button>
      <p className={classes.forgotten}>{t('forgotten')}</p>
    </form>
  )
}
