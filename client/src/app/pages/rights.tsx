import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rightsQuery } from '../../features/people/api.ts'
import { RightsView } from '../../features/people/rights-view.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** Who may do what, as the program itself decides it. */
export default function RightsPage() {
  const { t } = useTranslation('people')
  const rights = useQuery(rightsQuery)
  usePageTitle(t('rights.title'))
  if (rights.data) return <RightsView rights={rights.data} />
  if (rights.error) return <PageFailure error={rights.error} onRetry={() => void rights.refetch()} />
  return <Waiting />
}
