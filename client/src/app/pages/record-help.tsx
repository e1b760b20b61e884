import { useTranslation } from 'react-i18next'
import { RecordHelp } from '../../features/record/record-help.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** Why the record can be believed, in one screen. */
export default function RecordHelpPage() {
  const { t } = useTranslation('record')
  usePageTitle(t('help.title'))
  return <RecordHelp />
}
