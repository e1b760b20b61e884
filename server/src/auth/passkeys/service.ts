/**
 * Passkeys (WebAuthn level 3). They carry their account's name themselves, so signing in asks for none, and they check
 * who holds them, so that one passkey is two factors.
 */
import { AppError } from '@cabildo/protocol/errors'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/types.ts'
import type { Ceremonies, Ceremony } from '../ceremonies.ts'
import { demandAccount, demandMayChange, takeWayIn } from '../factors/gate.ts'
import type { Proof } from '../proof.ts'
import { demandAlive, renewSession } from '../renewal.ts'
import type { Actor, Sessions } from '../sessions.ts'
import { findAccountById } from '../store.ts'
import {
  deletePasskey,
  findPasskey,
  findPasskeys,
  insertPasskey,
  type ListedPasskey,
  type PasskeyRow,
  usePasskey,
} from './store.ts'

/** What passkeys need. `baseUrl` decides which site they are for: its host, and pages of exactly this origin. */
export interface PasskeyDeps {
  db: Kysely<Database>
  sessions: Sessions
  ceremonies: Ceremonies
  config: { readonly baseUrl: string }
}

/** So many passkeys an account may have. */
const most = 20

/**
 * ES256, EdDSA and RS256, which every authenticator speaks one of. Named here, because the library would otherwise try
 * what Node still calls an experiment.
 */
const supportedAlgorithmIDs = [-7, -8, -257]

const Challenge = z.object({ challenge: z.string() })

/** Read when it is first used: with what it stands on it is a seventh of the program's files, and most starts use none. */
export const webauthn = () => import('@simplewebauthn/server')

/** Begins to add a passkey: the browser's options, and the cookie of the ceremony. */
export async function beginPasskey(
  deps: PasskeyDeps & { proof: Proof },
  actor: Actor,
  password: string | undefined,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; cookie: string }> {
  const { db, ceremonies, config, proof } = deps
  const { userId, name } = actor
  await demandMayChange(db, actor)
  await proof.demand(userId, password)
  const [account, passkeys] = await Promise.all([findAccountById(db, userId), findPasskeys(db, userId)])
  if (passkeys.length >= most) throw tooMany()
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    rpName: 'Cabildo',
    rpID: new URL(config.baseUrl).hostname,
    userID: new TextEncoder().encode(userId),
    userName: account?.email ?? name,
    userDisplayName: name,
    timeout: 300_000,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const cookie = await ceremonies.begin('passkey_registration', { challenge: options.challenge }, userId)
  return { options, cookie }
}

/**
 * Adds the passkey that the browser made. Throws `invalid` when it does not answer the challenge of this browser's own
 * ceremony, `conflict` when there are too many or some account has it. The session is replaced: its person was verified.
 */
export async function addPasskey(
  deps: PasskeyDeps,
  actor: Actor,
  { label, response, secret }: { label: string; response: unknown; secret: string | undefined },
): Promise<{ passkey: ListedPasskey; cookie: string }> {
  const { db, ceremonies, config } = deps
  const { userId } = actor
  demandAccount(actor)
  const challenge = challengeOf(await ceremonies.take('passkey_registration', secret), userId)
  const made = challenge === undefined ? undefined : await registered(response, challenge, config.baseUrl)
  if (!made)
    throw new AppError('invalid', { errors: [{ pointer: '/response', detail: 'Not an answer to a challenge.' }] })
  const { id, publicKey, counter, transports = [] } = made
  const passkey = await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    return insertPasskey(trx, { id, userId, publicKey, counter, transports, label }, most)
  })
  if (!passkey) throw tooMany()
  return { passkey, cookie: await renewSession(deps, actor, { secondFactor: true }) }
}

/** Removes a passkey of one's own, unless it is the last way in. */
export async function removePasskey({ db }: Pick<PasskeyDeps, 'db'>, actor: Actor, passkeyId: string): Promise<void> {
  await demandMayChange(db, actor)
  await db.transaction().execute((trx) => takeWayIn(trx, actor, () => deletePasskey(trx, actor.userId, passkeyId)))
}

/** Begins to sign in with whichever passkey the browser has for this site. */
export async function beginPasskeySignIn({ ceremonies, config }: Pick<PasskeyDeps, 'ceremonies' | 'config'>): Promise<{
  options: PublicKeyCredentialRequestOptionsJSON
  cookie: string
}> {
  const rpID = new URL(config.baseUrl).hostname
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', timeout: 300_000 })
  return { options, cookie: await ceremonies.begin('passkey_sign_in', { challenge: options.challenge }) }
}

/**
 * Whose passkey answered the challenge of this browser's own ceremony. Undefined for every kind of failure alike: an
 * unknown passkey, a wrong signature, a counter that went back, somebody suspended or erased.
 */
export async function acceptPasskey(
  { db, ceremonies, config }: PasskeyDeps,
  { response, secret }: { response: unknown; secret: string | undefined },
): Promise<{ id: string; name: string } | undefined> {
  const challenge = challengeOf(await ceremonies.take('passkey_sign_in', secret), null)
  const answer = Answer.safeParse(response)
  if (challenge === undefined || !answer.success) return undefined
  const passkey = await findPasskey(db, answer.data.id)
  if (!passkey) return undefined
  const counter = await newCounter(response, challenge, config.baseUrl, passkey)
  const { userHandle } = answer.data.response
  const isOwners = userHandle === undefined || Buffer.from(userHandle, 'base64url').toString() === passkey.userId
  if (counter === undefined || !isOwners || passkey.closed) return undefined
  if (!(await usePasskey(db, passkey.id, counter))) return undefined
  return { id: passkey.userId, name: passkey.name }
}

const Answer = z.object({
  id: z.string().max(1400),
  response: z.object({ userHandle: z.string().max(200).optional() }),
})

function challengeOf(ceremony: Ceremony | undefined, userId: string | null): string | undefined {
  if (!ceremony || ceremony.userId !== userId) return undefined
  return Challenge.parse(ceremony.data).challenge
}

/** The new passkey, or undefined when the library finds anything wrong, which it tells by throwing. */
async function registered(response: unknown, expectedChallenge: string, baseUrl: string) {
  const { verifyRegistrationResponse } = await webauthn()
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      // The library checks the form of what it is given.
      response: response as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: baseUrl,
      expectedRPID: new URL(baseUrl).hostname,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    return registrationInfo?.credential
  } catch {
    return undefined
  }
}

/** The counter of a right answer, or undefined when the library finds anything wrong, which it tells by throwing. */
export async function newCounter(
  response: unknown,
  expectedChallenge: string,
  baseUrl: string,
  { id, publicKey, counter }: PasskeyRow,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await webauthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      // The library checks the form of what it is given.
      response: response as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: baseUrl,
      expectedRPID: new URL(baseUrl).hostname,
      credential: { id, publicKey: Uint8Array.from(publicKey), counter },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}

function tooMany(): AppError {
  return new AppError('conflict', { detail: `The passkey is known already, or the account has ${most}.` })
}
