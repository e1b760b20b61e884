/** Words as people use them: a few everywhere, most of them seldom (Zipf's law), in the shape of Spanish ones. */
export interface Vocabulary {
  /** The word of a rank; 0 is the most frequent one. Those of `rare` ranks stand in no text but where they are put. */
  at(rank: number): string
  /** Some words one after another, as a sentence. */
  sentence(words: number): string
}

const size = 8000
const syllables = [
  ...['ca', 'sa', 'mu', 'ni', 'ción', 'par', 'ti', 'pre', 'su', 'pues', 'to', 'río', 'ba', 'rrio', 'cal', 'le', 'lu'],
  ...['ces', 'ca', 'mi', 'no', 've', 'ci', 'nos', 'ár', 'bol', 'es', 'cue', 'la', 'a', 'gua', 'pú', 'bli', 'co', 'ñi'],
]
/** What stands between the others in every text, and says nothing. */
const joints = ['de', 'la', 'que', 'el', 'en', 'y', 'los', 'para', 'con', 'se']

/** Makes one. The words are the same for every seed; which of them stand in a text, chance says. */
export function createVocabulary(random: () => number): Vocabulary {
  const at = (rank: number): string => {
    const letters: string[] = []
    for (let rest = rank + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length))
      letters.push(syllables[rest % syllables.length] ?? '')
    return letters.join('')
  }
  // Rank r comes with a chance like 1 / (r + 8): the first ones stand in about every tenth text of forty words.
  const one = (): string => at(Math.min(size - 1, Math.floor(8 * ((size / 8 + 1) ** random() - 1))))
  return {
    at,
    sentence(words) {
      const said = Array.from({ length: words }, (_, place) =>
        place % 3 === 1 ? (joints[Math.floor(random() * joints.length)] ?? '') : one(),
      )
      return `${said.join(' ')}.`
    },
  }
}
