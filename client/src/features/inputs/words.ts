import type { Input, InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import type { StatusTone } from '../../ui/status-chip.tsx'

/** How something is brought by who takes part, in the order in which screens offer it. */
export const InputChannels = [
  'online',
  'meeting',
  'paper',
  'voice',
  'photo',
  'mail',
] as const satisfies readonly InputChannel[]
/** How something came, to look for. */
export const SoughtChannels = [...InputChannels, 'web'] as const satisfies readonly InputChannel[]
/** What an answer decides, in the order in which screens offer it. */
export const InputOutcomes = [
  'adopted',
  'adapted',
  'merged',
  'not_adopted',
  'out_of_scope',
] as const satisfies readonly InputOutcome[]
/** What of an input's answer a list is narrowed to. */
export const InputStates = ['unanswered', 'overdue', 'answered', 'held'] as const

/** Answers by which nothing of it came into the plan: no tick stands beside them. */
const turnedDown: readonly InputOutcome[] = ['not_adopted', 'out_of_scope']

/** Whether the public does not see it yet, and the reader may show it. */
export const isHeld = ({ moderation, may }: Pick<Input, 'moderation' | 'may'>): boolean =>
  moderation !== null && moderation.ruling === null && may.moderate

/** Where an input stands: the word of its state in the catalogue, and how it looks. */
export function standing({ takenBackAt, answers, overdue }: Pick<Input, 'takenBackAt' | 'answers' | 'overdue'>): {
  word: 'takenBack' | 'overdue' | 'waiting' | InputOutcome
  tone: StatusTone
} {
  if (takenBackAt !== null) return { word: 'takenBack', tone: 'idle' }
  const last = answers.at(-1)
  if (last) return { word: last.outcome, tone: turnedDown.includes(last.outcome) ? 'idle' : 'done' }
  return overdue ? { word: 'overdue', tone: 'problem' } : { word: 'waiting', tone: 'waiting' }
}
