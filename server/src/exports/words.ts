import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { dayInWords } from '@cabildo/schema/milestone-words'
import type { Localized } from '@cabildo/schema/templates/template'

/** What letters of each side are called. */
export const letterWords: Readonly<Record<LetterSide, Localized>> = {
  government: { es: 'Carta de la alcaldía', en: 'Letter of the mayor’s office' },
  partner: { es: 'Carta de apoyo', en: 'Letter of support' },
}

/** The day of a moment in words, as it is in Panama. */
export function dayOf(at: Date | string, language: WrittenLanguage): string {
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'America/Panama' }).format(new Date(at))
  return dayInWords(day, language)
}
