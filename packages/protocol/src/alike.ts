/** Whether two texts say much the same: a hint for whoever types what others typed too, never a decision. */
import { fold } from './fold.ts'

/** From which likeness on two texts are pointed out as alike. */
export const alikeFrom = 0.5

/**
 * The words of a text, each once, without accents and capitals, so that «Parque» and «parqué» are one. Words of one or two
 * letters say little and are left out, unless there is nothing else.
 */
export function wordSet(text: string): ReadonlySet<string> {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => word.length > 2 || /\p{N}/u.test(word))
  return new Set(telling.length > 0 ? telling : words)
}

/** How much two sets of words have in common, from 0 to 1: what both have, by what either has (Jaccard's index). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0
  let both = 0
  for (const word of one) if (other.has(word)) both += 1
  return both / (one.size + other.size - both)
}

/** How many texts are compared with one at most: a hint may miss some where thousands share all of its words. */
const mostLooked = 2000

/** Texts among which those that are like another one are found. */
export interface AlikeIndex<Id> {
  add(id: Id, words: string): void
  /** Those that are like a text, the most alike first. */
  find(text: string): { id: Id; share: number }[]
}

/**
 * Texts among which like ones are found without looking at all. Two that are alike by half share half of the words of
 * either; so one that shares none of the rarest words, one more than the other half, is not looked at, and what many say
 * costs nothing.
 */
export function createAlikeIndex<Id>(): AlikeIndex<Id> {
  const texts: { id: Id; set: ReadonlySet<string> }[] = []
  const at = new Map<string, number[]>()
  return {
    add(id, words) {
      const set = wordSet(words)
      const index = texts.push({ id, set }) - 1
      for (const word of set) {
        const places = at.get(word)
        if (places) places.push(index)
        else at.set(word, [index])
      }
    },
    find(text) {
      const words = wordSet(text)
      const rarest = [...words]
        .map((word) => at.get(word) ?? [])
        .sort((one, other) => one.length - other.length)
        .slice(0, words.size - Math.ceil(words.size * alikeFrom) + 1)
      const looked = new Set<number>()
      for (const places of rarest)
        for (const index of places) {
          if (looked.size >= mostLooked) break
          looked.add(index)
        }
      return [...looked]
        .sort((one, other) => one - other)
        .flatMap((index) => {
          const one = texts[index]
          if (!one) return []
          const share = likeness(words, one.set)
          return share >= alikeFrom ? [{ id: one.id, share }] : []
        })
        .sort((one, other) => other.share - one.share)
    },
  }
}

/** Finds which of many texts are like one, the most alike first. Made once for all of them. */
export function createAlike<Id>(
  texts: readonly { id: Id; words: string }[],
): (text: string) => { id: Id; share: number }[] {
  const index = createAlikeIndex<Id>()
  for (const { id, words } of texts) index.add(id, words)
  return index.find
}
