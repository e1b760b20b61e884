import { useTranslation } from 'react-i18next'
import { StopView } from '../../features/news/stop-view.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** Where one says, without signing in, that one wants no more letters. */
export default function StopLettersPage() {
  const { t } = useTranslation('news')
  usePageTitle(t('stop.title'))
  return <StopView />
}
