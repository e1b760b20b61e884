/** What an act does to the window of what it moves. */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { WindowWish } from '@cabildo/protocol/http/approvals'
import type { ActRule, Unmoved } from '@cabildo/protocol/lifecycle'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type { Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { isFault, type Span, spanOf, type WindowOf, type WindowRow } from './rules.ts'
import { endWindow, insertWindow, updateEnd } from './store.ts'

/** How many days a window lasts when nobody says. */
export const windowDays = ogpCommitment.consultationDays

/** From when until when the window of an act goes; null when it opens and prolongs none. Refuses a wish that cannot be. */
export function demandSpan(
  { window }: ActRule<string>,
  wish: WindowWish | undefined,
  { now, current }: { now: Date; current: WindowRow | undefined },
): Span | null {
  const span = spanOf(window, wish, { now, days: windowDays, current })
  if (isFault(span)) throw refuseField(span.pointer, span.detail)
  return span
}

/** Opens, prolongs or ends a window as an act does that leads to `state`. Whatever it belongs to is held. */
export async function turnWindow(
  trx: Transaction<Database>,
  whose: WindowOf,
  {
    rule,
    span,
    state,
    current,
    now,
  }: {
    rule: ActRule<string>
    span: Span | null
    state: string
    current: WindowRow | undefined
    now: Date
  },
): Promise<void> {
  if (rule.window === 'extends' && current && span) return updateEnd(trx, current.id, span.closesAt)
  if (current) await endWindow(trx, current.id, now)
  if (span) await insertWindow(trx, whose, { ...span, state })
}

/** What the record tells of a window that an act opened or prolonged. */
export const toldOf = (span: Span | null) =>
  span && { window: { opens: span.opensAt.toISOString(), closes: span.closesAt.toISOString() } }

/** Why an act does not move anything, as it is answered. */
export function refusalOf(why: Unmoved): AppError {
  switch (why) {
    case 'not_your_role':
      return new AppError('forbidden')
    case 'reason_owed':
      return refuseField('/reason', 'Say why.')
    case 'by_decision':
      return refuseField('/act', 'Decisions bring this about, nobody does it by itself.')
    case 'request_open':
      return new AppError('conflict', { detail: 'A request for approval is open: it is decided or withdrawn first.' })
    case 'needs_missing':
      return new AppError('conflict', { detail: 'Something is missing that this needs.' })
    case 'not_from_here':
      return new AppError('conflict', { detail: 'This state does not lead there.' })
  }
}
