import type { Party } from '@cabildo/protocol/http/approvals'
import type { CommitmentState } from '@cabildo/protocol/http/common'
import type { Completion, MilestoneStatus } from '@cabildo/protocol/http/progress'
import {
  commitmentStateNames,
  completionNames,
  milestoneStatusNames,
  type WrittenLanguage,
} from '@cabildo/protocol/names'
import type { PublicCommitment } from '../../reading.ts'

/** Words of a commitment: its text, how far it stands, who approved it, and what became of it. */
export interface CommitmentWords {
  commitment: (number: number) => string
  standing: Record<PublicCommitment['standing'], string>
  standingText: Record<PublicCommitment['standing'], string>
  redacted: string
  ended: { withdrawn: string; merged: string; into: (number: number, title: string) => string }
  facts: string
  clause: string
  clauseLink: (label: string) => string
  empty: string
  milestones: string
  noMilestones: string
  progress: string
  progressLead: string
  noReports: string
  milestone: (number: number, title: string) => string
  status: Record<MilestoneStatus, string>
  evidence: string
  asOf: (day: string) => string
  assessed: string
  level: Record<Completion, string>
  due: (day: string) => string
  approvals: string
  notApproved: string
  approvedOn: (day: string) => string
  version: (number: number) => string
  party: Record<Party, string>
  said: string
  clausesDecided: (names: string) => string
  signed: string
  signedKey: (key: string) => string
  entry: (seq: number) => string
  hash: string
  hashHelp: string
  dissents: string
  noDissents: string
  ofDraft: string
  reserved: (group: string, clause: string) => string
  withdrawnOn: (day: string) => string
  on: string
  since: (day: string) => string
  commitmentState: Record<CommitmentState, string>
}

const es: CommitmentWords = {
  commitment: (number) => `Compromiso ${number}`,
  standing: {
    ...{ draft: 'Borrador en consulta', consulted: 'Texto consultado', approved: 'Texto aprobado' },
    amending: 'Aprobado, en enmienda',
  },
  standingText: {
    draft: 'Es un borrador en consulta pública: todavía puede cambiar.',
    consulted: 'Es el texto que estuvo en consulta. Se está ajustando; lo nuevo se publica cuando se apruebe.',
    approved: 'Es el texto aprobado, palabra por palabra.',
    amending: 'Fue aprobado así. Se abrió una enmienda; lo nuevo se publica cuando se consulte o se apruebe.',
  },
  redacted:
    'Después de la aprobación se quitaron de este texto datos personales. Por eso su huella ya no es la que se aprobó.',
  ended: {
    withdrawn: 'Este compromiso no se adoptó.',
    merged: 'Este compromiso sigue dentro de otro.',
    into: (number, title) => `Compromiso ${number}: ${title}`,
  },
  facts: 'Datos',
  clause: 'Parte',
  clauseLink: (label) => `Dirección de esta parte: ${label}`,
  empty: 'Sin texto.',
  milestones: 'Hitos',
  noMilestones: 'No hay hitos.',
  progress: 'Avance',
  progressLead: 'Lo que informa quien responde por cada hito del texto aprobado.',
  noReports: 'Sin informes todavía.',
  milestone: (number, title) => `Hito ${number}: ${title}`,
  status: milestoneStatusNames.es,
  evidence: 'Ver la evidencia',
  asOf: (day) => `Al ${day}`,
  assessed: 'Cuánto se completó, según el ente de monitoreo',
  level: completionNames.es,
  due: (day) => `Se cumple el ${day}`,
  approvals: 'Aprobaciones',
  notApproved: 'Todavía no está aprobado.',
  approvedOn: (day) => `Aprobado el ${day}`,
  version: (number) => `Versión ${number}`,
  party: { government: 'Alcaldía', civil_society: 'Sociedad civil' },
  said: 'Dijo',
  clausesDecided: (names) => `estas cláusulas: ${names}`,
  signed: 'Firmada con una llave de acceso',
  signedKey: (key) => `Firmada con la llave de acceso ${key}`,
  entry: (seq) => `Entrada ${seq} del registro`,
  hash: 'Huella del texto',
  hashHelp: 'Con la huella cualquiera puede comprobar que el texto es este y no otro.',
  dissents: 'Posiciones reservadas',
  noDissents: 'Ningún grupo reservó una posición.',
  ofDraft: 'La reservó sobre un borrador; sus palabras no son públicas.',
  reserved: (group, clause) => `${group}, sobre «${clause}»`,
  withdrawnOn: (day) => `Retirada el ${day}.`,
  on: 'Sobre estas palabras',
  since: (day) => `Público desde el ${day}`,
  commitmentState: commitmentStateNames.es,
}

const en: CommitmentWords = {
  commitment: (number) => `Commitment ${number}`,
  standing: {
    ...{ draft: 'Draft in consultation', consulted: 'Text that was consulted on', approved: 'Approved text' },
    amending: 'Approved, being amended',
  },
  standingText: {
    draft: 'This is a draft in public consultation: it may still change.',
    consulted:
      'This is the text that was consulted on. It is being adjusted; what is new is published when it is approved.',
    approved: 'This is the approved text, word for word.',
    amending:
      'It was approved like this. An amendment was opened; what is new is published when it is consulted on or approved.',
  },
  redacted:
    'Personal data were taken out of this text after it was approved. So its fingerprint is not the approved one any more.',
  ended: {
    withdrawn: 'This commitment was not adopted.',
    merged: 'This commitment goes on inside another one.',
    into: (number, title) => `Commitment ${number}: ${title}`,
  },
  facts: 'Facts',
  clause: 'Part',
  clauseLink: (label) => `Address of this part: ${label}`,
  empty: 'No text.',
  milestones: 'Milestones',
  noMilestones: 'There are no milestones.',
  progress: 'Progress',
  progressLead: 'What those who answer for each milestone of the approved text report.',
  noReports: 'No reports yet.',
  milestone: (number, title) => `Milestone ${number}: ${title}`,
  status: milestoneStatusNames.en,
  evidence: 'See the evidence',
  asOf: (day) => `As of ${day}`,
  assessed: 'How far it is completed, as the monitoring body finds',
  level: completionNames.en,
  due: (day) => `Due on ${day}`,
  approvals: 'Approvals',
  notApproved: 'It is not approved yet.',
  approvedOn: (day) => `Approved on ${day}`,
  version: (number) => `Version ${number}`,
  party: { government: 'Mayor’s office', civil_society: 'Civil society' },
  said: 'Said',
  clausesDecided: (names) => `these clauses: ${names}`,
  signed: 'Signed with a passkey',
  signedKey: (key) => `Signed with the passkey ${key}`,
  entry: (seq) => `Entry ${seq} of the record`,
  hash: 'Fingerprint of the text',
  hashHelp: 'With the fingerprint anybody can check that the text is this one and no other.',
  dissents: 'Reserved positions',
  noDissents: 'No group reserved a position.',
  ofDraft: 'It was reserved on a draft; its words are not public.',
  reserved: (group, clause) => `${group}, on “${clause}”`,
  withdrawnOn: (day) => `Withdrawn on ${day}.`,
  on: 'On these words',
  since: (day) => `Public since ${day}`,
  commitmentState: commitmentStateNames.en,
}

/** Words of a commitment: its text, how far it stands, who approved it, and what became of it, by language. */
export const commitmentWords: Record<WrittenLanguage, CommitmentWords> = { es, en }
