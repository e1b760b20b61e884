/**
 * The lives of a commitment and of a plan: their states, and the acts that lead from one to another. Everything that moves
 * one of them, tells what may come next, or draws it (docs/spec/approval.md) reads these tables.
 */
import { CommitmentState, PlanState, type Role } from './http/common.ts'
import { textIn } from './lifecycle-text.ts'

/** What a plan must have before an act of its life. */
export const planNeeds = [
  'commitments',
  'drafts',
  'inputs',
  'finals',
  'endorsements',
  'approvals',
  'assessments',
] as const
export type PlanNeed = (typeof planNeeds)[number]

/** An act: from where, to where, whose it is, and what it owes. */
export interface ActRule<State extends string = CommitmentState> {
  readonly from: readonly State[]
  readonly to: State
  readonly roles: readonly Role[]
  /** Whether it must say why: whatever goes back, leaves the way, or passes over a part of it. */
  readonly reason: boolean
  /** How it comes about: done by itself, or as the effect of decisions on an exact text, or of that request's end. */
  readonly by: 'step' | 'decision'
  /** Leads back, or off the way. */
  readonly back: boolean
  /** What it does to a window, which has a day on which it ends: opens one, or moves its end. */
  readonly window?: 'opens' | 'extends'
  /** What must be so before. */
  readonly needs?: readonly PlanNeed[]
}

const writing = ['coordinator', 'drafter'] as const
const coordinating = ['coordinator'] as const
const deciding = ['approver', 'endorser'] as const
const beforeApproval = ['proposed', 'drafting', 'review', 'consultation', 'response', 'final', 'amending'] as const

const onward = { reason: false, by: 'step', back: false } as const
const backward = { reason: true, by: 'step', back: true } as const

/** Every act there is. Nothing else changes the state of a commitment. */
export const acts = {
  /** A proposal is taken up. */
  begin: { ...onward, from: ['proposed'], to: 'drafting', roles: writing },
  /** The draft is ready to be commented. */
  review: { ...onward, from: ['drafting', 'amending'], to: 'review', roles: writing },
  /** The public consultation opens: the text stands still while everybody reads the same one. */
  consult: { ...onward, from: ['review'], to: 'consultation', roles: coordinating, window: 'opens' },
  /** It ends on another day than was said. */
  extend: {
    ...onward,
    from: ['consultation'],
    to: 'consultation',
    roles: coordinating,
    reason: true,
    window: 'extends',
  },
  /** The consultation is over: what came is answered, and the text adjusted. */
  respond: { ...onward, from: ['consultation'], to: 'response', roles: coordinating },
  /** The text is proposed as final. */
  propose: { ...onward, from: ['response'], to: 'final', roles: writing },
  /** The same, without a consultation of this text: it must be said why. */
  propose_unconsulted: {
    ...onward,
    from: ['review', 'amending'],
    to: 'final',
    roles: coordinating,
    reason: true,
  },
  /** Civil society has approved the exact text. */
  endorse: { ...onward, by: 'decision', from: ['final'], to: 'endorsed', roles: ['endorser'] },
  /** Everybody asked has approved the exact text. */
  approve: { ...onward, by: 'decision', from: ['endorsed'], to: 'approved', roles: deciding },
  /** Somebody asked returned it. */
  return: { ...backward, by: 'decision', from: ['final', 'endorsed'], to: 'response', roles: deciding },
  /** The request was withdrawn after civil society had approved. */
  recall: { ...backward, by: 'decision', from: ['endorsed'], to: 'final', roles: writing },
  /** It was submitted to OGP. */
  submit: { ...onward, from: ['approved'], to: 'submitted', roles: coordinating },
  /** The institutions have begun. */
  implement: { ...onward, from: ['submitted'], to: 'implementing', roles: coordinating },
  /** It is implemented. */
  complete: { ...onward, from: ['implementing'], to: 'completed', roles: coordinating },
  /** It turned out not to be. */
  resume: { ...backward, from: ['completed'], to: 'implementing', roles: coordinating },
  /** The monitoring body has assessed it. */
  assess: { ...onward, from: ['completed'], to: 'assessed', roles: ['monitor'] },
  /** An approved text is opened again: what was approved is void from here on. */
  amend: {
    ...backward,
    from: ['approved', 'submitted', 'implementing'],
    to: 'amending',
    roles: ['coordinator', 'approver'],
  },
  /** Back to the draft. */
  redraft: { ...backward, from: ['review', 'consultation', 'response', 'final'], to: 'drafting', roles: writing },
  /** The consultation opens once more. */
  reconsult: {
    ...backward,
    from: ['response', 'final'],
    to: 'consultation',
    roles: coordinating,
    window: 'opens',
  },
  /** It goes on inside another commitment. */
  merge: { ...backward, from: beforeApproval, to: 'merged', roles: coordinating },
  /** It is not adopted. Its text and the reason stay. */
  withdraw: { ...backward, from: beforeApproval, to: 'withdrawn', roles: coordinating },
  /** What was merged or withdrawn is taken up again. */
  restore: { ...backward, from: ['merged', 'withdrawn'], to: 'drafting', roles: coordinating },
} as const satisfies Record<string, ActRule>

/** The name of an act. */
export type Act = keyof typeof acts

/** The acts in the order of the table. */
// `Object.keys` forgets what the table says.
export const actNames = Object.keys(acts) as Act[]

/** The rule of an act, as every act has one. */
export const ruleOf = (act: Act): ActRule => acts[act]

/** The acts that a state allows. */
export function actsFrom(state: CommitmentState): Act[] {
  return actNames.filter((act) => ruleOf(act).from.includes(state))
}

/** What ends a window on its day, by state: the program does it then. */
export const dueActs = { consultation: 'respond' } as const satisfies Partial<Record<CommitmentState, Act>>

/** Every act in the life of a plan. Nothing else changes its state. */
export const planActs = {
  /** The time line, the rules and the ways to take part are told: from here on everybody can read the plan. */
  announce: { ...onward, from: ['planning'], to: 'outreach', roles: coordinating },
  /** Everybody can bring what they think, until a day. */
  gather: { ...onward, from: ['outreach'], to: 'gathering', roles: coordinating, window: 'opens' },
  /** That ends on another day than was said. */
  gather_longer: {
    ...onward,
    from: ['gathering'],
    to: 'gathering',
    roles: coordinating,
    reason: true,
    window: 'extends',
  },
  /** What came is put in order, and the commitments are drafted. */
  draft: { ...onward, from: ['gathering'], to: 'drafting', roles: coordinating },
  /** The drafts are consulted in public, until a day. */
  consult: {
    ...onward,
    from: ['drafting'],
    to: 'consultation',
    roles: coordinating,
    window: 'opens',
    needs: ['commitments', 'drafts'],
  },
  /** That ends on another day than was said. */
  extend: {
    ...onward,
    from: ['consultation'],
    to: 'consultation',
    roles: coordinating,
    reason: true,
    window: 'extends',
  },
  /** The consultation is over: what came is answered. */
  respond: { ...onward, from: ['consultation'], to: 'response', roles: coordinating },
  /** Everything is answered: the texts are revised. */
  revise: { ...onward, from: ['response'], to: 'revision', roles: writing, needs: ['inputs'] },
  /** The same, without a consultation of the drafts: it must be said why. */
  revise_unconsulted: {
    ...onward,
    from: ['drafting'],
    to: 'revision',
    roles: coordinating,
    reason: true,
    needs: ['commitments', 'inputs'],
  },
  /** The texts are proposed as final, for the forum to endorse. */
  propose: {
    ...onward,
    from: ['revision', 'amended'],
    to: 'endorsement',
    roles: writing,
    needs: ['commitments', 'finals'],
  },
  /** The forum stands behind it. */
  endorse: { ...onward, from: ['endorsement'], to: 'approval', roles: ['endorser'], needs: ['endorsements'] },
  /** It was submitted to OGP. */
  submit: { ...onward, from: ['approval'], to: 'submitted', roles: coordinating, needs: ['approvals'] },
  /** The institutions have begun. */
  implement: { ...onward, from: ['submitted'], to: 'implementing', roles: coordinating },
  /** The monitoring body looks at how it began. */
  inspect: { ...onward, from: ['submitted', 'implementing'], to: 'inception', roles: ['coordinator', 'monitor'] },
  /** Its report on that is in. */
  report: { ...onward, from: ['inception'], to: 'implementing', roles: ['coordinator', 'monitor'] },
  /** Every commitment was assessed. */
  close: {
    ...onward,
    from: ['implementing'],
    to: 'closed',
    roles: ['coordinator', 'monitor'],
    needs: ['assessments'],
  },
  /** What was submitted is opened again. */
  amend: {
    ...backward,
    from: ['submitted', 'implementing', 'inception'],
    to: 'amended',
    roles: ['coordinator', 'approver'],
  },
  /** Not announced any more: it is its members' alone again. */
  replan: { ...backward, from: ['outreach'], to: 'planning', roles: coordinating },
  /** People are called once more. */
  recall: { ...backward, from: ['gathering'], to: 'outreach', roles: coordinating },
  /** Everybody can bring what they think once more. */
  regather: {
    ...backward,
    from: ['drafting', 'consultation', 'response'],
    to: 'gathering',
    roles: coordinating,
    window: 'opens',
  },
  /** Back to the drafts. */
  redraft: {
    ...backward,
    from: ['consultation', 'response', 'revision', 'endorsement'],
    to: 'drafting',
    roles: writing,
  },
  /** The consultation opens once more. */
  reconsult: { ...backward, from: ['response', 'revision'], to: 'consultation', roles: coordinating, window: 'opens' },
  /** Who is to endorse or approve it returns it. */
  return: {
    ...backward,
    from: ['endorsement', 'approval'],
    to: 'revision',
    roles: ['coordinator', 'approver', 'endorser'],
  },
  /** It was not over. */
  reopen: { ...backward, from: ['closed'], to: 'implementing', roles: coordinating },
} as const satisfies Record<string, ActRule<PlanState>>

/** The name of an act in the life of a plan. */
export type PlanAct = keyof typeof planActs

/** Those acts in the order of the table. */
// `Object.keys` forgets what the table says.
export const planActNames = Object.keys(planActs) as PlanAct[]

/** The rule of such an act, as every one has it. */
export const planRuleOf = (act: PlanAct): ActRule<PlanState> => planActs[act]

/** The acts that a state of a plan allows. */
export function planActsFrom(state: PlanState): PlanAct[] {
  return planActNames.filter((act) => planRuleOf(act).from.includes(state))
}

/** What ends a window of a plan on its day, by state: the program does it then. */
export const duePlanActs = { gathering: 'draft', consultation: 'respond' } as const satisfies Partial<
  Record<PlanState, PlanAct>
>

/** Whether everybody may read a plan, and not its members alone. */
export const isPublic = (state: PlanState): boolean => state !== 'planning'

/** Why an act does not move anything. */
export type Unmoved =
  | 'not_from_here'
  | 'not_your_role'
  | 'reason_owed'
  | 'request_open'
  | 'by_decision'
  | 'needs_missing'

/** What becomes of an act. */
export type Moved<State extends string = CommitmentState> = { ok: true; to: State } | { ok: false; why: Unmoved }

/** Whether an act must say why: also whatever ends an open window before its day. */
export function owesReason({ reason, window }: ActRule<string>, windowOpen: boolean): boolean {
  return reason || (windowOpen && window !== 'extends')
}

interface Wanted {
  role: Role
  reason: string | undefined
}

function moveBy<State extends string>(
  rule: ActRule<State>,
  { state, windowOpen, held }: { state: State; windowOpen: boolean; held: 'request_open' | 'needs_missing' | false },
  { role, reason }: Wanted,
): Moved<State> {
  if (rule.by === 'decision') return { ok: false, why: 'by_decision' }
  if (!rule.from.includes(state)) return { ok: false, why: 'not_from_here' }
  if (!rule.roles.includes(role)) return { ok: false, why: 'not_your_role' }
  if (held) return { ok: false, why: held }
  if (owesReason(rule, windowOpen) && !reason) return { ok: false, why: 'reason_owed' }
  return { ok: true, to: rule.to }
}

/**
 * Rules on one step. While a request for approval is open only its decisions and its end move a commitment, and those
 * are never steps. `windowOpen`: a window of it has not come to its day yet.
 */
export function move(
  { requestOpen, ...at }: { state: CommitmentState; requestOpen: boolean; windowOpen: boolean },
  { act, ...wanted }: Wanted & { act: Act },
): Moved {
  return moveBy(ruleOf(act), { ...at, held: requestOpen && 'request_open' }, wanted)
}

/** Rules on one step of a plan. `missing`: all that it lacks. */
export function movePlan(
  { missing, ...at }: { state: PlanState; missing: ReadonlySet<PlanNeed>; windowOpen: boolean },
  { act, ...wanted }: Wanted & { act: PlanAct },
): Moved<PlanState> {
  const rule = planRuleOf(act)
  const lacks = (rule.needs ?? []).some((need) => missing.has(need))
  return moveBy(rule, { ...at, held: lacks && 'needs_missing' }, wanted)
}

/** A machine as a Mermaid state diagram: acts that owe a reason carry a `*`, those of decisions stand in brackets. */
function draw(rules: Record<string, ActRule<string>>, first: readonly string[], last: string): string {
  const lines = ['stateDiagram-v2', '  direction TB', ...first.map((state) => `  [*] --> ${state}`)]
  for (const [act, { from, to, reason, by }] of Object.entries(rules)) {
    const name = by === 'decision' ? `[${act}]` : act
    for (const state of from) lines.push(`  ${state} --> ${to}: ${name}${reason ? ' *' : ''}`)
  }
  return [...lines, `  ${last} --> [*]`].join('\n')
}

/** The life of a commitment as a diagram. */
export const drawLife = (): string => draw(acts, ['proposed', 'drafting'], 'assessed')

/** The life of a plan as a diagram. */
export const drawPlanLife = (): string => draw(planActs, ['planning'], 'closed')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const cellsOf = (act: string, { from, to, roles, reason, window }: ActRule<string>): string[] => [
  `\`${act}\``,
  from.join(', '),
  to,
  roles.join(', '),
  reason ? 'owed' : '',
  window ?? '',
]
const columns = ['act', 'from', 'to', 'role', 'reason', 'window']

/** The acts of a commitment as a Markdown table. */
export function tableOfActs(): string {
  return table(
    [...columns, 'by'],
    actNames.map((act) => [...cellsOf(act, ruleOf(act)), ruleOf(act).by]),
  )
}

/** The acts of a plan as a Markdown table. */
export function tableOfPlanActs(): string {
  return table(
    [...columns, 'needs'],
    planActNames.map((act) => [...cellsOf(act, planRuleOf(act)), (planRuleOf(act).needs ?? []).join(', ')]),
  )
}

/** The states of a commitment as a Markdown table: what becomes of the text in each. */
export function tableOfStates(): string {
  return table(
    ['state', 'text'],
    CommitmentState.options.map((state) => [`\`${state}\``, textIn[state]]),
  )
}

/** The states of a plan as a Markdown table: who may read it in each. */
export function tableOfPlanStates(): string {
  return table(
    ['state', 'read by'],
    PlanState.options.map((state) => [`\`${state}\``, isPublic(state) ? 'everybody' : 'its members']),
  )
}
