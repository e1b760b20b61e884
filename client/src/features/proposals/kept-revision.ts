import type { Proposal } from '@cabildo/protocol/http/proposals'
import { proposalName } from '../../sync/kept-writing.ts'

/** Of one's own open proposals that which one was writing anew in this tab, on the text that is open. */
export function keptRevision(
  proposals: readonly Proposal[],
  { documentId, userId, epoch }: { documentId: string; userId: string; epoch: number },
  tab: Pick<Storage, 'getItem'> = sessionStorage,
): Proposal | undefined {
  return proposals.find(
    ({ id, own, may }) => own && may.withdraw && tab.getItem(proposalName(documentId, userId, epoch, id)) !== null,
  )
}
