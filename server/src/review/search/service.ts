/**
 * Finding texts of a plan by their words.
 * 1. What was typed becomes a question to the index, which holds lexemes alone.
 * 2. The words of what was found are read where they stand, now (`tell.ts`).
 * 3. Which of these words were looked for, the same function says by which they were indexed.
 */
import { refuseField } from '@cabildo/protocol/errors'
import type { SearchGroup, SearchItem } from '@cabildo/protocol/http/search'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan } from '../../people/service.ts'
import {
  excerptOf,
  type Found,
  likelyWords,
  type Meaning,
  mostCompared,
  searchKinds,
  usualAlone,
  usualInGroup,
  type Wanted,
} from './rules.ts'
import { findHits, findTexts, readMeaning } from './store.ts'
import { type Told, tellFound } from './tell.ts'

/** What a search needs. */
export interface SearchDeps {
  db: Kysely<Database>
}

/** A group of what was found; `nextOffset` is null when no more follow. */
export type ToldGroup = Omit<SearchGroup, 'nextCursor'> & { nextOffset: number | null }

/**
 * Finds texts of a plan that somebody takes part in, the best of each kind first. A guest of a workshop finds what they may
 * open: the documents of their workshop, and what they brought themselves.
 */
export async function search(
  { db }: SearchDeps,
  actor: Actor,
  plan: string,
  { q, offset = 0, limit, ...wanted }: Wanted & { q: string; offset?: number | undefined; limit?: number | undefined },
): Promise<ToldGroup[]> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  const alone = wanted.kind !== undefined
  if (offset > 0 && !alone) throw refuseField('/cursor', 'One reads on in one kind.')
  const meaning = await readMeaning(db, q)
  // Of signs alone, or only of words to leave out, nobody wants to see everything.
  if (meaning.lexemes.length === 0)
    return searchKinds
      .filter((kind) => !alone || kind === wanted.kind)
      .map((kind) => ({ kind, found: 0, more: false, items: [], nextOffset: null }))
  const groups = await findTexts(db, planId, meaning, {
    ...{ ...wanted, offset, limit: limit ?? (alone ? usualAlone : usualInGroup) },
    reader: { userId: actor.userId, isGuest: actor.workshopId !== null },
  })
  const all = groups.flatMap(({ items }) => items)
  const shown = await show(db, meaning, await tellFound(db, actor, planId, all))
  return groups.map(({ kind, found, items }) => ({
    ...{ kind, found, more: found === mostCompared },
    items: items.flatMap((one) => shown.get(one) ?? []),
    nextOffset: alone && offset + items.length < found ? offset + items.length : null,
  }))
}

async function show(
  db: Kysely<Database>,
  meaning: Meaning,
  told: ReadonlyMap<Found, Told>,
): Promise<Map<Found, SearchItem>> {
  const all = [...told.values()].flatMap(({ texts }) => texts.map(({ text }) => text))
  const hits = await findHits(db, likelyWords(all, meaning.lexemes), meaning)
  return new Map(
    [...told].flatMap(([one, { item, texts }]): [Found, SearchItem][] => {
      const excerpts = texts
        .filter(({ text }) => text !== '')
        .map(({ field, text }) => ({ field, excerpt: excerptOf(text, hits) }))
      const best = excerpts.find(({ excerpt }) => excerpt.some(({ hit }) => hit)) ?? excerpts[0]
      // Its words went while we looked.
      if (!best) return []
      return [[one, { ...item, at: one.at.toISOString(), ...best }]]
    }),
  )
}
