import type { Localized } from './templates/template.ts'

/** A language of the screens and of exported text. */
export type Language = keyof Localized

/** The attributes of a milestone in reading order, with what to call them. */
export const milestoneWords = {
  start: { es: 'Empieza', en: 'Starts' },
  due: { es: 'Se cumple', en: 'Due' },
  lead: { es: 'Responsable', en: 'Lead' },
  supportGovernment: { es: 'Apoyo: gobierno', en: 'Support: government' },
  supportCivilSociety: { es: 'Apoyo: sociedad civil', en: 'Support: civil society' },
  supportOther: { es: 'Apoyo: otros', en: 'Support: others' },
} as const satisfies Record<string, Localized>

/** The name of one attribute of a milestone. */
export type MilestoneAttribute = keyof typeof milestoneWords
/** The names of the attributes of a milestone, in reading order. */
export const milestoneAttributes = Object.keys(milestoneWords) as readonly MilestoneAttribute[] // its own literal keys

/** What to call the outputs of a milestone. */
export const outputsWord: Localized = { es: 'Productos', en: 'Outputs' }

const months: Readonly<Record<Language, readonly string[]>> = {
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}

/**
 * A day in words: `28 de marzo de 2024`, `28 March 2024`. Anything that is not `YYYY-MM-DD` comes back as it is. Written
 * out here so that an export is the same on every machine, whatever its language data.
 */
export function dayInWords(day: string, language: Language): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  const name = months[language][Number(month) - 1]
  if (year === undefined || name === undefined) return day
  return language === 'es' ? `${Number(date)} de ${name} de ${year}` : `${Number(date)} ${name} ${year}`
}

/** The month of a day in words: `diciembre de 2024`, `December 2024`. Anything that is no day comes back as it is. */
export function monthInWords(day: string, language: Language): string {
  const [, year, month] = /^(\d{4})-(\d\d)-\d\d$/.exec(day) ?? []
  const name = months[language][Number(month) - 1]
  if (year === undefined || name === undefined) return day
  return language === 'es' ? `${name} de ${year}` : `${name} ${year}`
}

/** The value of one attribute of a milestone as a person reads it; empty when it is not set. */
export function milestoneValue(name: MilestoneAttribute, value: unknown, language: Language): string {
  if (typeof value !== 'string') return ''
  return name === 'start' || name === 'due' ? dayInWords(value, language) : value
}
