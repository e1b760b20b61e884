/** Letters without their marks, in small: `Título` is `titulo`. */
const plain = (words: string) =>
  words
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

/** Says whether what was typed begins one of the words of an entry; nothing typed fits everything. */
export function matches(typed: string, words: string): boolean {
  const start = plain(typed.trim())
  const all = plain(words)
  return start === '' || all.startsWith(start) || all.split(/\s+/).some((word) => word.startsWith(start))
}
