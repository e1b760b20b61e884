import type { PlanState, Sector } from '@cabildo/protocol/http/common'
import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import { sectorNames, type WrittenLanguage } from '@cabildo/protocol/names'

/** Words of a plan’s first page: what it is, its text, who stands behind it, and its files. */
export interface PlanWords {
  glance: string
  place: string
  state: string
  groups: string
  groupsCount: (count: number) => string
  meetings: string
  meetingsCount: (open: number, workshops: number) => string
  inputsOf: (total: number, answered: number) => string
  seeInputs: string
  textOf: (version: number, day: string) => string
  textRedacted: string
  textHash: string
  planText: string
  opening: string
  commitments: string
  noCommitments: string
  endorsements: string
  noEndorsements: string
  endorses: string
  endorsedThis: string
  endorsedOther: (version: number | null) => string
  letters: string
  letter: Record<LetterSide, (organisation: string) => string>
  size: (kind: string, kilobytes: number) => string
  downloads: string
  downloadText: string
  downloadTextHint: string
  /** The plan as files: the last step of each address, and what it is called. */
  files: readonly (readonly [file: string, name: string])[]
  shares: string
  sharesOf: string
  sharesCaveat: string[]
  sharesNone: string
  restShare: string
  peopleCount: (count: number) => string
  columns: { who: string; letters: string; share: string }
  sector: Record<Sector, string>
  planState: Record<PlanState, string>
}

const es: PlanWords = {
  glance: 'De un vistazo',
  place: 'Lugar',
  state: 'En qué está',
  groups: 'Grupos que participan',
  groupsCount: (count) => (count === 1 ? 'Un grupo' : `${count} grupos`),
  meetings: 'Reuniones y talleres',
  meetingsCount: (open, workshops) =>
    [
      open === 1 ? 'Una reunión abierta al público' : `${open} reuniones abiertas al público`,
      ...(workshops === 0 ? [] : [workshops === 1 ? 'un taller' : `${workshops} talleres`]),
    ].join(' y '),
  inputsOf: (total, answered) =>
    total === 1
      ? `Un aporte, ${answered === 1 ? 'con' : 'sin'} respuesta`
      : `${total} aportes, ${answered} con respuesta`,
  seeInputs: 'Leer los aportes y las respuestas',
  textOf: (version, day) => `Versión ${version} del texto del plan, publicada el ${day}`,
  textRedacted:
    'Después de publicarse se quitaron de este texto datos personales. Por eso su huella ya no es la que se anotó entonces.',
  textHash: 'El texto exacto del plan (JSON)',
  planText: 'El texto del plan',
  opening: 'Presentación',
  commitments: 'Compromisos',
  noCommitments: 'Todavía no hay compromisos publicados. Se publican cuando entran en consulta o se aprueban.',
  endorsements: 'Avales',
  noEndorsements: 'Todavía no hay avales publicados.',
  endorses: 'Avala',
  endorsedThis: 'este texto, palabra por palabra',
  endorsedOther: (version) =>
    version === null ? 'un borrador de este texto' : `otra versión de este texto, la ${version}`,
  letters: 'Cartas de apoyo',
  letter: {
    government: (organisation) => `Carta de apoyo del gobierno: ${organisation}`,
    partner: (organisation) => `Carta de apoyo: ${organisation}`,
  },
  size: (kind, kilobytes) => `${kind}, ${kilobytes} kB`,
  downloads: 'Para bajar',
  downloadText: 'El texto exacto (JSON)',
  downloadTextHint: 'Su SHA-256 es la huella de este texto.',
  files: [
    ['plan.pdf', 'El plan (PDF)'],
    ['plan.docx', 'El plan (Word)'],
    ['plan.html', 'El plan en un solo archivo (HTML)'],
    ['plan.md', 'El plan (Markdown)'],
    ['plan.json', 'Los datos del plan (JSON)'],
    ['commitments.csv', 'Compromisos (tabla CSV)'],
    ['milestones.csv', 'Hitos (tabla CSV)'],
    ['inputs.csv', 'Aportes y respuestas (tabla CSV)'],
    ['groups.csv', 'Grupos (tabla CSV)'],
    ['meetings.csv', 'Reuniones y talleres (tabla CSV)'],
    ['ogp-form.html', 'El formulario de OGP con las respuestas (HTML)'],
    ['ogp-form.csv', 'El formulario de OGP con las respuestas (CSV)'],
  ],
  shares: 'Quién escribió este texto',
  sharesOf: 'Quién escribió los textos publicados',
  sharesCaveat: [
    'Cuenta letras, no ideas: una frase corta puede ser la que más importa.',
    'Lo que se habló en una reunión y nadie escribió con su nombre no aparece.',
    'Donde son menos de tres personas no se dice cuántas.',
  ],
  sharesNone: 'Todavía no hay nada que contar.',
  restShare: 'Sin grupo, o que no se muestran',
  peopleCount: (count) => `${count} personas`,
  columns: { who: 'Grupo', letters: 'Letras', share: 'Parte' },
  sector: sectorNames.es,
  planState: {
    ...{ planning: 'Preparación', outreach: 'Convocatoria', gathering: 'Recolección de aportes' },
    ...{ drafting: 'Priorización y redacción', consultation: 'Consulta pública', response: 'Respuesta razonada' },
    ...{ revision: 'Revisión', endorsement: 'Aval del foro', approval: 'Aprobación', submitted: 'Presentado' },
    ...{ implementing: 'En implementación', inception: 'Evaluación inicial', amended: 'Modificado', closed: 'Cerrado' },
  },
}

const en: PlanWords = {
  glance: 'At a glance',
  place: 'Place',
  state: 'Where it stands',
  groups: 'Groups that take part',
  groupsCount: (count) => (count === 1 ? 'One group' : `${count} groups`),
  meetings: 'Meetings and workshops',
  meetingsCount: (open, workshops) =>
    [
      open === 1 ? 'One meeting open to the public' : `${open} meetings open to the public`,
      ...(workshops === 0 ? [] : [workshops === 1 ? 'one workshop' : `${workshops} workshops`]),
    ].join(' and '),
  inputsOf: (total, answered) =>
    total === 1
      ? `One contribution, ${answered === 1 ? 'answered' : 'not answered'}`
      : `${total} contributions, ${answered} answered`,
  seeInputs: 'Read the contributions and answers',
  textOf: (version, day) => `Version ${version} of the text of the plan, published on ${day}`,
  textRedacted:
    'Personal data was taken out of this text after it was published. So its fingerprint is not the one any more that was entered then.',
  textHash: 'The exact text of the plan (JSON)',
  planText: 'The text of the plan',
  opening: 'Introduction',
  commitments: 'Commitments',
  noCommitments: 'No commitment is published yet. They are when they go into consultation or are approved.',
  endorsements: 'Endorsements',
  noEndorsements: 'No endorsement is published yet.',
  endorses: 'Endorses',
  endorsedThis: 'this very text, word by word',
  endorsedOther: (version) =>
    version === null ? 'a draft of this text' : `another version of this text, version ${version}`,
  letters: 'Letters of support',
  letter: {
    government: (organisation) => `Letter of support of the government: ${organisation}`,
    partner: (organisation) => `Letter of support: ${organisation}`,
  },
  size: (kind, kilobytes) => `${kind}, ${kilobytes} kB`,
  downloads: 'Downloads',
  downloadText: 'The exact text (JSON)',
  downloadTextHint: 'Its SHA-256 is the fingerprint of this text.',
  files: [
    ['plan.pdf', 'The plan (PDF)'],
    ['plan.docx', 'The plan (Word)'],
    ['plan.html', 'The plan in a single file (HTML)'],
    ['plan.md', 'The plan (Markdown)'],
    ['plan.json', 'The plan’s data (JSON)'],
    ['commitments.csv', 'Commitments (CSV table)'],
    ['milestones.csv', 'Milestones (CSV table)'],
    ['inputs.csv', 'Contributions and answers (CSV table)'],
    ['groups.csv', 'Groups (CSV table)'],
    ['meetings.csv', 'Meetings and workshops (CSV table)'],
    ['ogp-form.html', 'The OGP form with the answers (HTML)'],
    ['ogp-form.csv', 'The OGP form with the answers (CSV)'],
  ],
  shares: 'Who wrote this text',
  sharesOf: 'Who wrote the published texts',
  sharesCaveat: [
    'It counts letters, not ideas: a short sentence may be the one that matters most.',
    'What was said at a meeting and nobody wrote under their name does not show.',
    'Where they are fewer than three people, it is not told how many.',
  ],
  sharesNone: 'There is nothing to count yet.',
  restShare: 'Without a group, or not shown',
  peopleCount: (count) => `${count} people`,
  columns: { who: 'Group', letters: 'Letters', share: 'Share' },
  sector: sectorNames.en,
  planState: {
    ...{ planning: 'Planning', outreach: 'Outreach', gathering: 'Gathering contributions' },
    ...{ drafting: 'Drafting', consultation: 'Public consultation', response: 'Reasoned response' },
    ...{ revision: 'Revision', endorsement: 'Forum endorsement', approval: 'Approval', submitted: 'Submitted' },
    ...{ implementing: 'Implementation', inception: 'Inception assessment', amended: 'Amended', closed: 'Closed' },
  },
}

/** Words of a plan’s first page: what it is, its text, who stands behind it, and its files, by language. */
export const planWords: Record<WrittenLanguage, PlanWords> = { es, en }
