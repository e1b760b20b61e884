import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import classes from './login.module.css'
import { LoginRefusal } from './login-refusal.tsx'

interface CodeFormProps {
  onCode: (code: string) => void
  onBack: () => void
  pending: boolean
  error: Error | null
}

/** The second step: what the authenticator shows now, or one of the codes kept for the day it is lost. */
export function CodeForm({ onCode, onBack, pending, error }: CodeFormProps) {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [lost, setLost] = useState(false)
  const [short, setShort] = useState(false)
  const isWrong = refusalCode(error) === 'wrong_code'

  // The field that comes in place of the form is where the reader goes on; after a wrong code, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new refusal and each other kind of code calls anew
  useEffect(() => field.current?.focus(), [lost, error])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = code.trim()
    setShort(typed.length < 6)
    if (typed.length < 6) field.current?.focus()
    else onCode(typed)
  }
  const wrong = isWrong && `${common('refusal.wrong_code.what')} ${t(lost ? 'second.againLost' : 'second.again')}`

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {error && !isWrong && refusalCode(error) !== 'second_factor_needed' && <LoginRefusal error={error} />}
      <TextInput
        ref={field}
        label={t(lost ? 'second.lostLabel' : 'second.label')}
        description={t(lost ? 'second.lostHelp' : 'second.help')}
        name="code"
        autoComplete="one-time-code"
        inputMode={lost ? 'text' : 'numeric'}
        autoCapitalize="characters"
        spellCheck={false}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value)
          setShort(false)
        }}
        error={short ? t('second.need') : wrong}
      />
      <Button type="submit" loading={pending} fullWidth>
        {t('submit')}
      </Button>
      <div className={classes.others}>
        <Button
          variant="subtle"
          onClick={() => {
            setLost(!lost)
            setCode('')
          }}
        >
          {t(lost ? 'second.useApp' : 'second.useLost')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('second.back')}
        </Button>
      </div>
    </form>
  )
}
