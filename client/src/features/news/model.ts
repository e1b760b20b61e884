import type { ChangedText, NewsItem, Unread } from '@cabildo/protocol/http/news'
import { type TextAddress, textAddress } from '../../lib/text-address.ts'

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

/** Where the input is that a piece of news is about, or the list where it is about several; undefined for news of commitments. */
export function inputPlaceOf({ kind, cause, input, count }: NewsItem, slug: string) {
  if (!input || (kind !== 'brought' && kind !== 'answered')) return undefined
  if (count === 1) return { to: '/plans/$slug/inputs/$number', params: { slug, number: String(input.number) } } as const
  return { to: '/plans/$slug/inputs', params: { slug }, search: cause === null ? {} : { mine: true } } as const
}

/** A text of the plan and what is opened of it, the page where its approval is decided, or the plan. */
interface Place {
  to: TextAddress['to'] | '/plans/$slug/commitments/$number/approval' | '/plans/$slug'
  params: TextAddress['params']
  search: PlaceSearch
}

const textPlace = (slug: string, number: number, search: PlaceSearch): Place => ({
  ...textAddress(slug, number),
  search,
})

/** What happens on the way to an approval: its page tells who decided what, and why. */
const ofApproval: ReadonlySet<NewsItem['kind']> = new Set(['asked', 'approved', 'returned', 'recalled'])

/** Where a piece of news happened; undefined when that is in no text, nor the plan itself. */
export function placeOf({ kind, document, thread, proposal, version }: NewsItem, slug: string): Place | undefined {
  if (!document) {
    return kind === 'moved' ? { ...textPlace(slug, 0, {}), to: '/plans/$slug' } : undefined
  }
  const { number } = document
  if (ofApproval.has(kind)) return { ...textPlace(slug, number, {}), to: '/plans/$slug/commitments/$number/approval' }
  if (thread) return textPlace(slug, number, { threads: thread.number })
  if (proposal) return textPlace(slug, number, { proposals: proposal.number })
  return textPlace(slug, number, version ? { v: version.id } : {})
}

/** Where one reads what others changed in a text. Of what was never seen there is nothing to compare. */
export function placeOfText({ document, since }: ChangedText, slug: string): Place {
  return textPlace(slug, document.number, since > 0 ? { at: since, with: 'head' } : {})
}
