import { useTranslation } from 'react-i18next'
import { VerifyView } from '../../features/verify/verify-view.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** Where anybody checks the file of a record. */
export default function VerifyPage() {
  const { t } = useTranslation('record')
  usePageTitle(t('verify.title'))
  return <VerifyView />
}
