import type { Language } from './language.ts'

const locales: Record<Language, string> = { es: 'es-PA', en: 'en' }
/** Days in English stand as they do in every file a plan is taken along as: `28 March 2024`. */
const dayLocales: Record<Language, string> = { es: 'es-PA', en: 'en-GB' }
const minute = 60_000
const hour = 60 * minute

/** Options of a formatter are its identity: making one costs more than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  formatters.set(key, made)
  return made
}

/** A day in words: `28 de marzo de 2024`, `28 March 2024`. `timeZone` is the reader's own unless given. */
export function dayWords(time: string | Date, language: Language, timeZone?: string): string {
  const options = { dateStyle: 'long', ...(timeZone ? { timeZone } : undefined) } as const
  return formatter(dayLocales[language], options).format(new Date(time))
}

/** A clock time in words: `3:04 p. m.`, `3:04 PM`. */
export function clockWords(time: string | Date, language: Language, timeZone?: string): string {
  const options = { timeStyle: 'short', ...(timeZone ? { timeZone } : undefined) } as const
  return formatter(locales[language], options).format(new Date(time))
}

/** A day and a clock time: `28 de marzo de 2024, 3:04 p. m.` */
export function momentWords(time: string | Date, language: Language, timeZone?: string): string {
  return `${dayWords(time, language, timeZone)}, ${clockWords(time, language, timeZone)}`
}

/** A time as people say it: `hace 5 minutos` for the hour past, `hoy, 3:04 p. m.` for today, else the day in words. */
export function whenWords(time: string | Date, now: Date, language: Language, timeZone?: string): string {
  const age = now.getTime() - new Date(time).getTime()
  const relative = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' })
  // A server's clock may be a little ahead of the reader's: that is now, not the future.
  if (age < minute && age > -5 * minute) return relative.format(0, 'second')
  if (age >= minute && age < hour) return relative.format(-Math.floor(age / minute), 'minute')
  if (dayWords(time, language, timeZone) === dayWords(now, language, timeZone))
    return `${relative.format(0, 'day')}, ${clockWords(time, language, timeZone)}`
  return dayWords(time, language, timeZone)
}

/** Milliseconds until `whenWords` may say something else: a minute in the first hour, an hour on the day, then never. */
export function wordsHoldFor(time: string | Date, now: Date): number | undefined {
  const age = now.getTime() - new Date(time).getTime()
  if (age < hour) return minute
  return age < 24 * hour ? hour : undefined
}

/** Whether a value is a day as addresses say it, `2026-03-28`. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))

/** The moment at which a day of the reader's begins, `later` days on. */
export function startOfDay(day: string, later: number): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const moment = new Date(year, month - 1, date + later)
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString()
}
