/**
 * Which inputs of a plan say much the same as a text: a hint for whoever types or answers, that must cost those who write
 * nothing.
 * 1. The words of a plan's inputs are read once into an index, and from then on what came since, by number.
 * 2. What the index finds is read again: who took back an input, was erased, or had words taken out, is not told any more.
 * 3. An index is let go of after a while, and the one used longest ago when there are many.
 */
import { setImmediate } from 'node:timers/promises'
import { type AlikeIndex, alikeFrom, createAlikeIndex, likeness, wordSet } from '@cabildo/protocol/alike'
import type { AlikeInput } from '@cabildo/protocol/http/inputs'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan } from '../../people/service.ts'
import { createTurns } from '../../turns.ts'
import { findWordsAbove, findWordsOf } from './read-store.ts'
import { mostAlike } from './rules.ts'

/** Finds inputs that say much the same. */
export interface Alikes {
  /**
   * Which inputs of a plan say much the same as each of these texts, the most alike first, but those of `but`. Nothing to a
   * guest, who reads their own alone.
   */
  find(actor: Actor, plan: string, texts: readonly string[], but?: ReadonlySet<string>): Promise<AlikeInput[][]>
}

/** How many inputs are read into an index before others have their turn: rooms share this thread. */
const slice = 200
/** How long an index is kept, and those of how many plans. Milliseconds. */
const keptFor = 10 * 60_000
const mostKept = 8
/** Of what an index finds so many are read again: some may not say so any more. */
const mostRead = 2 * mostAlike

interface Held {
  index: AlikeIndex<string>
  /** The number of the last input that was read. */
  last: number
  madeAt: number
}

/** Finds by indexes in the memory of this process. */
export function createAlikes({ db, now }: { db: Kysely<Database>; now: () => Date }): Alikes {
  const plans = new Map<string, Held>()
  const turns = createTurns()

  const heldOf = (planId: string): Held => {
    const at = now().getTime()
    for (const [other, { madeAt }] of plans) if (at - madeAt > keptFor) plans.delete(other)
    const held = plans.get(planId) ?? { index: createAlikeIndex(), last: 0, madeAt: at }
    // The one used last stands last.
    plans.delete(planId)
    plans.set(planId, held)
    for (const other of plans.keys()) if (plans.size > mostKept) plans.delete(other)
    return held
  }
  const caughtUp = (planId: string): Promise<AlikeIndex<string>> =>
    turns(planId, async () => {
      const held = heldOf(planId)
      for (;;) {
        const rows = await findWordsAbove(db, planId, held.last, slice)
        for (const { id, number, words } of rows) {
          held.index.add(id, words)
          held.last = number
        }
        if (rows.length < slice) return held.index
        await setImmediate()
      }
    })

  return {
    async find(actor, plan, texts, but = new Set()) {
      const { planId } = await enterPlan(db, actor, plan, 'plan.open')
      if (actor.workshopId !== null) return texts.map(() => [])
      const index = await caughtUp(planId)
      const found: string[][] = []
      for (const text of texts) {
        await setImmediate()
        const others = index.find(text).filter(({ id }) => !but.has(id))
        found.push(others.slice(0, mostRead).map(({ id }) => id))
      }
      const rows = await findWordsOf(db, planId, [...new Set(found.flat())])
      const said = new Map(rows.map((row) => [row.id, row]))
      return texts.map((text, at) =>
        told(
          text,
          (found[at] ?? []).flatMap((id) => said.get(id) ?? []),
        ),
      )
    },
  }
}

/** Those that are alike as they read now. */
function told(text: string, inputs: readonly { id: string; number: number; words: string }[]): AlikeInput[] {
  const set = wordSet(text)
  return inputs
    .map((input) => ({ input, share: likeness(set, wordSet(input.words)) }))
    .filter(({ share }) => share >= alikeFrom)
    .sort((one, other) => other.share - one.share)
    .slice(0, mostAlike)
    .map(({ input: { id, number, words }, share }) => ({
      // Read from the column of ids.
      id: id as AlikeInput['id'],
      ...{ number, words, share: Math.floor(share * 100) },
    }))
}
