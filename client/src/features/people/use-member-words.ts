import type { MemberItem } from '@cabildo/protocol/http/people'
import { useTranslation } from 'react-i18next'
import { knownGroup, knownName } from './model.ts'

/** What to call a member: by name, or as what they chose to be shown. */
export function useMemberName(): (member: MemberItem) => string {
  const { t } = useTranslation('people')
  return (member) => {
    const group = knownGroup(member)
    return knownName(member) || (group ? t('someoneOf', { group: group.name }) : t('someone'))
  }
}
