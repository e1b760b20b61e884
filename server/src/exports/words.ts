import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { dayInWords } from '@cabildo/schema/milestone-words'
import type { Localized } from '@cabildo/schema/templates/template'
import { townDay } from '../town-time.ts'

/** What letters of each side are called. */
export const letterWords: Readonly<Record<LetterSide, Localized>> = {
  government: { es: 'Carta de la alcaldía', en: 'Letter of the mayor’s office' },
  partner: { es: 'Carta de apoyo', en: 'Letter of support' },
}

/** The day of a moment in the town, in words. */
export const dayOf = (at: Date | string, language: WrittenLanguage): string => dayInWords(townDay(at), language)
