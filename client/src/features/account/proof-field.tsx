import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { PasswordField } from '../../ui/late/password-field.tsx'

interface ProofFieldProps {
  value: string
  onChange: (value: string) => void
  error: Error | null
  first?: boolean
}

/** The password of now, asked again before something changes about how one signs in. */
export function ProofField({ value, onChange, error, first = false }: ProofFieldProps) {
  const { t } = useTranslation('account')
  return (
    <PasswordField
      kind="current"
      label={t('proof.label')}
      description={t('proof.why')}
      value={value}
      onChange={onChange}
      first={first}
      error={refusalCode(error) === 'wrong_credentials' && t('proof.wrong')}
    />
  )
}
