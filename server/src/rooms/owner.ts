/**
 * Whose a client id is, as one word: the person's id, with the id of the person on whose behalf they type, when they do.
 * So words typed for oneself and for somebody else never come under the same client id.
 */
export function ownerOf({ userId, behalfId }: { userId: string; behalfId?: string | null | undefined }): string {
  return behalfId ? `${userId} ${behalfId}` : userId
}
