/**
 * The life of a commitment: its states, and the acts that lead from one to another. Everything that moves a commitment,
 * tells what may come next, or draws it (docs/spec/approval.md) reads this table.
 */
import { CommitmentState, type Role } from './http/common.ts'

/**
 * Whether the text of a commitment takes edits in a state. A frozen one is still commented, and changes are proposed.
 * An open request for approval freezes it whatever its state.
 */
export const textIn = {
  proposed: 'open',
  drafting: 'open',
  review: 'open',
  consultation: 'frozen',
  response: 'open',
  final: 'open',
  endorsed: 'frozen',
  approved: 'frozen',
  submitted: 'frozen',
  implementing: 'frozen',
  completed: 'frozen',
  assessed: 'frozen',
  amending: 'open',
  merged: 'frozen',
  withdrawn: 'frozen',
} as const satisfies Record<CommitmentState, 'open' | 'frozen'>

/** An act: from where, to where, whose it is, and what it owes. */
export interface ActRule {
  readonly from: readonly CommitmentState[]
  readonly to: CommitmentState
  readonly roles: readonly Role[]
  /** Whether it must say why: whatever goes back, leaves the way, or passes over a part of it. */
  readonly reason: boolean
  /** How it comes about: done by itself, or as the effect of decisions on an exact text, or of that request's end. */
  readonly by: 'step' | 'decision'
  /** Leads back, or off the way. */
  readonly back: boolean
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
  consult: { ...onward, from: ['review'], to: 'consultation', roles: coordinating },
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
  reconsult: { ...backward, from: ['response', 'final'], to: 'consultation', roles: coordinating },
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

/** What becomes of an act. */
export type Moved =
  | { ok: true; to: CommitmentState }
  | { ok: false; why: 'not_from_here' | 'not_your_role' | 'reason_owed' | 'request_open' | 'by_decision' }

/**
 * Rules on one step. While a request for approval is open only its decisions and its end move a commitment, and those
 * are never steps.
 */
export function move(
  { state, requestOpen }: { state: CommitmentState; requestOpen: boolean },
  { act, role, reason }: { act: Act; role: Role; reason: string | undefined },
): Moved {
  const rule = ruleOf(act)
  if (rule.by === 'decision') return { ok: false, why: 'by_decision' }
  if (!rule.from.includes(state)) return { ok: false, why: 'not_from_here' }
  if (!rule.roles.includes(role)) return { ok: false, why: 'not_your_role' }
  if (requestOpen) return { ok: false, why: 'request_open' }
  if (rule.reason && !reason) return { ok: false, why: 'reason_owed' }
  return { ok: true, to: rule.to }
}

/** The machine as a Mermaid state diagram: acts that owe a reason carry a `*`, those of decisions stand in brackets. */
export function drawLife(): string {
  const lines = ['stateDiagram-v2', '  direction TB', '  [*] --> proposed', '  [*] --> drafting']
  for (const act of actNames) {
    const { from, to, reason, by } = ruleOf(act)
    const name = by === 'decision' ? `[${act}]` : act
    for (const state of from) lines.push(`  ${state} --> ${to}: ${name}${reason ? ' *' : ''}`)
  }
  return [...lines, '  assessed --> [*]'].join('\n')
}

/** The acts as a Markdown table. */
export function tableOfActs(): string {
  const rows = actNames.map((act) => {
    const { from, to, roles, reason, by } = ruleOf(act)
    return `| \`${act}\` | ${from.join(', ')} | ${to} | ${roles.join(', ')} | ${reason ? 'owed' : ''} | ${by} |`
  })
  return ['| act | from | to | role | reason | by |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n')
}

/** The states as a Markdown table: what becomes of the text in each. */
export function tableOfStates(): string {
  const rows = CommitmentState.options.map((state) => `| \`${state}\` | ${textIn[state]} |`)
  return ['| state | text |', '| --- | --- |', ...rows].join('\n')
}
