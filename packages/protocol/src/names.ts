/**
 * What files and public pages call the things of the domain, in their languages. The screens have words of their own, in the
 * catalogues of the client, and a test there holds that they are the same: what a thing is called is said once.
 */
import type { CommitmentState, GroupKind, Sector } from './http/common.ts'
import type { InputOutcome } from './http/inputs.ts'
import type { MeetingMode } from './http/meetings.ts'
import type { Completion, MilestoneStatus } from './http/progress.ts'

/** A language that files and public pages are written in. */
export type WrittenLanguage = 'es' | 'en'

type Names<Key extends string> = Readonly<Record<WrittenLanguage, Readonly<Record<Key, string>>>>

/** Sectors of society. */
export const sectorNames: Names<Sector> = {
  es: {
    government: 'Gobierno',
    civil_society: 'Sociedad civil',
    community: 'Comunidad',
    academia: 'Academia',
    private_sector: 'Sector privado',
  },
  en: {
    government: 'Government',
    civil_society: 'Civil society',
    community: 'Community',
    academia: 'Academia',
    private_sector: 'Private sector',
  },
}

/** Kinds of group. */
export const groupKindNames: Names<GroupKind> = {
  es: {
    government_office: 'Oficina de gobierno',
    civil_society: 'Organización de la sociedad civil',
    academia: 'Academia',
    private_sector: 'Empresa o comercio',
    community: 'Comunidad',
    indigenous_community: 'Comunidad indígena',
    youth: 'Jóvenes',
    seniors: 'Personas mayores',
    women: 'Mujeres',
    producers: 'Productores',
    local_board: 'Junta local',
    other: 'Otra',
  },
  en: {
    government_office: 'Government office',
    civil_society: 'Civil society organisation',
    academia: 'Academia',
    private_sector: 'Company or shop',
    community: 'Community',
    indigenous_community: 'Indigenous community',
    youth: 'Young people',
    seniors: 'Older people',
    women: 'Women',
    producers: 'Producers',
    local_board: 'Local board',
    other: 'Other',
  },
}

/** States of a commitment. */
export const commitmentStateNames: Names<CommitmentState> = {
  es: {
    proposed: 'Propuesto',
    drafting: 'En redacción',
    review: 'En revisión',
    final: 'Propuesta final',
    consultation: 'En consulta pública',
    response: 'En respuesta y ajuste',
    endorsed: 'Avalado',
    approved: 'Aprobado',
    submitted: 'Presentado',
    implementing: 'En implementación',
    completed: 'Completado',
    assessed: 'Evaluado',
    amending: 'En enmienda',
    merged: 'Fusionado',
    withdrawn: 'Retirado',
  },
  en: {
    proposed: 'Proposed',
    drafting: 'Being drafted',
    review: 'Under review',
    final: 'Final proposal',
    consultation: 'In public consultation',
    response: 'Being answered and adjusted',
    endorsed: 'Endorsed',
    approved: 'Approved',
    submitted: 'Submitted',
    implementing: 'Being implemented',
    completed: 'Completed',
    assessed: 'Assessed',
    amending: 'Being amended',
    merged: 'Merged',
    withdrawn: 'Withdrawn',
  },
}

/** How a milestone stands. */
export const milestoneStatusNames: Names<MilestoneStatus> = {
  es: { not_started: 'Sin empezar', in_progress: 'En marcha', delayed: 'Atrasado', done: 'Cumplido' },
  en: { not_started: 'Not started', in_progress: 'In progress', delayed: 'Delayed', done: 'Done' },
}

/** How far a commitment is completed. */
export const completionNames: Names<Completion> = {
  es: {
    no_evidence: 'No hay evidencia disponible',
    not_started: 'No iniciado',
    limited: 'Limitado',
    substantial: 'Sustancial',
    complete: 'Completo',
  },
  en: {
    no_evidence: 'No evidence available',
    not_started: 'Not started',
    limited: 'Limited',
    substantial: 'Substantial',
    complete: 'Complete',
  },
}

/** How people come to a meeting. */
export const meetingModeNames: Names<MeetingMode> = {
  es: { in_person: 'Presencial', online: 'En línea', both: 'Presencial y en línea' },
  en: { in_person: 'In person', online: 'Online', both: 'In person and online' },
}

/** What became of what somebody brought. */
export const outcomeNames: Names<InputOutcome> = {
  es: {
    adopted: 'Adoptado',
    adapted: 'Adoptado con cambios',
    merged: 'Unido a otro aporte',
    not_adopted: 'No adoptado',
    out_of_scope: 'Fuera de alcance',
  },
  en: {
    adopted: 'Adopted',
    adapted: 'Adopted with changes',
    merged: 'Merged with another',
    not_adopted: 'Not adopted',
    out_of_scope: 'Out of scope',
  },
}
