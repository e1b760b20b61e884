/**
 * What somebody writes as a proposal or a comment is kept in the tab alone until it is sent, so that a closed one leaves
 * nothing on a shared device. This is how it is named, kept and read there.
 */

const writing = 'cabildo-writing '

/** How the names of all that somebody is writing begin; it goes when they sign out. */
export const writingOf = (userId: string): string => `${writing}${userId} `

/** Whether this tab keeps something that somebody wrote and did not send. What is kept as `blank` nobody would miss. */
export const hasUnsent = (): boolean =>
  Object.keys(sessionStorage).some(
    (name) => name.startsWith(writing) && readKept<{ blank?: boolean }>(name)?.blank !== true,
  )

/** How the names of all that somebody is proposing begin. */
export const proposalsOf = (userId: string): string => `${writingOf(userId)}proposal `

/** The name of what is written for a document, of one epoch, in place of a proposal or anew. */
export const proposalName = (documentId: string, userId: string, epoch: number, revises = ''): string =>
  `${proposalsOf(userId)}${documentId} ${epoch} ${revises}`

/** Whether this tab holds a new proposal that was not sent. */
export const hasProposal = (documentId: string, userId: string, epoch: number): boolean =>
  sessionStorage.getItem(proposalName(documentId, userId, epoch)) !== null

/** The name of what is being said beside a document: in a thread, or `new`. */
export const commentName = (documentId: string, userId: string, where: string): string =>
  `${writingOf(userId)}comment ${documentId} ${where}`

/** The name of a half-written answer to an input. */
export const answerName = (inputId: string, userId: string): string => `${writingOf(userId)}answer ${inputId}`

/** The name of the list of ideas that is being entered into a plan: of a meeting, or of none. */
export const entryName = (planId: string, userId: string, meetingId?: string): string =>
  `${writingOf(userId)}entry ${[planId, ...(meetingId === undefined ? [] : [meetingId])].join(' ')}`

/** What this tab keeps under a name; undefined when it is nothing, or not readable any more. */
export function readKept<Kept>(name: string): Kept | undefined {
  const kept = sessionStorage.getItem(name)
  if (kept === null) return undefined
  try {
    // Written by `keep` under the same name.
    return JSON.parse(kept) as Kept
  } catch {
    return undefined
  }
}

/** Keeps something in this tab, or lets go of it. A tab without room keeps what it had. */
export function keep(name: string, what: unknown): void {
  try {
    if (what === undefined) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify(what))
  } catch {}
}
