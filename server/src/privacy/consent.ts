import { consentText } from '@cabildo/protocol/consent'
import { AppError } from '@cabildo/protocol/errors'
import type { Transaction } from 'kysely'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'

/** A consent that somebody gives. */
export interface GivenConsent {
  userId: string
  planId: string
  workshopId?: string
  textVersion: string
  way: 'screen' | 'paper' | 'spoken'
}

/**
 * Keeps a consent in the transaction of what it allows. A text that is not the current one was not what the person could
 * have read: `invalid`, naming the field at `pointer`.
 */
export async function recordConsent(
  trx: Transaction<Database>,
  consent: GivenConsent,
  pointer = '/consent',
): Promise<void> {
  if (consent.textVersion !== consentText.version) {
    const detail = `The consent text in force is ${consentText.version}.`
    throw new AppError('invalid', { detail, errors: [{ pointer, detail }] })
  }
  await trx
    .insertInto('consent')
    .values({ id: newId(), ...consent })
    .execute()
}
