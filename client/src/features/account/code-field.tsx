import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'

interface CodeFieldProps {
  value: string
  onChange: (value: string) => void
  error: React.ReactNode
  /** Whether a recovery code does as well: then letters must be easy to type. */
  either?: boolean
  ref?: Ref<HTMLInputElement>
}

/** The code that the authenticator shows now. */
export function CodeField({ value, onChange, error, either = false, ref }: CodeFieldProps) {
  const { t } = useTranslation('account')
  return (
    <TextInput
      {...(ref ? { ref } : undefined)}
      label={t('totp.code')}
      description={t(either ? 'totp.codeEither' : 'totp.codeHelp')}
      autoComplete="one-time-code"
      inputMode={either ? 'text' : 'numeric'}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  )
}
