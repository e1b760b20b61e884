/**
 * Keeps the list of what was taken out of texts (journal.ts) up, and takes out again what an older copy of the database
 * has brought back. What it knows then are places: names of versions and comments that hold the words by themselves are
 * not among them.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { type Repeated, repeat } from '../../repeat.ts'
import type { Clock, Rooms } from '../../rooms/ports.ts'
import type { RedactionJournal } from './journal.ts'
import { type Done, expireRedactions, findDone, insertAgain } from './store.ts'
import { takeOut } from './taking-out.ts'
import { findDocument } from './text-store.ts'

/** What the list is kept with. */
export interface RedactionKeeperDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'reload'>
  journal: RedactionJournal
  clock: Clock
  logger: Pick<Logger, 'warn' | 'error'>
}

/** Milliseconds between two looks. */
const every = 60_000

/**
 * Brings list and database together: what the database knows to be taken out is noted, and what is on the list and not
 * known there is taken out again. Answers how many were. What fails is logged, and tried the next time. Ends requests
 * whose time is over, too.
 */
export async function reconcileRedactions(deps: Omit<RedactionKeeperDeps, 'clock'>): Promise<number> {
  const { db, journal, logger } = deps
  await expireRedactions(db)
  const listed = await journal.read()
  const done = await findDone(db)
  await journal.add(done.filter(({ id }) => !listed.has(id)))
  const known = new Set(done.map(({ id }) => id))
  let again = 0
  for (const one of listed.values()) {
    if (known.has(one.id)) continue
    try {
      if (await takeOutAgain(deps, one)) again += 1
    } catch (error) {
      logger.error({ err: error, redactionId: one.id }, 'what was taken out of a text is back, and could not be again')
    }
  }
  if (again > 0) logger.warn({ redactions: again }, 'took out again what an older copy of the database brought back')
  return again
}

async function takeOutAgain({ db, rooms }: Omit<RedactionKeeperDeps, 'clock'>, done: Done): Promise<boolean> {
  const { planId, documentId, basis, ranges } = done
  // Of another database, or of a time before there was this document: then it holds nothing of it.
  if (!(await findDocument(db, planId, documentId))) return false
  const wish = { planId, documentId, quote: null, ranges, basis, askedBy: null, approvedBy: null }
  await takeOut({ db, rooms }, wish, { after: (trx, { seq }) => insertAgain(trx, done, seq) })
  return true
}

/** Does so at start and every minute. */
export function createRedactionKeeper(deps: RedactionKeeperDeps): Repeated {
  const failure = 'the list of what was taken out of texts was not brought up to date'
  return repeat(deps, { every, failure }, () => reconcileRedactions(deps))
}
