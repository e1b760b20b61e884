import type { ChangedText, NewsItem, Unread } from '@cabildo/protocol/http/news'

/** The plans of the bell, as it counts them. */
export interface PlanUnread {
  slug: string
  title: string
  unread: Unread
}

/** What the bell counts: the plan that is on the screen, or all of them. */
export function counted(plans: readonly PlanUnread[], slug: string | undefined): Unread {
  const here = plans.filter((plan) => plan.slug === slug)
  const shown = here.length > 0 ? here : plans
  return shown.reduce((sum, { unread }) => ({ all: sum.all + unread.all, mine: sum.mine + unread.mine }), {
    all: 0,
    mine: 0,
  })
}

/** The plan that is shown first: the one on the screen, else one with something new, else the first. */
export function firstPlan(plans: readonly PlanUnread[], slug: string | undefined): PlanUnread | undefined {
  return plans.find((plan) => plan.slug === slug) ?? plans.find(({ unread }) => unread.all > 0) ?? plans[0]
}

/** A number that has room on a bell. */
export const short = (count: number): string => (count > 99 ? '99+' : String(count))

/** What of a commitment an address opens. */
export type PlaceSearch =
  | { threads: number }
  | { proposals: number }
  | { v: string }
  | { at: number; with: 'head' }
  | { versions: 'open' }
  | Record<string, never>

/** The number of the input that a piece of news is about; undefined for news of commitments. */
export const inputOf = ({ kind, input }: NewsItem): string | undefined =>
  input && (kind === 'brought' || kind === 'answered') ? String(input.number) : undefined

/** Where a piece of news happened; undefined when that is nowhere in a commitment. */
export function placeOf({
  document,
  thread,
  proposal,
  version,
}: NewsItem): { number: string; search: PlaceSearch } | undefined {
  if (!document) return undefined
  const number = String(document.number)
  if (thread) return { number, search: { threads: thread.number } }
  if (proposal) return { number, search: { proposals: proposal.number } }
  return { number, search: version ? { v: version.id } : {} }
}

/** Where one reads what others changed in a text. Of what was never seen there is nothing to compare. */
export function placeOfText({ document, since }: ChangedText): { number: string; search: PlaceSearch } {
  return { number: String(document.number), search: since > 0 ? { at: since, with: 'head' } : {} }
}
