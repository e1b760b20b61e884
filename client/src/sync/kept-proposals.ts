/**
 * What somebody writes as a proposal is kept in the tab alone, so that a closed one leaves nothing on a shared device. This
 * is how it is named there.
 */

/** How the names of all that somebody is proposing begin; it goes when they sign out. */
export const proposalsOf = (userId: string): string => `cabildo-proposal ${userId} `

/** The name of what is written for a document, of one epoch, in place of a proposal or anew. */
export const proposalName = (documentId: string, userId: string, epoch: number, revises = ''): string =>
  `${proposalsOf(userId)}${documentId} ${epoch} ${revises}`
