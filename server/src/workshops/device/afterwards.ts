import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import { findCommitments } from '../store.ts'
import { hashOfSecret } from './cookie.ts'
import { findDevicePeople, findLastHolder, findLastWorkshop } from './store.ts'

/** Who had a phone last in a workshop, and what the workshop worked on. */
export interface WhoHadIt {
  planId: string
  person: { id: string; name: string }
  commitments: { number: number; title: string; documentId: string }[]
}

/**
 * The guest who had a phone last in the workshop it was in last, for two days after that is over, so that they can take
 * along what is theirs, whoever removed them: their words stay in the text. Undefined for a phone that is not known, and for one whose last guest may not come back. Those who
 * had it before are not told of: whoever holds the phone now is not them.
 */
export async function whoHadIt(db: Kysely<Database>, secret: string | undefined): Promise<WhoHadIt | undefined> {
  const last = secret === undefined ? undefined : await findLastWorkshop(db, hashOfSecret(secret))
  if (!last) return undefined
  const place = { deviceId: last.deviceId, workshopId: last.id }
  const [people, holder] = await Promise.all([
    findDevicePeople(db, { ...place, removedToo: true }),
    findLastHolder(db, place),
  ])
  const person = people.find(({ id }) => id === holder)
  return person && { planId: last.planId, person, commitments: await findCommitments(db, last.id) }
}
