import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal, refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './login.module.css'
import { minutesToWait } from './model.ts'

interface LoginFormProps {
  signIn: (credentials: { email: string; password: string }) => void
  pending: boolean
  error: Error | null
}

/** E-mail and password. What was typed stays when the server says no. */
export function LoginForm({ signIn, pending, error }: LoginFormProps) {
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

/** Why nobody was let in, with how long to wait when it was too often. */
function LoginRefusal({ error }: { error: Error }) {
  const { t } = useTranslation('session')
  const words = useRefusalWords()
  const minutes = error instanceof Refusal ? minutesToWait(error.retryAfter) : undefined
  if (refusalCode(error) === 'throttled' && minutes)
    return <Notice tone="care" urgent what={t('throttled.what')} todo={t('throttled.wait', { count: minutes })} />
  const kept = refusalCode(error) === 'offline' ? t('offlineKept') : undefined
  return <Notice tone="problem" urgent {...words(error)} kept={kept} />
}
