import type { VersionItem } from '@cabildo/protocol/http/api'
import { useTranslation } from 'react-i18next'

/** What a version is called: `title` is its name, or how it came to be; `short` is «Versión 7», `full` both in one line. */
export function useVersionWords(): (version: VersionItem) => { title: string; short: string; full: string } {
  const { t } = useTranslation('versions')
  return (version) => {
    const short = t('number', { number: version.number })
    const title =
      version.name ??
      (version.kind === 'restored' && version.restoredFrom !== null
        ? t('kind.restoredFrom', { number: version.restoredFrom })
        : t(`kind.${version.kind}`))
    return { title, short, full: `${short}: ${title}` }
  }
}
