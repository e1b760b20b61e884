import type { accountApi } from './account.ts'
import type { Example } from './example.ts'
import { civil, luis, planId, planTitle } from './example-people.ts'

const me = { user: { id: luis.id, name: luis.name } }
const sessionId = 'a8Kd0Vb2QnW5r1tYxP3z7w'
const passkey = {
  id: 'AbCdEf0123456789',
  label: 'Teléfono de Luis',
  createdAt: '2026-03-01T14:00:00.000Z',
  usedAt: null,
}
const identity = {
  id: 'q3Vn8xYcTz5LrW0mKd7SgA',
  issuer: 'https://login.example.org',
  createdAt: '2026-03-02T14:00:00.000Z',
}
const profile = {
  user: { id: luis.id, name: luis.name, email: 'sociedad@demo.cabildo.test', guest: false },
  hasPassword: true,
  totp: { on: true, recoveryCodesLeft: 9 },
  passkeys: [passkey],
  identities: [identity],
  memberships: [
    {
      planId,
      planSlug: 'chepo',
      planTitle,
      role: 'drafter',
      group: civil,
      display: 'name',
      consents: [{ textVersion: '2026-11', way: 'screen', givenAt: '2026-03-01T14:00:00.000Z', withdrawnAt: null }],
    },
  ],
}
const proof = { password: 'cabildo-demo' }
const code = { code: '482913' }
const recoveryCodes = { recoveryCodes: ['7QKX2-M4T9W-C1ZBN-8RHDP-6VG0J', 'Z0N4R-5KX8T-2MQWV-7CHB1-D9GPJ'] }
const challenge = { challenge: 'x7pJ3qV0m2bT9sKd4fHgLw', rpId: 'plan.example.org', userVerification: 'required' }

/** Examples of the operations on one's own account. */
export const accountExamples: Record<keyof typeof accountApi, Example> = {
  'POST /api/session': {
    body: { email: 'sociedad@demo.cabildo.test', password: 'cabildo-demo' },
    response: me,
  },
  'GET /api/session': { response: { ...me, workshop: null, secondFactorMissing: false } },
  'DELETE /api/session': {},
  'GET /api/sessions': {
    response: {
      items: [
        {
          id: sessionId,
          current: true,
          label: 'Chrome, Android',
          createdAt: '2026-03-28T13:00:00.000Z',
          seenAt: '2026-03-28T15:04:05.000Z',
        },
      ],
    },
  },
  'DELETE /api/sessions': {},
  'DELETE /api/sessions/:sessionId': { params: { sessionId } },
  'POST /api/session/passkey/options': { response: challenge },
  'POST /api/session/passkey': { body: { response: { id: passkey.id, type: 'public-key' } }, response: me },
  'POST /api/profile/factor-reset/seen': { body: {} },
  'POST /api/session/openid': { body: { code: '123456' }, response: me },
  'GET /api/profile': { response: profile },
  'PATCH /api/profile': { body: { name: luis.name }, response: profile },
  'PUT /api/profile/password': { body: { ...proof, newPassword: 'tres palabras sin orden' } },
  'POST /api/profile/totp': {
    body: proof,
    response: {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Cabildo:sociedad%40demo.cabildo.test?issuer=Cabildo&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    },
  },
  'POST /api/profile/totp/confirm': { body: code, response: recoveryCodes },
  'POST /api/profile/recovery-codes': { body: code, response: recoveryCodes },
  'POST /api/profile/totp/remove': { body: code },
  'POST /api/profile/passkeys/options': { body: proof, response: challenge },
  'POST /api/profile/passkeys': {
    body: { label: passkey.label, response: { id: passkey.id, type: 'public-key' } },
    response: passkey,
  },
  'DELETE /api/profile/passkeys/:passkeyId': { params: { passkeyId: passkey.id } },
  'POST /api/profile/identities': {
    body: proof,
    response: { url: 'https://login.example.org/authorize?client_id=cabildo&response_type=code&scope=openid' },
  },
  'DELETE /api/profile/identities/:identityId': { params: { identityId: identity.id } },
  'GET /api/profile/export': { response: { exportedAt: '2026-03-28T15:04:05.000Z', profile } },
  'POST /api/profile/erase': { body: { ...proof, name: luis.name } },
  'PUT /api/plans/:planId/display': { params: { planId: 'chepo' }, body: { display: 'group' } },
  'POST /api/plans/:planId/consent/withdraw': { params: { planId: 'chepo' }, body: {} },
}
