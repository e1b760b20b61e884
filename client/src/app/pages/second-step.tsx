import { useTranslation } from 'react-i18next'
import { SecondFactorGate } from '../../features/account/second-factor-gate.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** In place of any page, for a role that asks for a second step this account does not have yet. */
export default function SecondStepPage() {
  const { t } = useTranslation('account')
  usePageTitle(t('gate.title'))
  return <SecondFactorGate />
}
