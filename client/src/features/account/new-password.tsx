import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { PasswordField } from '../../ui/late/password-field.tsx'
import { shortestPassword } from './model.ts'

interface NewPasswordProps {
  value: string
  onChange: (value: string) => void
  /** What is wrong: too short, or one of those that everybody guesses. */
  fault: 'short' | 'known' | undefined
  ref?: Ref<HTMLInputElement>
}

/** A new password: long rather than intricate. */
export function NewPassword({ value, onChange, fault, ref }: NewPasswordProps) {
  const { t } = useTranslation('account')
  return (
    <PasswordField
      kind="new"
      label={t('password.new')}
      description={t('password.help', { count: shortestPassword })}
      value={value}
      onChange={onChange}
      error={fault && t(`password.${fault}`, { count: shortestPassword })}
      {...(ref ? { ref } : undefined)}
    />
  )
}
