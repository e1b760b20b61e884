import { useTranslation } from 'react-i18next'
import { type ClientRefusalCode, refusalCode } from './refusal.ts'

/** Codes that say the same to a reader share their words. */
const wordsOf = {
  bad_request: 'internal',
  invalid: 'invalid',
  signed_out: 'signed_out',
  wrong_credentials: 'wrong_credentials',
  second_factor_needed: 'wrong_code',
  wrong_code: 'wrong_code',
  forbidden: 'forbidden',
  second_factor_missing: 'second_factor_missing',
  taken_out: 'forbidden',
  foreign_origin: 'internal',
  not_found: 'not_found',
  method_not_allowed: 'internal',
  conflict: 'conflict',
  email_taken: 'email_taken',
  stale_version: 'conflict',
  already_decided: 'conflict',
  request_closed: 'conflict',
  inputs_unanswered: 'conflict',
  own_text: 'forbidden',
  last_coordinator: 'last_coordinator',
  workshop_full: 'workshop_full',
  link_gone: 'link_gone',
  nothing_written: 'conflict',
  schema_mismatch: 'outdated',
  too_large: 'too_large',
  not_json: 'internal',
  content_not_allowed: 'internal',
  foreign_author: 'internal',
  frozen: 'frozen',
  throttled: 'throttled',
  internal: 'internal',
  unavailable: 'unavailable',
  offline: 'offline',
} as const satisfies Record<ClientRefusalCode, string>

/**
 * What happened and what to do, in the reader's words, for anything a call may throw. A feature that knows better words
 * for a code in its own place uses those and falls back to these: `<Notice tone="problem" {...words(error)} />`.
 */
export function useRefusalWords(): (error: unknown) => { what: string; todo: string } {
  const { t } = useTranslation('common')
  return (error) => {
    const words = wordsOf[refusalCode(error)]
    return { what: t(`refusal.${words}.what`), todo: t(`refusal.${words}.todo`) }
  }
}
