import { TextInput } from '@mantine/core'
import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface CodeFieldProps {
  value: string
  onChange: (value: string) => void
  /** What is wrong with the code: said aloud and brought into sight, and the field has the focus. */
  error: React.ReactNode
  /** Whether a recovery code does as well: then letters must be easy to type. */
  either?: boolean
  ref?: RefObject<HTMLInputElement | null>
}

/** The code that the authenticator shows now. */
export function CodeField({ value, onChange, error, either = false, ref }: CodeFieldProps) {
  const { t } = useTranslation('account')
  const own = useRef<HTMLInputElement>(null)
  const input = ref ?? own
  const message = useRef<HTMLSpanElement>(null)
  const isWrong = Boolean(error)
  useEffect(() => {
    if (!isWrong) return
    input.current?.focus()
    // It stands below the field: on a phone that is below what a sheet shows.
    message.current?.scrollIntoView({ block: 'nearest' })
  }, [isWrong, input])
  return (
    <TextInput
      ref={input}
      label={t('totp.code')}
      description={t(either ? 'totp.codeEither' : 'totp.codeHelp')}
      autoComplete="one-time-code"
      inputMode={either ? 'text' : 'numeric'}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={
        error && (
          <span ref={message} role="alert">
            {error}
          </span>
        )
      }
    />
  )
}
