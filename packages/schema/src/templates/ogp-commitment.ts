import { commitmentFields } from './ogp-commitment-fields.ts'
import { ogpValues, policyAreas } from './policy-areas.ts'
import type { ListFact, Localized, Template } from './template.ts'

const supporters = (key: string, label: Localized, help: Localized): ListFact => ({
  key,
  kind: 'list',
  label,
  help,
  maxItems: 40,
  maxLength: 200,
})

/**
 * The form of a commitment, version 1. Its questions follow the commitment template of the Open Government Partnership
 * (CC BY 4.0); every word of help is ours.
 */
export const ogpCommitment = {
  id: 'ogp-commitment',
  version: 1,
  label: { es: 'Compromiso de gobierno abierto', en: 'Open government commitment' },
  // The standards of OGP name no number of days; consultations of plans have lasted about two weeks.
  consultationDays: 14,
  sections: [
    {
      id: 'identity',
      label: { es: 'El compromiso', en: 'The commitment' },
      help: { es: 'Qué es, quién responde y cuándo.', en: 'What it is, who answers for it and when.' },
      fields: ['title', 'summary'],
      facts: [
        'leadInstitution',
        'supportGovernment',
        'supportCivilSociety',
        'supportOther',
        'periodStart',
        'periodEnd',
        'ogpId',
      ],
    },
    {
      id: 'problem',
      label: { es: 'Definición del problema', en: 'Problem definition' },
      help: { es: 'Qué pasa hoy y por qué.', en: 'What happens today, and why.' },
      fields: ['problem', 'causes'],
      facts: [],
    },
    {
      id: 'description',
      label: { es: 'Descripción del compromiso', en: 'Commitment description' },
      help: { es: 'Qué se hará y qué cambiará.', en: 'What will be done and what will change.' },
      fields: ['background', 'solution', 'results'],
      facts: [],
    },
    {
      id: 'analysis',
      label: { es: 'Valores de gobierno abierto', en: 'Open government values' },
      help: { es: 'Cómo abre el gobierno a la gente.', en: 'How it opens government to people.' },
      fields: ['transparency', 'accountability', 'participation'],
      facts: ['ogpValues', 'policyAreas'],
    },
    {
      id: 'planning',
      label: { es: 'Planificación', en: 'Planning' },
      help: { es: 'Con qué, en qué pasos y para cuándo.', en: 'With what, in which steps and by when.' },
      fields: ['resources', 'milestones'],
      facts: [],
    },
  ],
  fields: commitmentFields,
  facts: [
    {
      key: 'leadInstitution',
      kind: 'text',
      label: { es: 'Institución responsable', en: 'Lead institution' },
      help: {
        es: 'La institución y la dirección que responden por el compromiso.',
        en: 'The institution and department that answer for the commitment.',
      },
      maxLength: 300,
    },
    supporters(
      'supportGovernment',
      { es: 'Actores de apoyo: gobierno', en: 'Supporting stakeholders: government' },
      {
        es: 'Otras instituciones públicas que ayudan, una por línea.',
        en: 'Other public institutions that help, one per line.',
      },
    ),
    supporters(
      'supportCivilSociety',
      { es: 'Actores de apoyo: sociedad civil', en: 'Supporting stakeholders: civil society' },
      {
        es: 'Organizaciones, juntas, comités y grupos de vecinos, uno por línea.',
        en: 'Organisations, boards, committees and groups of neighbours, one per line.',
      },
    ),
    supporters(
      'supportOther',
      { es: 'Actores de apoyo: otros', en: 'Supporting stakeholders: others' },
      {
        es: 'Universidades, empresas, gremios, cooperación. Uno por línea.',
        en: 'Universities, companies, associations, development partners. One per line.',
      },
    ),
    {
      key: 'periodStart',
      kind: 'date',
      label: { es: 'Empieza', en: 'Starts' },
      help: { es: 'El primer día del compromiso.', en: 'The first day of the commitment.' },
    },
    {
      key: 'periodEnd',
      kind: 'date',
      label: { es: 'Termina', en: 'Ends' },
      help: {
        es: 'El día en que todo debe estar cumplido. Debe caber en el periodo de la administración.',
        en: 'The day by which all must be done. It must fit in the term of the administration.',
      },
    },
    {
      key: 'policyAreas',
      kind: 'choices',
      label: { es: 'Temas', en: 'Policy areas' },
      help: {
        es: 'Elija los que mejor lo describen, cinco a lo sumo.',
        en: 'Choose those that describe it best, five at most.',
      },
      options: policyAreas,
      maxItems: 5,
    },
    {
      key: 'ogpValues',
      kind: 'choices',
      label: { es: 'Valores a los que sirve', en: 'Values it serves' },
      help: {
        es: 'Marque un valor solo si el texto de arriba lo explica.',
        en: 'Mark a value only if the text above explains it.',
      },
      options: ogpValues,
      maxItems: 4,
    },
    {
      key: 'ogpId',
      kind: 'text',
      label: { es: 'Número en OGP', en: 'OGP number' },
      help: {
        es: 'OGP lo asigna después de recibir el plan. Déjelo vacío mientras tanto.',
        en: 'The OGP assigns it after it has received the plan. Leave it empty until then.',
      },
      maxLength: 20,
      pattern: '[\\p{L}\\p{N} ._/-]*',
    },
  ],
} as const satisfies Template

/** Name of one text field of the commitment. */
export type TextFieldName = (typeof commitmentFields)[number]['name']
/** Key of one fact of the commitment. */
export type FactKey = (typeof ogpCommitment)['facts'][number]['key']
