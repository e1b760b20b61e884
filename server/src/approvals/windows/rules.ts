import type { ConsultationWindow, WindowWish } from '@cabildo/protocol/http/approvals'

const day = 24 * 60 * 60 * 1000
/** Longer is no consultation but a slip of the pen. */
const longest = 366 * day
/** A clock of a device may be behind ours. */
const slack = 5 * 60 * 1000

/** What a window belongs to: a commitment's document, or the plan itself. */
export interface WindowOf {
  planId: string
  documentId: string | null
}

/** A window that has not ended. */
export interface WindowRow extends WindowOf, Span {
  id: string
  number: number
}

/** From when until when. */
export interface Span {
  opensAt: Date
  closesAt: Date
}

/** What is wrong with a wish, and where. */
export interface SpanFault {
  pointer: '/window' | '/window/opensAt' | '/window/closesAt'
  detail: string
}

/**
 * From when until when a window goes that an act opens or prolongs: now, and the usual number of days, unless wished
 * otherwise. Null for an act that does neither.
 */
export function spanOf(
  kind: 'opens' | 'extends' | undefined,
  wish: WindowWish | undefined,
  { now, days, current }: { now: Date; days: number; current: Span | undefined },
): Span | SpanFault | null {
  if (kind === undefined) return wish ? { pointer: '/window', detail: 'This act opens no window.' } : null
  return kind === 'opens' ? opening(wish ?? {}, now, days) : prolonging(wish ?? {}, now, current)
}

/** Whether it is what is wrong, and not a span. */
export const isFault = (span: Span | SpanFault | null): span is SpanFault => span !== null && 'pointer' in span

function opening({ opensAt, closesAt }: WindowWish, now: Date, days: number): Span | SpanFault {
  const wished = opensAt === undefined ? now : new Date(opensAt)
  if (wished.getTime() < now.getTime() - slack) return { pointer: '/window/opensAt', detail: 'That time has passed.' }
  const opens = wished < now ? now : wished
  const closes = closesAt === undefined ? new Date(opens.getTime() + days * day) : new Date(closesAt)
  return bounded(opens, closes)
}

function prolonging({ opensAt, closesAt }: WindowWish, now: Date, current: Span | undefined): Span | SpanFault {
  if (!current) return { pointer: '/window', detail: 'There is no window to prolong.' }
  if (opensAt !== undefined) return { pointer: '/window/opensAt', detail: 'It opened when it did.' }
  if (closesAt === undefined) return { pointer: '/window/closesAt', detail: 'Say until when.' }
  const closes = new Date(closesAt)
  if (closes <= current.closesAt || closes <= now)
    return { pointer: '/window/closesAt', detail: 'It must be later than it was.' }
  return bounded(current.opensAt, closes)
}

function bounded(opensAt: Date, closesAt: Date): Span | SpanFault {
  if (closesAt <= opensAt) return { pointer: '/window/closesAt', detail: 'It must be after it opens.' }
  if (closesAt.getTime() - opensAt.getTime() > longest)
    return { pointer: '/window/closesAt', detail: 'It must be within a year.' }
  return { opensAt, closesAt }
}

/** Whether its day has not come yet. */
export const isRunning = (window: Span | undefined, now: Date): boolean => window !== undefined && now < window.closesAt

/** Whether its time is still to come, is now, or has passed. */
export function phaseOf({ opensAt, closesAt }: Span, now: Date): ConsultationWindow['phase'] {
  return now < opensAt ? 'ahead' : now < closesAt ? 'open' : 'over'
}

/** A window as readers are told of it. */
export function tellWindow(window: WindowRow | undefined, now: Date): ConsultationWindow | null {
  if (!window) return null
  const { number, opensAt, closesAt } = window
  const phase = phaseOf(window, now)
  const daysLeft = Math.max(0, Math.ceil((closesAt.getTime() - now.getTime()) / day))
  return { number, opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString(), phase, daysLeft }
}
