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

/** Finds which of many texts are like one, the most alike first. Made once for all of them: only shared words are looked at. */
export function createAlike<Id>(
  texts: readonly { id: Id; words: string }[],
): (text: string) => { id: Id; share: number }[] {
  const sets = texts.map(({ words }) => wordSet(words))
  const at = new Map<string, number[]>()
  for (const [index, set] of sets.entries())
    for (const word of set) {
      const places = at.get(word)
      if (places) places.push(index)
      else at.set(word, [index])
    }
  return (text) => {
    const words = wordSet(text)
    const shared = new Map<number, number>()
    for (const word of words) for (const index of at.get(word) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1)
    return [...shared]
      .flatMap(([index, both]) => {
        const [one, set] = [texts[index], sets[index]]
        if (!one || !set) return []
        const share = both / (words.size + set.size - both)
        return share >= alikeFrom ? [{ id: one.id, share }] : []
      })
      .sort((one, other) => other.share - one.share)
  }
}
