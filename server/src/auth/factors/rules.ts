/** What an account has, and what its session showed, when another way in is to be added or taken away. */
export interface Standing {
  hasTotp: boolean
  hasPasskeys: boolean
  /** The session itself showed a second factor, whether or not one is demanded here. */
  showedSecondFactor: boolean
  /** A role of the account needs a second factor here. */
  needsSecondFactor: boolean
}

/**
 * Whether a session may change the ways into its account. Where there is a second factor already, a session that began
 * with the password alone, or with a link for a forgotten one, may not go round it by adding another. Who needs none and
 * has passkeys only may, since the password is enough for them.
 */
export function mayChangeFactors({ hasTotp, hasPasskeys, showedSecondFactor, needsSecondFactor }: Standing): boolean {
  if (showedSecondFactor) return true
  return !hasTotp && !(hasPasskeys && needsSecondFactor)
}

/** The ways into an account. */
export interface WaysIn {
  /** Of no use without an address to sign in with. */
  password: boolean
  passkeys: number
  identities: number
}

/** Whether anybody could still get in. */
export function canGetIn({ password, passkeys, identities }: WaysIn): boolean {
  return password || passkeys + identities > 0
}
