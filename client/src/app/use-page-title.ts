import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

/** The page that was arrived at last by a link, by its name; told to screen readers, which see no page change. */
let arrived = ''
let isArriving = false
const listeners = new Set<() => void>()

/** Says that another page is on its way: the first name given from now on is its own. */
export function expectPage(): void {
  isArriving = true
}

/** The name of the page that was arrived at last. Empty for the first page, which the browser tells by itself. */
export function useArrived(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => arrived,
  )
}

/** Names the page in the browser's tab and its history, for as long as it is shown. `undefined` while it is not known. */
export function usePageTitle(page: string | undefined): void {
  const { t } = useTranslation()
  const title = page === undefined ? t('app.name') : t('app.title', { page })
  useEffect(() => {
    document.title = title
    if (!isArriving || page === undefined) return
    isArriving = false
    arrived = page
    for (const listener of listeners) listener()
  }, [title, page])
}
