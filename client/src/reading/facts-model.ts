import type { TemplateFact } from '@cabildo/schema/templates/template'
import { dayWords } from '../lib/dates.ts'
import type { Language } from '../lib/language.ts'

const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))

/** A day (`YYYY-MM-DD`) in words; anything else as it is. It is a day of the calendar and never moves with a zone. */
export const dayText = (day: string, language: Language): string =>
  isDay(day) ? dayWords(`${day}T12:00:00Z`, language, 'UTC') : day

const asTexts = (value: unknown): string[] => {
  const all = Array.isArray(value) ? value : [value]
  return all.filter((each): each is string => typeof each === 'string' && each.trim() !== '')
}

/**
 * The value of a fact in words of one language, one text for each thing it holds; none when it is not set. A day reads
 * as a day, a choice as its label; a choice the template does not know keeps its stored word. Never throws.
 */
export function factWords(fact: TemplateFact | undefined, value: unknown, language: Language): string[] {
  const texts = asTexts(value)
  switch (fact?.kind) {
    case 'date':
      return texts.map((text) => dayText(text, language))
    case 'choices':
      return texts.map((text) => fact.options.find((option) => option.value === text)?.label[language] ?? text)
    default:
      return texts
  }
}

/** What came and what went between two values of a fact that holds several things; order alone is no change. */
export function listChange(
  before: readonly string[],
  after: readonly string[],
): { added: string[]; removed: string[]; kept: string[] } {
  return {
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
    kept: after.filter((each) => before.includes(each)),
  }
}
