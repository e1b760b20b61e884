import type { CommitmentItem } from '@cabildo/protocol/http/api'
import type { MinutesFieldName } from '@cabildo/schema/templates/meeting-minutes-shape'
import type { FactKey, TextFieldName } from '@cabildo/schema/templates/ogp-commitment'
import type { PlanFieldName } from '@cabildo/schema/templates/ogp-plan-shape'

/** Who writes in the demo, by the part of their address before the @. */
export type Author = 'coordinacion' | 'facilitacion' | 'gobierno' | 'sociedad'

/** A milestone as it is told in a story. Dates are `YYYY-MM-DD`. */
export interface StoryMilestone {
  title: string
  outputs: string
  start: string
  due: string
  lead: string
  supportGovernment?: string
  supportCivilSociety?: string
  supportOther?: string
}

/** A field of whatever form. */
type FieldName = TextFieldName | PlanFieldName | MinutesFieldName

/** One thing that becomes of a text. `write` adds at the end of a field, in the little markup of `markup.ts`. */
export type Change =
  | { in: FieldName; write: string }
  /** Puts other words for words that stand in one piece of text. */
  | { in: FieldName; replace: string; with: string }
  | { facts: Partial<Record<FactKey, string | readonly string[]>> }
  | { milestone: StoryMilestone }

/** One thing one person does. */
export type Step = { by: Author } & (
  | Change
  /** Keeps the document as it stands under a name. */
  | { keep: string; note: string }
)

/** How a commitment of the demo came to be. Its first author adds it to the plan. */
export interface Story {
  title: string
  state: CommitmentItem['state']
  steps: readonly [Step, ...Step[]]
}

/** Stands first in every text of the demo, so that nobody takes it for a promise of the real municipality. */
export const invented =
  '> **Texto inventado para la demostración de Cabildo.** No es un compromiso del Municipio de Chepo; las cifras y los nombres de personas no son reales.'
