import { PasswordInput } from '@mantine/core'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import '@mantine/core/styles/PasswordInput.layer.css'

interface PasswordFieldProps {
  label: string
  description?: string
  error?: React.ReactNode
  value: string
  onChange: (value: string) => void
  /** Whether the browser should offer the one it knows, or a new one. */
  kind: 'current' | 'new'
  ref?: Ref<HTMLInputElement>
  /** The field that a sheet starts at. */
  first?: boolean
}

/** A password, shown on request: what one cannot see one cannot correct. */
export function PasswordField({ kind, value, onChange, ref, first = false, ...rest }: PasswordFieldProps) {
  const { t } = useTranslation('session')
  const [shown, setShown] = useState(false)
  return (
    <PasswordInput
      {...rest}
      {...(ref ? { ref } : undefined)}
      {...(first ? { 'data-autofocus': true } : undefined)}
      autoComplete={`${kind}-password`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      visible={shown}
      onVisibilityChange={setShown}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t(shown ? 'hide' : 'show') }}
    />
  )
}
