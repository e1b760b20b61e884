import type { CommitmentState, GroupKind } from '@cabildo/protocol/http/common'
import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { MilestoneStatus } from '@cabildo/protocol/http/progress'
import { dayInWords } from '@cabildo/schema/milestone-words'
import type { Localized } from '@cabildo/schema/templates/template'

/** A language that files are written in. */
export type ExportLanguage = 'es' | 'en'

const states: Record<ExportLanguage, Record<CommitmentState, string>> = {
  es: {
    ...{ proposed: 'Propuesto', drafting: 'En redacción', review: 'En revisión', consultation: 'En consulta pública' },
    ...{ response: 'En respuesta', final: 'Propuesta final', endorsed: 'Avalado', approved: 'Aprobado' },
    ...{ submitted: 'Presentado', implementing: 'En implementación', completed: 'Completado', assessed: 'Evaluado' },
    ...{ amending: 'En enmienda', merged: 'Fusionado', withdrawn: 'Retirado' },
  },
  en: {
    ...{ proposed: 'Proposed', drafting: 'Being drafted', review: 'In review', consultation: 'In public consultation' },
    ...{ response: 'Being answered', final: 'Final proposal', endorsed: 'Endorsed', approved: 'Approved' },
    ...{ submitted: 'Submitted', implementing: 'Being implemented', completed: 'Completed', assessed: 'Assessed' },
    ...{ amending: 'Being amended', merged: 'Merged', withdrawn: 'Withdrawn' },
  },
}

const kinds: Record<ExportLanguage, Record<GroupKind, string>> = {
  es: {
    ...{ government_office: 'Oficina de gobierno', civil_society: 'Sociedad civil', academia: 'Academia' },
    ...{ private_sector: 'Sector privado', community: 'Comunidad', indigenous_community: 'Comunidad indígena' },
    ...{ youth: 'Jóvenes', seniors: 'Personas mayores', women: 'Mujeres', producers: 'Productores' },
    ...{ local_board: 'Junta local', other: 'Otro' },
  },
  en: {
    ...{ government_office: 'Government office', civil_society: 'Civil society', academia: 'Academia' },
    ...{ private_sector: 'Private sector', community: 'Community', indigenous_community: 'Indigenous community' },
    ...{ youth: 'Youth', seniors: 'Seniors', women: 'Women', producers: 'Producers' },
    ...{ local_board: 'Local board', other: 'Other' },
  },
}

/** What letters of each side are called. */
export const letterWords: Readonly<Record<LetterSide, Localized>> = {
  government: { es: 'Carta de la alcaldía', en: 'Letter of the mayor’s office' },
  partner: { es: 'Carta de apoyo', en: 'Letter of support' },
}

/** How a milestone stands, in words. */
export const statusWords: Readonly<Record<MilestoneStatus, Localized>> = {
  not_started: { es: 'No iniciado', en: 'Not started' },
  in_progress: { es: 'En curso', en: 'In progress' },
  delayed: { es: 'Atrasado', en: 'Delayed' },
  done: { es: 'Cumplido', en: 'Done' },
}

/** What a state of a commitment is called. */
export const stateWord = (state: CommitmentState, language: ExportLanguage): string => states[language][state]

/** What a kind of group is called. */
export const kindWord = (kind: GroupKind, language: ExportLanguage): string => kinds[language][kind]

/** The day of a moment in words, as it is in Panama. */
export function dayOf(at: Date | string, language: ExportLanguage): string {
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'America/Panama' }).format(new Date(at))
  return dayInWords(day, language)
}
