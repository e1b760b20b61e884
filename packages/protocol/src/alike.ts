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
 * costs nothing. Words are kept once, and of a text their numbers: thousands of texts are held for long.
 */
export function createAlikeIndex<Id>(): AlikeIndex<Id> {
  const texts: { id: Id; words: Uint32Array }[] = []
  const numbers = new Map<string, number>()
  /** By the number of a word: the places of the texts that have it. */
  const at: number[][] = []
  const numberOf = (word: string): number => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, at.length)
    return at.push([]) - 1
  }
  return {
    add(id, text) {
      const words = Uint32Array.from(wordSet(text), numberOf)
      const place = texts.push({ id, words }) - 1
      for (const word of words) at[word]?.push(place)
    },
    find(text) {
      const set = wordSet(text)
      const { size } = set
      const known = new Set([...set].flatMap((word) => numbers.get(word) ?? []))
      // Words that stand in no text are the rarest of all.
      const rarest = [...known]
        .map((word) => at[word] ?? [])
        .sort((one, other) => one.length - other.length)
        .slice(0, Math.max(0, known.size - Math.ceil(size * alikeFrom) + 1))
      const looked = new Set<number>()
      for (const places of rarest)
        for (const place of places) {
          if (looked.size >= mostLooked) break
          looked.add(place)
        }
      return [...looked]
        .sort((one, other) => one - other)
        .flatMap((place) => {
          const one = texts[place]
          if (!one) return []
          let both = 0
          for (const word of one.words) if (known.has(word)) both += 1
          const share = both / (size + one.words.length - both)
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
