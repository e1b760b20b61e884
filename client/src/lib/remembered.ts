/** The age of a remembered answer: older than any that was asked for, so that it is asked for at once. */
export const remembered = { updatedAt: 1 }
