import type { ConsultationWindow } from '@cabildo/protocol/http/approvals'
import { isDay, startOfDay } from '../../lib/dates.ts'

/** A day as the device counts it, as a date field holds it: `2026-03-28`. */
export function dayOf(time: Date): string {
  const part = (value: number, length: number) => String(value).padStart(length, '0')
  return `${part(time.getFullYear(), 4)}-${part(time.getMonth() + 1, 2)}-${part(time.getDate(), 2)}`
}

/** The day so many days after a time. */
export function dayAfter(time: Date, days: number): string {
  return dayOf(new Date(time.getFullYear(), time.getMonth(), time.getDate() + days))
}

/** What a window is asked to be, from the days that two fields hold. */
export interface Days {
  /** The first day; empty or today for at once. */
  opens: string
  /** The last day, which counts whole. */
  closes: string
}

/** The days that are offered: from today on as many as is usual, or a week more than it was. */
export function offeredDays(
  kind: 'opens' | 'extends',
  { now, days, window }: { now: Date; days: number; window: Pick<ConsultationWindow, 'closesAt'> | null },
): Days {
  if (kind === 'opens') return { opens: dayOf(now), closes: dayAfter(now, days) }
  const was = window ? new Date(window.closesAt) : now
  return { opens: '', closes: dayAfter(was < now ? now : was, 7) }
}

/** The times of a window from its days, in the device's zone: from the beginning of the first to the end of the last. */
export function timesOf({ opens, closes }: Days, now: Date): { opensAt?: string; closesAt?: string } {
  const opensAt = opens > dayOf(now) && isDay(opens) ? startOfDay(opens, 0) : undefined
  const after = isDay(closes) ? startOfDay(closes, 1) : undefined
  return {
    ...(opensAt && { opensAt }),
    ...(after && { closesAt: new Date(Date.parse(after) - 1).toISOString() }),
  }
}
