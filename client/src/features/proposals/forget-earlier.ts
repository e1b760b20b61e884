import { proposalName, proposalsOf } from '../../sync/kept-writing.ts'

/** Lets go of what was written in this tab on a text that was replaced since: words may have been taken out of it. */
export function forgetEarlier(documentId: string, userId: string, epoch: number, tab: Storage = sessionStorage): void {
  const now = proposalName(documentId, userId, epoch)
  const names = Array.from({ length: tab.length }, (_, at) => tab.key(at) ?? '')
  for (const name of names)
    if (name.startsWith(`${proposalsOf(userId)}${documentId} `) && !name.startsWith(now)) tab.removeItem(name)
}
