import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import { findCommitments } from '../store.ts'
import { hashOfSecret } from './cookie.ts'
import { findDevicePeople, findLastWorkshop } from './store.ts'

/** Who was in a workshop with one phone, and what the workshop worked on. */
export interface WhoWasHere {
  planId: string
  people: { id: string; name: string }[]
  commitments: { number: number; title: string; documentId: string }[]
}

/**
 * The guests who joined from a phone in the workshop it was in last, for two days after that is over, so that they can
 * take along what is theirs. Undefined for a phone that is not known.
 */
export async function whoWasHere(db: Kysely<Database>, secret: string | undefined): Promise<WhoWasHere | undefined> {
  const last = secret === undefined ? undefined : await findLastWorkshop(db, hashOfSecret(secret))
  if (!last) return undefined
  const [people, commitments] = await Promise.all([
    findDevicePeople(db, { deviceId: last.deviceId, workshopId: last.id }),
    findCommitments(db, last.id),
  ])
  return { planId: last.planId, people, commitments }
}
