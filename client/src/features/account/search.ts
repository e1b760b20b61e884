/** How connecting an account at another sign-on ended, as the way back from there tells it. */
export type ConnectOutcome = 'linked' | 'taken' | 'failed'

/** What the address of the profile says. */
export interface ProfileSearch {
  openid?: ConnectOutcome
}

/** Reads the address of the profile; anything it does not know it passes over. */
export function readProfileSearch({ openid }: Record<string, unknown>): ProfileSearch {
  return openid === 'linked' || openid === 'taken' || openid === 'failed' ? { openid } : {}
}
