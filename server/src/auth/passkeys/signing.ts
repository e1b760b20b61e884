/**
 * Signing with a passkey of one's own.
 * 1. What is to be signed is hashed, and the hash is the challenge; what it takes to make it again waits in the ceremony.
 * 2. The answer is checked as a sign-in is, and a second time by what anybody checks it with later.
 * 3. It is handed back with the key, to be kept where everybody reads it.
 */
import { AppError } from '@cabildo/protocol/errors'
import { type Assertion, type AssertionAlgorithm, assertionFault, readAssertion } from '@cabildo/record/assertion'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { Actor } from '../sessions.ts'
import { newCounter, type PasskeyDeps, webauthn } from './service.ts'
import { findPasskey, findPasskeys, usePasskey } from './store.ts'

/** What signing needs. */
export type SigningDeps = Pick<PasskeyDeps, 'db' | 'ceremonies' | 'config'>

/** Begins to sign: the browser's options for this challenge of 32 bytes, and the cookie of the ceremony, which keeps `data`. */
export async function beginSigning(
  { db, ceremonies, config }: SigningDeps,
  { userId }: Actor,
  { challenge, data }: { challenge: Uint8Array; data: Record<string, string> },
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; cookie: string }> {
  const passkeys = await findPasskeys(db, userId)
  if (passkeys.length === 0) throw new AppError('wrong_credentials', { detail: 'The account has no passkey.' })
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({
    rpID: new URL(config.baseUrl).hostname,
    challenge: Uint8Array.from(challenge),
    allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
    userVerification: 'required',
    timeout: 300_000,
  })
  return { options, cookie: await ceremonies.begin('passkey_signing', data, userId) }
}

const Answer = z.object({
  id: z.string().max(1400),
  response: z.object({ authenticatorData: z.string(), clientDataJSON: z.string(), signature: z.string() }),
})

/**
 * The signature of somebody's own passkey on the challenge that `challengeOf` makes of what the ceremony kept. Throws
 * `wrong_credentials` for every kind of failure alike, also for a key or an answer that nobody could check later.
 */
export async function acceptSigning(
  { db, ceremonies, config }: SigningDeps,
  { userId }: Actor,
  { response, secret }: { response: unknown; secret: string | undefined },
  challengeOf: (data: unknown) => Promise<Uint8Array>,
): Promise<Assertion> {
  const refused = () => new AppError('wrong_credentials', { detail: 'Not a signature of a passkey of yours on this.' })
  const ceremony = await ceremonies.take('passkey_signing', secret)
  const answer = Answer.safeParse(response)
  if (!ceremony || ceremony.userId !== userId || !answer.success) throw refused()
  const challenge = await challengeOf(ceremony.data)
  const passkey = await findPasskey(db, answer.data.id)
  if (!passkey || passkey.userId !== userId || passkey.closed) throw refused()
  const asked = Buffer.from(challenge).toString('base64url')
  const counter = await newCounter(response, asked, config.baseUrl, passkey)
  const key = await keyOf(passkey.publicKey)
  if (counter === undefined || !key) throw refused()
  const { authenticatorData, clientDataJSON, signature } = answer.data.response
  const assertion = readAssertion({
    ...key,
    site: new URL(config.baseUrl).hostname,
    authenticator: standard(authenticatorData),
    client: standard(clientDataJSON),
    signature: standard(signature),
  })
  if (!assertion || assertionFault(assertion, challenge) !== undefined) throw refused()
  if (!(await usePasskey(db, passkey.id, counter))) throw refused()
  return assertion
}

/** Base64 for addresses, as browsers answer, written as the record writes base64. */
const standard = (text: string): string => Buffer.from(text, 'base64url').toString('base64')

/** A passkey's key as the record writes keys; undefined for a kind that it does not know. */
async function keyOf(publicKey: Uint8Array): Promise<{ alg: AssertionAlgorithm; key: string } | undefined> {
  const { cose, decodeCredentialPublicKey } = await import('@simplewebauthn/server/helpers')
  const read = decodeCredentialPublicKey(Uint8Array.from(publicKey))
  const alg = read.get(cose.COSEKEYS.alg)
  const told = (alg: AssertionAlgorithm, ...parts: readonly (Uint8Array | undefined)[]) => ({
    alg,
    key: Buffer.concat(parts.map((part) => part ?? Buffer.alloc(0))).toString('base64'),
  })
  if (alg === cose.COSEALG.ES256 && cose.isCOSEPublicKeyEC2(read)) {
    return told('ES256', Buffer.of(4), read.get(cose.COSEKEYS.x), read.get(cose.COSEKEYS.y))
  }
  if (alg === cose.COSEALG.EdDSA && cose.isCOSEPublicKeyOKP(read)) return told('EdDSA', read.get(cose.COSEKEYS.x))
  if (alg === cose.COSEALG.RS256 && cose.isCOSEPublicKeyRSA(read)) {
    // 65537, as every authenticator has it, and as whoever checks a signature takes it to be.
    const exponent = Buffer.from(read.get(cose.COSEKEYS.e) ?? []).toString('hex')
    return exponent === '010001' ? told('RS256', read.get(cose.COSEKEYS.n)) : undefined
  }
  return undefined
}
