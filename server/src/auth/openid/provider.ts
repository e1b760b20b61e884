import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { OpenIdConfig } from '../../config.ts'
import { type SignInClaims, showsSecondFactor } from './rules.ts'

/** What must be remembered between going to the provider and coming back. */
export interface Errand {
  verifier: string
  state: string
  nonce: string
}

/** Somebody as the provider vouches for them. */
export interface Vouched {
  issuer: string
  subject: string
  claims: SignInClaims
}

/** The provider of another sign-on, reached when it is first needed. */
export interface Provider {
  /** Where the browser goes, and what to remember until it is back. Throws when the provider cannot be reached. */
  begin(): Promise<{ url: string; errand: Errand }>
  /** Whether what the provider says of a sign-in shows a second factor. */
  showsSecondFactor(claims: SignInClaims): boolean
  /** Who came back with this query. Throws when anything about it is not right. */
  finish(search: string, errand: Errand): Promise<Vouched>
}

/** Seconds for which the provider is waited for. */
const patience = 10

/**
 * Speaks OpenID Connect with the provider of the configuration: authorization code, PKCE, state and nonce; the library
 * checks issuer, audience, times and signature. Only the subject is asked for: neither address nor name is needed, and
 * nobody is recognised by them. What discovery found is kept; when it fails, the next one tries again.
 */
export function createProvider(
  config: { readonly baseUrl: string },
  { issuer, clientId, clientSecret, secondFactorClasses }: OpenIdConfig,
): Provider {
  let found: Promise<Configuration> | undefined
  // The configuration takes an http address only outside production.
  const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : []
  const discovered = (): Promise<Configuration> => {
    const looking =
      found ?? discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: patience, execute })
    found = looking
    looking.catch(() => {
      if (found === looking) found = undefined
    })
    return looking
  }
  const callback = () => `${config.baseUrl}/api/openid/callback`

  return {
    async begin() {
      const errand = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() }
      const url = buildAuthorizationUrl(await discovered(), {
        redirect_uri: callback(),
        scope: 'openid',
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
        // A wish, which the provider may not grant: what it then says decides.
        ...(secondFactorClasses.length > 0 && { acr_values: secondFactorClasses.join(' ') }),
      })
      return { url: url.href, errand }
    },
    showsSecondFactor: (claims) => showsSecondFactor(claims, secondFactorClasses),
    async finish(search, { verifier, state, nonce }) {
      const tokens = await authorizationCodeGrant(await discovered(), new URL(`${callback()}${search}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('the provider sent no ID token')
      return { issuer: claims.iss, subject: claims.sub, claims: { amr: claims.amr, acr: claims.acr } }
    },
  }
}
