import { z } from 'zod'
import { PlanId, SessionId, UserId, WorkshopId } from '../ids.ts'
import { Display, Group, Role, Time, WebAuthnJson } from './common.ts'
import type { Contract } from './contract.ts'

/** A person's name as they give it themselves. */
export const PersonName = z.string().trim().min(1).max(80)
export const Email = z.email().max(254)
/** NIST SP 800-63B: long rather than intricate. Counted in code points; known bad ones are refused by the service. */
export const NewPassword = z.string().min(12).max(256)
/** Six digits of an authenticator, or a recovery code. */
export const SecondFactorCode = z.string().trim().min(6).max(40)

export const Me = z.object({ user: z.object({ id: UserId, name: z.string() }) })
/** Who is signed in, and what bounds the session. */
export const CurrentSession = Me.extend({
  /** The workshop that a guest's session belongs to; null for an account's. */
  workshop: z.object({ id: WorkshopId, planId: PlanId, planSlug: z.string(), title: z.string() }).nullable(),
  /** The role of this account asks for a second factor, which the session has not shown: it may only set one up. */
  secondFactorMissing: z.boolean(),
  /** When the second factor was removed for them, as long as they have not said that they read it. */
  factorsRemovedAt: Time.optional(),
})
export type CurrentSession = z.infer<typeof CurrentSession>

export const SessionItem = z.object({
  id: SessionId,
  current: z.boolean(),
  /** What the browser said of itself, in a few words. */
  label: z.string().nullable(),
  createdAt: Time,
  seenAt: Time,
})
export type SessionItem = z.infer<typeof SessionItem>

export const PasskeyItem = z.object({
  id: z.string(),
  label: z.string(),
  createdAt: Time,
  usedAt: Time.nullable(),
})
export type PasskeyItem = z.infer<typeof PasskeyItem>

export const MyMembership = z.object({
  planId: PlanId,
  planSlug: z.string(),
  planTitle: z.string(),
  role: Role,
  group: Group.nullable(),
  display: Display,
  consents: z.array(
    z.object({
      textVersion: z.string(),
      way: z.enum(['screen', 'paper', 'spoken']),
      givenAt: Time,
      withdrawnAt: Time.nullable(),
    }),
  ),
})
export type MyMembership = z.infer<typeof MyMembership>

/** Names an account at another provider without telling what it is called there. */
const IdentityId = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** Everything a person may see and change about themselves. */
export const Profile = z.object({
  user: z.object({ id: UserId, name: z.string(), email: z.string().nullable(), guest: z.boolean() }),
  hasPassword: z.boolean(),
  totp: z.object({ on: z.boolean(), recoveryCodesLeft: z.number().int() }),
  passkeys: z.array(PasskeyItem),
  /** Accounts at a sign-on of the government or another provider, by the address of the provider. */
  identities: z.array(z.object({ id: IdentityId, issuer: z.string(), createdAt: Time })),
  memberships: z.array(MyMembership),
})
export type Profile = z.infer<typeof Profile>

const Proof = z.object({
  /** The account's password, when it has one: changing how one signs in asks for it again. */
  password: z.string().max(256).optional(),
})

export const accountApi = {
  'POST /api/session': {
    summary: 'Sign in. An account with a second factor is asked for `code` by `second_factor_needed`',
    tag: 'session',
    body: z.object({ email: Email, password: z.string().min(1).max(256), code: SecondFactorCode.optional() }),
    status: 200,
    response: Me,
    refusals: ['invalid', 'wrong_credentials', 'second_factor_needed', 'wrong_code', 'throttled'],
  },
  'GET /api/session': {
    summary: 'Who is signed in',
    tag: 'session',
    status: 200,
    response: CurrentSession,
    refusals: ['signed_out'],
  },
  'DELETE /api/session': { summary: 'Sign out', tag: 'session', status: 204, refusals: [] },
  'GET /api/sessions': {
    summary: 'Where you are signed in, newest first',
    tag: 'session',
    status: 200,
    response: z.object({ items: z.array(SessionItem) }),
    refusals: ['signed_out', 'forbidden'],
  },
  'DELETE /api/sessions': {
    summary: 'Sign out everywhere, here too',
    tag: 'session',
    status: 204,
    refusals: ['signed_out', 'forbidden'],
  },
  'DELETE /api/sessions/:sessionId': {
    summary: 'End one of your sessions',
    tag: 'session',
    params: z.object({ sessionId: SessionId }),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/session/passkey/options': {
    summary: 'Begin to sign in with a passkey: the challenge for the browser',
    tag: 'session',
    status: 200,
    response: WebAuthnJson,
    refusals: ['throttled'],
  },
  'POST /api/session/passkey': {
    summary: 'Sign in with a passkey: what the browser answered to the challenge',
    tag: 'session',
    body: z.object({ response: WebAuthnJson }),
    status: 200,
    response: Me,
    refusals: ['invalid', 'wrong_credentials', 'throttled'],
  },
  'POST /api/profile/factor-reset/seen': {
    summary: 'Say that you read that your second factor was removed',
    tag: 'profile',
    body: z.object({}).optional(),
    status: 204,
    refusals: ['signed_out', 'forbidden'],
  },
  'POST /api/session/openid': {
    summary:
      'Go on after another sign-on that led to the login page with `openid=second`: the code of your authenticator',
    tag: 'session',
    body: z.object({ code: SecondFactorCode }),
    status: 200,
    response: Me,
    refusals: ['invalid', 'wrong_credentials', 'wrong_code', 'conflict', 'throttled'],
  },
  'GET /api/profile': {
    summary: 'What the program knows about you',
    tag: 'profile',
    status: 200,
    response: Profile,
    refusals: ['signed_out'],
  },
  'PATCH /api/profile': {
    summary: 'Correct your name or your e-mail address; a new address asks for the password',
    tag: 'profile',
    body: Proof.extend({ name: PersonName.optional(), email: Email.nullable().optional() }),
    status: 200,
    response: Profile,
    refusals: ['invalid', 'signed_out', 'wrong_credentials', 'forbidden', 'email_taken', 'conflict', 'throttled'],
  },
  'PUT /api/profile/password': {
    summary: 'Set or change your password; every other session ends',
    tag: 'profile',
    body: Proof.extend({ newPassword: NewPassword }),
    status: 204,
    refusals: ['invalid', 'signed_out', 'wrong_credentials', 'forbidden', 'throttled'],
  },
  'POST /api/profile/totp': {
    summary:
      'Begin with an authenticator: its secret, and the address that its QR carries. Nothing holds before `confirm`',
    tag: 'profile',
    body: Proof,
    status: 201,
    response: z.object({ secret: z.string(), uri: z.string() }),
    refusals: ['invalid', 'signed_out', 'wrong_credentials', 'conflict', 'forbidden', 'throttled'],
  },
  'POST /api/profile/totp/confirm': {
    summary: 'Prove that the authenticator works; answers the recovery codes, shown this once',
    tag: 'profile',
    body: z.object({ code: SecondFactorCode }),
    status: 200,
    response: z.object({ recoveryCodes: z.array(z.string()) }),
    refusals: ['invalid', 'signed_out', 'wrong_code', 'forbidden', 'conflict', 'throttled'],
  },
  'POST /api/profile/recovery-codes': {
    summary: 'Make new recovery codes; the old ones end',
    tag: 'profile',
    body: z.object({ code: SecondFactorCode }),
    status: 201,
    response: z.object({ recoveryCodes: z.array(z.string()) }),
    refusals: ['invalid', 'signed_out', 'wrong_code', 'forbidden', 'conflict', 'throttled'],
  },
  'POST /api/profile/totp/remove': {
    summary: 'Stop using the authenticator',
    tag: 'profile',
    body: z.object({ code: SecondFactorCode }),
    status: 204,
    refusals: ['invalid', 'signed_out', 'wrong_code', 'forbidden', 'conflict', 'throttled'],
  },
  'POST /api/profile/passkeys/options': {
    summary: 'Begin to add a passkey: the challenge for the browser',
    tag: 'profile',
    body: Proof,
    status: 200,
    response: WebAuthnJson,
    refusals: ['invalid', 'signed_out', 'wrong_credentials', 'forbidden', 'conflict', 'throttled'],
  },
  'POST /api/profile/passkeys': {
    summary: 'Add a passkey: what the browser answered to the challenge',
    tag: 'profile',
    body: z.object({ label: z.string().trim().min(1).max(80), response: WebAuthnJson }),
    status: 201,
    response: PasskeyItem,
    refusals: ['invalid', 'signed_out', 'forbidden', 'conflict'],
  },
  'DELETE /api/profile/passkeys/:passkeyId': {
    summary: 'Remove a passkey. The last way in cannot be removed',
    tag: 'profile',
    params: z.object({ passkeyId: z.string().min(1).max(1400) }),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'POST /api/profile/identities': {
    summary:
      'Begin to link your account at the other sign-on: go to `url`, which leads back to the profile with `openid=linked` or `openid=taken`',
    tag: 'profile',
    body: Proof,
    status: 200,
    response: z.object({ url: z.string() }),
    refusals: ['invalid', 'signed_out', 'wrong_credentials', 'forbidden', 'not_found', 'throttled', 'unavailable'],
  },
  'DELETE /api/profile/identities/:identityId': {
    summary: 'Forget an account at another sign-on. The last way in cannot be removed',
    tag: 'profile',
    params: z.object({ identityId: IdentityId }),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'GET /api/profile/export': {
    summary: 'Everything that is about you, to take with you',
    tag: 'profile',
    status: 200,
    response: z.looseObject({ exportedAt: Time }),
    refusals: ['signed_out', 'throttled'],
  },
  'POST /api/profile/erase': {
    summary:
      'Have what is about you erased: name, address, ways to sign in, consents. What you wrote stays in the record, by nobody named',
    tag: 'profile',
    body: Proof.extend({ name: z.string().max(120) }),
    status: 204,
    refusals: ['invalid', 'signed_out', 'wrong_credentials', 'forbidden', 'last_coordinator', 'throttled'],
  },
  'PUT /api/plans/:planId/display': {
    summary: 'How you are shown in a plan: by name, as one of your group, or not at all',
    tag: 'profile',
    params: z.object({ planId: z.string().min(1).max(80) }),
    body: z.object({ display: Display }),
    status: 204,
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/consent/withdraw': {
    summary: 'Take back your consent for a plan: from then on you are not shown there at all',
    tag: 'profile',
    params: z.object({ planId: z.string().min(1).max(80) }),
    body: z.object({}).optional(),
    status: 204,
    refusals: ['signed_out', 'not_found'],
  },
} as const satisfies Record<string, Contract>
