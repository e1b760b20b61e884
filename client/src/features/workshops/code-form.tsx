import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './join.module.css'
import { codeLength, isCode, readCode } from './model.ts'

interface CodeFormProps {
  typed: string
  onTyped: (typed: string) => void
  pending: boolean
  onCode: (code: string) => void
}

/** One field for the code that somebody says aloud: any letters, dashes and spaces will do. */
export function CodeForm({ typed, onTyped, pending, onCode }: CodeFormProps) {
  const { t } = useTranslation('workshops')
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string>()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    const code = readCode(typed)
    if (isCode(code)) {
      setFault(undefined)
      onCode(code)
      return
    }
    setFault(code.length === codeLength ? t('code.strange') : t('code.length', { length: codeLength }))
    input.current?.focus()
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        ref={input}
        className={classes.code}
        label={t('code.label')}
        description={t('code.help')}
        placeholder="7QKX-2M4T"
        value={typed}
        onChange={({ currentTarget }) => onTyped(currentTarget.value)}
        error={fault}
        maxLength={20}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
      />
      <Button type="submit" loading={pending} fullWidth>
        {t('code.submit')}
      </Button>
    </form>
  )
}
