import { refuseField } from '@cabildo/protocol/errors'
import { type PlanDays, type PlanDaysFault, planDaysFault } from '@cabildo/schema/plan-known'

const details: Readonly<Record<PlanDaysFault, string>> = {
  end_before_start: 'A plan does not end before it starts.',
  submitted_before_start: 'A plan is not submitted before it starts.',
  submitted_after_end: 'A plan is not submitted after it ends.',
}

/** Refuses days of a plan that contradict each other, naming the one to be changed. */
export function demandDays(days: PlanDays): void {
  const fault = planDaysFault(days)
  if (fault) throw refuseField(`/${fault.day}`, details[fault.why])
}

/** What is given of a plan; what is left out stays as it is, null empties it. */
export interface PlanChange {
  start?: string | null | undefined
  end?: string | null | undefined
  submitted?: string | null | undefined
  monitorContact?: string | null | undefined
}

/** The days of a plan after a change. */
export function daysAfter(before: PlanDays, { start, end, submitted }: PlanChange): PlanDays {
  return {
    start: start === undefined ? before.start : start,
    end: end === undefined ? before.end : end,
    submitted: submitted === undefined ? before.submitted : submitted,
  }
}

/** Whether two sets of days are the same. */
export const sameDays = (one: PlanDays, other: PlanDays): boolean =>
  one.start === other.start && one.end === other.end && one.submitted === other.submitted

/** Who leads what: names that differ only in spaces or capitals are one, written as it came first; in the order of commitments. */
export function institutionsOf(
  led: readonly { number: number; lead: unknown }[],
): { name: string; commitments: number[] }[] {
  const found = new Map<string, { name: string; commitments: number[] }>()
  for (const { number, lead } of [...led].sort((one, other) => one.number - other.number)) {
    const name = typeof lead === 'string' ? lead.replace(/\s+/g, ' ').trim() : ''
    if (name === '') continue
    const key = name.toLocaleLowerCase('es')
    const known = found.get(key) ?? { name, commitments: [] }
    known.commitments.push(number)
    found.set(key, known)
  }
  return [...found.values()]
}
