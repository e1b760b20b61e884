/** What a provider says about how somebody signed in there: methods (RFC 8176) and a class. */
export interface SignInClaims {
  amr?: unknown
  acr?: unknown
}

const known: readonly string[] = ['pwd', 'pin', 'kba']
const held: readonly string[] = ['otp', 'hwk', 'swk', 'sc', 'sms', 'tel', 'pop']
const inborn: readonly string[] = ['face', 'fpt', 'iris', 'retina', 'vbm']

/** Classes that mean several factors, by their whole name: what merely looks like one is none. */
const classes: readonly string[] = [
  'mfa',
  'https://refeds.org/profile/mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'http://schemas.microsoft.com/claims/multipleauthn',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract',
  'http://eidas.europa.eu/LoA/substantial',
  'http://eidas.europa.eu/LoA/high',
]

/**
 * Whether a sign-in at the provider showed a second factor: it says so, or names methods of two kinds, out of what one
 * knows, holds and is. Where the operator named the classes that do (`accepted`), one of them alone counts. Anything in
 * another form counts as nothing.
 */
export function showsSecondFactor({ amr, acr }: SignInClaims, accepted: readonly string[] = []): boolean {
  if (accepted.length > 0) return typeof acr === 'string' && accepted.includes(acr)
  if (typeof acr === 'string' && classes.includes(acr)) return true
  if (!Array.isArray(amr)) return false
  if (amr.includes('mfa')) return true
  return [known, held, inborn].filter((kind) => kind.some((method) => amr.includes(method))).length >= 2
}
