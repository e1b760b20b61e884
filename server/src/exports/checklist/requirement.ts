/** A requirement, and what all of them are put together with. Its words stand where it is decided: they say what was looked at. */
import type { Localized } from '@cabildo/schema/templates/template'
import type { Process } from '../plan-text.ts'

/** `unknown`: the data cannot tell, a person must. */
export type Standing = 'met' | 'partly' | 'missing' | 'unknown'

/** One requirement and how the plan stands to it. */
export interface Requirement {
  key: string
  /** The question of the inception assessment, or the requirement of the standards, that it answers. */
  source: string
  /** False where its wording or number could not be read in OGP's own text. */
  confirmed: boolean
  text: Localized
  standing: Standing
  /** What shows it. */
  shown: Localized[]
  /** What is missing, by name. */
  missing: Localized[]
}

/** Milliseconds of a day. */
export const day = 86_400_000

/** Milliseconds of so many months, as they are on average. */
export const months = (count: number): number => count * 30.44 * day

/** The same in both languages of the files. */
export const both = (es: string, en: string): Localized => ({ es, en })

/** A meeting in one line. */
export const meetingLine = ({ heldOn, title, attended }: Process['meetings'][number]): Localized =>
  both(`${heldOn}: ${title} (asistieron ${attended})`, `${heldOn}: ${title} (${attended} came)`)

type Result = Pick<Requirement, 'standing'> & Partial<Pick<Requirement, 'confirmed' | 'shown' | 'missing'>>

/** Puts a requirement together: confirmed, and with nothing shown or missing, unless told otherwise. */
export const requirement = (key: string, source: string, text: Localized, result: Result): Requirement => ({
  ...{ key, source, text, confirmed: true, shown: [], missing: [] },
  ...result,
})
