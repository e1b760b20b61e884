import { dayInWords, type Language, monthInWords } from './milestone-words.ts'
import type { PlanKnownKey } from './templates/ogp-plan.ts'

/** The days of a plan, `YYYY-MM-DD`; null where nobody has said it. */
export interface PlanDays {
  start: string | null
  end: string | null
  submitted: string | null
}

/** What the program knows of a plan from its own rows, and so says by itself. */
export interface PlanKnown extends PlanDays {
  /** Where the plan is. */
  place: string
  /** Who answers for the commitments, by name, each with the numbers of the commitments it leads. */
  institutions: readonly { name: string; commitments: readonly number[] }[]
  /** The groups that take part, by name. */
  groups: readonly { id: string; name: string; sector: string }[]
  /** The meetings that were held, and how many of them were open to everybody. Null where no meetings are kept. */
  meetings: { total: number; open: number } | null
}

/** What is wrong with the days of a plan: the one to be changed, and why. Undefined when they agree. */
export function planDaysFault({
  start,
  end,
  submitted,
}: PlanDays): { day: keyof PlanDays; why: PlanDaysFault } | undefined {
  if (start && end && start > end) return { day: 'end', why: 'end_before_start' }
  if (submitted && start && submitted < start) return { day: 'submitted', why: 'submitted_before_start' }
  if (submitted && end && submitted > end) return { day: 'submitted', why: 'submitted_after_end' }
  return undefined
}

/** How the days of a plan contradict each other. */
export type PlanDaysFault = 'end_before_start' | 'submitted_before_start' | 'submitted_after_end'

const titles = { es: 'Plan de acción', en: 'Action plan' } as const

/**
 * What the program knows as a person reads it: one line for one value, several lines for a list; empty where it is not known
 * yet. Nothing of it is stored, so it can contradict nothing.
 */
export function knownText(known: PlanKnown, key: PlanKnownKey, language: Language = 'es'): string {
  const { start, end, submitted } = known
  switch (key) {
    case 'title': {
      const years = start && end ? `, ${start.slice(0, 4)} – ${end.slice(0, 4)}` : ''
      return `${titles[language]} – ${known.place}${years}`
    }
    case 'submissionYear':
      return submitted?.slice(0, 4) ?? ''
    case 'end':
      return end ? monthInWords(end, language) : ''
    case 'duration':
      return start && end ? durationText(start, end, language) : ''
    case 'submitted':
      return submitted ? dayInWords(submitted, language) : ''
    case 'institutions':
      return known.institutions.map(({ name }) => name).join('\n')
    case 'groups':
      return known.groups.length === 0 ? '' : String(known.groups.length)
    case 'meetings':
      return known.meetings ? String(known.meetings.open) : ''
  }
}

/** How long, in months begun, and from when to when. */
function durationText(start: string, end: string, language: Language): string {
  const [fromYear = 0, fromMonth = 0] = start.split('-').map(Number)
  const [toYear = 0, toMonth = 0] = end.split('-').map(Number)
  const count = (toYear - fromYear) * 12 + toMonth - fromMonth + 1
  const [from, until] = [monthInWords(start, language), monthInWords(end, language)]
  if (language === 'es') return `${count} ${count === 1 ? 'mes' : 'meses'}, de ${from} a ${until}`
  return `${count} ${count === 1 ? 'month' : 'months'}, from ${from} to ${until}`
}
