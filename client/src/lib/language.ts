import { useTranslation } from 'react-i18next'

/** The languages of the program, the default first. */
export const languages = ['es', 'en'] as const
export type Language = (typeof languages)[number]

/** The language of a plan's texts and of what is said about them, whatever language the screens speak. */
export const planLanguage: Language = 'es'

/** Says whether a value names a language we speak. */
export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value)

/** The language of the screens now; a component that asks is drawn again when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'es'
}
