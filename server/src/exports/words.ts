import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { dayInWords } from '@cabildo/schema/milestone-words'
import type { Localized } from '@cabildo/schema/templates/template'
import { townTime } from '../review/news/rules.ts'

/** What letters of each side are called. */
export const letterWords: Readonly<Record<LetterSide, Localized>> = {
  government: { es: 'Carta de la alcaldía', en: 'Letter of the mayor’s office' },
  partner: { es: 'Carta de apoyo', en: 'Letter of support' },
}

/** The day of a moment, `2026-03-28`, as it is in Panama. */
export const townDay = (at: Date | string): string => townTime(new Date(at)).day

/** The same in words. */
export const dayOf = (at: Date | string, language: WrittenLanguage): string => dayInWords(townDay(at), language)
