import type { ApprovalRequest } from '@cabildo/protocol/http/approvals'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../../ui/person-words.ts'

/** Why an open request cannot be decided any more, with a name where it is somebody, and the way out; nothing when it can. */
export function useStuckWords(): (request: ApprovalRequest) => { what: string; todo: string } | undefined {
  const { t } = useTranslation('approvals')
  const nameOf = usePersonWords()
  return ({ stale, deciders, may }) => {
    const todo = t(may.withdraw ? 'stuck.withdraw' : 'stuck.askWithdraw')
    if (stale) return { what: t('stuck.stale'), todo }
    const blocked = deciders.filter((decider) => decider.blocked).map(({ person }) => nameOf(person, true))
    return blocked.length > 0 ? { what: t('stuck.blocked', { people: blocked.join(', ') }), todo } : undefined
  }
}
