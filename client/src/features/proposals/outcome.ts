import type { Proposal } from '@cabildo/protocol/http/proposals'
import type { TFunction } from 'i18next'

type ProposalStep = Proposal['steps'][number]

/** What somebody asks for: a decision on some parts of a proposal, with a reason or with ''. */
export interface Wish {
  proposalId: string
  step: 'accept' | 'reject' | 'withdraw'
  hunks: readonly number[]
  reason: string
  /** How many steps the proposal had when it was asked. */
  after: number
}

/** That all is accepted that one person proposes. */
export interface WishForAll {
  name: string
  /** The proposals, and how many steps each had when it was asked. */
  proposals: readonly { id: string; after: number }[]
}

/** How many of them were accepted, and in how many words had changed in their place. */
export interface AllAnswered {
  accepted: number
  left: number
}

/** What became of it. */
export type Acted = 'done' | 'refused'

const asSteps = { accept: 'accepted', reject: 'rejected', withdraw: 'withdrawn' } as const

/** The step of one's own that is what was asked for, if it was taken: whether or not the answer to it came. */
export function ownStep(now: Proposal, wish: Wish, meId: string): ProposalStep | undefined {
  return now.steps
    .slice(wish.after)
    .find(
      ({ step, by, hunks }) =>
        step === asSteps[wish.step] && by.id === meId && wish.hunks.every((number) => hunks.includes(number)),
    )
}

/** What is told of what one asked for last; undefined as long as the list does not tell, and where a card tells itself. */
export function outcomeTold(
  { wish, how }: { wish: Wish; how: Acted },
  items: readonly Proposal[],
  meId: string,
  t: TFunction<'proposals'>,
): string | undefined {
  const now = items.find(({ id }) => id === wish.proposalId)
  if (!now) return undefined
  const { number, hunks, steps } = now
  const own = ownStep(now, wish, meId)
  if (!own) {
    const since = how === 'refused' ? steps.slice(wish.after) : []
    const wasFaster = since.some(
      (one) => one.by.id !== meId && (isWhole(one) || one.hunks.some((part) => wish.hunks.includes(part))),
    )
    return wasFaster ? t('told.faster', { number }) : undefined
  }
  if (own.step === 'withdrawn' || own.step === 'revised') return t(`told.${own.step}`, { number })
  const count = own.hunks.length
  if (count === hunks.length) return t(`told.${own.step}.whole`, { number })
  // As it was then: what others decide later is not told as one's own.
  const until = steps.slice(0, steps.indexOf(own) + 1)
  const decided = new Set(until.flatMap((one) => one.hunks))
  const part = t(`told.${own.step}.part`, { number, count })
  return decided.size === hunks.length ? `${part} ${t('told.nothingLeft')}` : part
}

/** The same of all that one person proposed, as it was answered; where the answer was lost, as the list tells. */
export function allTold(
  { wish, answered }: { wish: WishForAll; answered: AllAnswered | undefined },
  items: readonly Proposal[],
  meId: string,
  t: TFunction<'proposals'>,
): string | undefined {
  const { accepted: count, left } = answered ?? answeredBy(wish, items, meId)
  if (count === 0 && !answered) return undefined
  return [t('told.all', { name: wish.name, count }), ...(left > 0 ? [t('act.left', { count: left })] : [])].join(' ')
}

function answeredBy(wish: WishForAll, items: readonly Proposal[], meId: string): AllAnswered {
  const now = wish.proposals.flatMap(({ id, after }) => {
    const proposal = items.find((one) => one.id === id)
    return proposal ? [{ proposal, after }] : []
  })
  const accepted = now.filter(({ proposal, after }) =>
    ownStep(proposal, { ...{ proposalId: proposal.id, step: 'accept', hunks: [], reason: '' }, after }, meId),
  ).length
  const left = now.filter(({ proposal }) => proposal.hunks.some(({ state, fits }) => state === 'open' && !fits)).length
  return { accepted, left }
}

/** Whether a step is on all that was open. */
const isWhole = ({ step }: ProposalStep): boolean => step === 'withdrawn' || step === 'revised'
