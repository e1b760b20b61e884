import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Names the page in the browser's tab and its history, for as long as it is shown. */
export function usePageTitle(page: string | undefined): void {
  const { t } = useTranslation()
  const title = page === undefined ? t('app.name') : t('app.title', { page })
  useEffect(() => {
    document.title = title
  }, [title])
}
