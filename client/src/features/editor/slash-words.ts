import { fold } from '@cabildo/protocol/fold'

/** Says whether what was typed begins one of the words of an entry; nothing typed fits everything. */
export function matches(typed: string, words: string): boolean {
  const start = fold(typed.trim())
  const all = fold(words)
  return start === '' || all.startsWith(start) || all.split(/\s+/).some((word) => word.startsWith(start))
}
