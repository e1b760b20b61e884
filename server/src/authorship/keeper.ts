/**
 * Who wrote what in each document, kept up to date with its log: in memory for documents in use, in the database for
 * those that come back. Both are caches of a computation over the log.
 */
import {
  type Authorship,
  type AuthorshipView,
  createAuthorship,
  decodeAuthorship,
} from '@cabildo/authorship/authorship'
import type { Deletion } from '@cabildo/authorship/row'
import type { Kysely } from 'kysely'
import { findEpoch } from '../db/document-epoch.ts'
import type { Database } from '../db/types.ts'
import { createTurns } from '../turns.ts'
import { readAhead } from './read-ahead.ts'
import { createKeys, type Groups, noteGroups } from './rules.ts'
import { findBindings, findKept, forget, keep } from './store.ts'

/** Answers who wrote what. Rows asked for must be in the log. */
export interface Keeper {
  /** The authorship after row `seq`. Authors go by `authorKey`. */
  at(documentId: string, seq: number): Promise<AuthorshipView>
  /**
   * Calls `look` with the authorship after row `seq` and answers what it answers. It must not wait, nor keep what it was
   * given.
   */
  look<Result>(documentId: string, seq: number, look: (authorship: Authorship) => Result): Promise<Result>
  /**
   * The same with the authorship in memory where that has gone past row `seq` already: for who wants the newest, and would
   * else have it computed once more from further back. Answers the row it stands after, too.
   */
  lookAtLeast<Result>(
    documentId: string,
    seq: number,
    look: (authorship: Authorship) => Result,
  ): Promise<{ seq: number; found: Result }>
  /** The authorship after each of these rows, in one walk along the log. */
  along(documentId: string, seqs: readonly number[]): Promise<Map<number, AuthorshipView>>
  /** What rows after `after` and up to `upTo` took away, with `bytes` of the row. Authors go by `authorKey`. */
  deleted(documentId: string, range: { after: number; upTo: number }): Promise<Taken[]>
}

/** A deletion with the row that made it. */
export interface Taken extends Deletion {
  /** On whose behalf it was taken away, by user id; null: for who did it. */
  behalfId: string | null
  bytes: Uint8Array
}

/** Bounds of the keeper. */
export interface KeeperLimits {
  /** Documents whose authorship stays in memory. */
  documents: number
  /** Documents that are computed at once. */
  atOnce: number
  /** Rows read at once, and about how many bytes of them. The next are read while these are computed. */
  page: number
  pageBytes: number
  /** The event loop is let go after so many milliseconds of work. */
  sliceMs: number
  /** A kept authorship is renewed after so many rows. */
  renew: number
  /** One authorship is kept for each so many rows of the past. */
  stretch: number
}

/** The usual bounds. */
export const keeperLimits: KeeperLimits = {
  documents: 24,
  atOnce: 2,
  page: 4096,
  pageBytes: 4 << 20,
  sliceMs: 12,
  renew: 512,
  stretch: 65_536,
}

const rowsInTick = 16
const longRow = 512

interface Held {
  authorship: Authorship
  epoch: number
  groups: Groups
  /** The row up to which it is in the database. */
  kept: number
}

/** Makes the keeper of a process. */
export function createKeeper(db: Kysely<Database>, limits: KeeperLimits = keeperLimits): Keeper {
  const inTurn = createTurns()
  const bounded = createGate(limits.atOnce)
  const held = new Map<string, Held>()

  /** From the nearest kept state, or from nothing. */
  const begin = async (documentId: string, seq: number): Promise<Held> => {
    const epoch = await findEpoch(db, documentId)
    const found = await findKept(db, documentId, { seq, epoch })
    const authorship = found && decodeAuthorship(found.state)
    if (found && !authorship) await forget(db, documentId)
    const groups: Groups = new Map()
    const from = authorship?.seq ?? 0
    if (from > 0) noteGroups(groups, await findBindings(db, documentId, { after: 0, upTo: from }))
    return { authorship: authorship ?? createAuthorship(), epoch, groups, kept: from }
  }

  const advance = async (documentId: string, one: Held, seq: number, tell?: (taken: Taken) => void): Promise<void> => {
    const { authorship, groups } = one
    noteGroups(groups, await findBindings(db, documentId, { after: authorship.seq, upTo: seq }))
    const keyOf = createKeys(groups)
    let saving: Promise<void> | undefined
    let begun = performance.now()
    for await (const page of readAhead(db, documentId, { after: authorship.seq, upTo: seq }, limits)) {
      for (let place = 0; place < page.length; place++) {
        const pack = page.packAt(place)
        if (!pack) continue
        const at = page.first + place
        const [from, end] = [page.fromAt(place), page.endAt(place)]
        const { userId, behalfId, via } = pack
        const writtenBy = behalfId === null ? undefined : keyOf(behalfId, at)
        const row = { seq: at, author: keyOf(userId, at), writtenBy, via, bytes: pack.bytes }
        if (tell) {
          const bytes = pack.bytes.subarray(from, end)
          authorship.apply({ ...row, bytes }, (deletion) => tell({ ...deletion, behalfId, bytes }))
        } else authorship.applyWithin(row, from, end)
        if (at % limits.stretch === 0 && at > one.kept) {
          await saving
          saving = save(documentId, one)
          // Nobody waits for it before the next one, or the end: there it is told.
          saving.catch(() => undefined)
        }
        // Most rows are a letter; the clock is looked at after some of them, or one that is not.
        if (at % rowsInTick !== 0 && end - from < longRow) continue
        if (performance.now() - begun < limits.sliceMs) continue
        await new Promise((resolve) => setImmediate(resolve))
        begun = performance.now()
      }
    }
    await saving
    if (authorship.seq < seq) throw new Error(`document ${documentId}: rows are missing in its log`)
  }

  const save = async (documentId: string, one: Held): Promise<void> => {
    const { seq } = one.authorship
    await keep(db, documentId, { seq, epoch: one.epoch, state: one.authorship.encode(), stretch: limits.stretch })
    one.kept = seq
  }

  const walk = async (documentId: string, one: Held, seq: number): Promise<void> => {
    try {
      await advance(documentId, one, seq)
    } catch (error) {
      // It may have taken half of what it read.
      held.delete(documentId)
      throw error
    }
  }

  /** The authorship in memory when it has not gone past the row; the newest goes into memory. */
  const holdAt = async (documentId: string, seq: number): Promise<Held> => {
    const before = held.get(documentId)
    const known = before?.epoch === (await findEpoch(db, documentId)) ? before : undefined
    if (before && !known) held.delete(documentId)
    const one = known && known.authorship.seq <= seq ? known : await begin(documentId, seq)
    if (!known || one === known) {
      held.delete(documentId)
      held.set(documentId, one)
      const [oldest] = held.keys()
      if (held.size > limits.documents && oldest !== undefined) held.delete(oldest)
    }
    await walk(documentId, one, seq)
    // Of the past, only what stands at the ends of stretches is kept.
    if (held.get(documentId) === one && seq - one.kept >= limits.renew) await save(documentId, one)
    return one
  }

  const look: Keeper['look'] = (documentId, seq, use) =>
    inTurn(documentId, () => bounded(async () => use((await holdAt(documentId, seq)).authorship)))

  return {
    at: (documentId, seq) => look(documentId, seq, (authorship) => authorship.view()),
    look,
    lookAtLeast: (documentId, seq, use) =>
      inTurn(documentId, () =>
        bounded(async () => {
          const reached = Math.max(seq, held.get(documentId)?.authorship.seq ?? 0)
          const { authorship } = await holdAt(documentId, reached)
          return { seq: authorship.seq, found: use(authorship) }
        }),
      ),
    along: (documentId, seqs) =>
      inTurn(documentId, () =>
        bounded(async () => {
          const views = new Map<number, AuthorshipView>()
          const [first, ...others] = [...new Set(seqs)].sort((a, b) => a - b)
          if (first === undefined) return views
          const one = await holdAt(documentId, first)
          views.set(first, one.authorship.view())
          for (const seq of others) {
            await walk(documentId, one, seq)
            views.set(seq, one.authorship.view())
          }
          return views
        }),
      ),
    deleted: (documentId, { after, upTo }) =>
      inTurn(documentId, () =>
        bounded(async () => {
          const taken: Taken[] = []
          const one = await begin(documentId, after)
          await advance(documentId, one, after)
          await advance(documentId, one, upTo, (deletion) => taken.push(deletion))
          return taken
        }),
      ),
  }
}

/** Lets at most so many do something at once; the others wait in order. */
function createGate(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let inside = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (inside >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else inside++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside--
    }
  }
}
