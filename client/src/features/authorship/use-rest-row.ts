import type { RestShare } from '@cabildo/protocol/http/authorship'
import { useTranslation } from 'react-i18next'
import type { ShareRow } from './shares.tsx'

/** The row of a table of shares for what is counted with no group; none when there is nothing. */
export function useRestRow(): (rest: RestShare) => ShareRow[] {
  const { t } = useTranslation('authorship')
  return (rest) => {
    if (rest.proposed === 0 && rest.written === 0) return []
    return [{ ...rest, key: 'rest', mark: undefined, name: t('noGroup'), about: t('noGroupWhat') }]
  }
}
