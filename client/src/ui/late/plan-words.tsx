import { planLanguage } from '../../lib/language.ts'

/** Stands for the words while a sentence is made; of a range that nobody's words are in. */
const mark = '\u{E000}'

interface PlanWordsProps {
  words: string
  /** Makes the sentence around what stands for the words; without it they stand alone. */
  of?: (words: string) => string
}

/** Words of a plan, such as a title, inside a sentence of the screens': they say their language, whatever the screens speak. */
export function PlanWords({ words, of = (given) => given }: PlanWordsProps) {
  const [before = '', after = ''] = of(mark).split(mark)
  return (
    <>
      {before}
      <span lang={planLanguage}>{words}</span>
      {after}
    </>
  )
}
