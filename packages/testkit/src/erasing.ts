import type { Kysely } from 'kysely'
import { pino } from 'pino'
import type { Database } from '../../../server/src/db/types.ts'
import type { Erasures } from '../../../server/src/record/forgetting/erasures.ts'

/** A list of erased people that forgets with the process. */
export function memoryErasures(): Erasures {
  const listed = new Set<string>()
  return {
    read: async () => new Set(listed),
    async add(userIds) {
      for (const id of userIds) listed.add(id)
    },
  }
}

/** What erasing in the program's name needs, over a database, with a list of its own and a logger that says nothing. */
export function erasingWith(db: Kysely<Database>, erasures: Erasures = memoryErasures()) {
  return { db, erasures, logger: pino({ level: 'silent' }) }
}
