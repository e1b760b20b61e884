import type { Party } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, PlanState, Sector } from '@cabildo/protocol/http/common'
import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import type { MeetingMode } from '@cabildo/protocol/http/meetings'
import type { Completion, MilestoneStatus } from '@cabildo/protocol/http/progress'
import type { Act, PlanAct } from '@cabildo/protocol/lifecycle'
import {
  commitmentStateNames,
  completionNames,
  meetingModeNames,
  milestoneStatusNames,
  outcomeNames,
  sectorNames,
  type WrittenLanguage,
} from '@cabildo/protocol/names'
import type { PublicCommitment } from '../reading.ts'

/** The words of the public pages in one language. */
export interface SiteWords {
  site: string
  skip: string
  other: { language: WrittenLanguage; name: string; label: string }
  member: string
  plans: string
  plansLead: string
  noPlans: string
  nav: { label: string; plan: string; history: string; inputs: string; record: string; members: string }
  notTranslated: string
  notFound: string
  notFoundText: string
  foot: string
  glance: string
  place: string
  state: string
  groups: string
  groupsCount: (count: number) => string
  meetings: string
  meetingsCount: (open: number, workshops: number) => string
  /** Until when everybody can say what they think, by the state it belongs to. */
  until: Record<'gathering' | 'consultation', (day: string) => string>
  commentsFrom: (day: string) => string
  commentsUntil: (day: string) => string
  commentsEnded: (day: string) => string
  inputsOf: (total: number, answered: number) => string
  seeInputs: string
  textOf: (version: number, day: string) => string
  textRedacted: string
  textHash: string
  planText: string
  opening: string
  commitments: string
  noCommitments: string
  commitment: (number: number) => string
  standing: Record<PublicCommitment['standing'], string>
  standingText: Record<PublicCommitment['standing'], string>
  redacted: string
  ended: { withdrawn: string; merged: string; into: (number: number, title: string) => string }
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
  feed: string
  print: string
  facts: string
  clause: string
  clauseLink: (label: string) => string
  empty: string
  contents: string
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
  shares: string
  sharesOf: string
  sharesCaveat: string[]
  sharesNone: string
  restShare: string
  peopleCount: (count: number) => string
  columns: { who: string; letters: string; share: string }
  sector: Record<Sector, string>
  historyTitle: string
  historyLead: string
  timeline: string
  noEvents: string
  act: Record<Act, string>
  planAct: Record<PlanAct, string>
  happened: {
    text: (version: number) => string
    endorsement: (organisation: string) => string
    letter: (organisation: string) => string
    progress: (number: number, status: string) => string
    assessment: (level: string) => string
  }
  closes: (day: string) => string
  workshop: string
  meeting: string
  followUp: string
  followUps: string
  followUpsLead: string
  attended: (count: number) => string
  cameFrom: string
  mode: Record<MeetingMode, string>
  agenda: string
  results: string
  materials: string
  sentOn: (day: string) => string
  photos: string
  moreOf: string
  allDissents: string
  why: string
  inputsTitle: string
  inputsLead: string
  noInputs: string
  input: (number: number) => string
  takenBack: string
  nobody: string
  pending: string
  answer: string
  earlier: string
  channel: Record<InputChannel, string>
  outcome: Record<InputOutcome, string>
  about: string
  saidIn: (number: number, title: string) => string
  mergedInto: (number: number) => string
  shownInPlan: (number: number) => string
  shownIn: (number: number, commitment: number) => string
  next: string
  first: string
  recordTitle: string
  recordLead: string
  recordSteps: string[]
  recordKey: string
  recordHead: string
  recordHeadNone: string
  recordSize: (size: number) => string
  recordLast: string
  verifyHere: string
  checkpointLink: string
  embed: string
  embedHelp: string
  open: string
  comment: {
    title: string
    lead: string
    words: string
    about: string
    whole: string
    name: string
    law: string
    consent: string
    send: string
    follows: string
    noWords: string
    tooLong: (most: number) => string
    noConsent: string
    early: string
    over: string
    tooMany: string
    taken: string
    takenText: (number: number) => string
    keep: string
    look: string
  }
  planState: Record<PlanState, string>
  commitmentState: Record<CommitmentState, string>
}

const es: SiteWords = {
  site: 'Cabildo',
  skip: 'Ir al contenido',
  other: { language: 'en', name: 'English', label: 'Read this page in English' },
  member: 'Entrar',
  plans: 'Planes públicos',
  plansLead: 'Los planes de gobierno abierto que un municipio y su gente escriben juntos.',
  noPlans: 'Todavía no hay ningún plan público.',
  nav: {
    ...{ label: 'Partes del plan', plan: 'El plan', history: 'Cómo se llegó a este texto', inputs: 'Aportes' },
    ...{ record: 'Registro', members: 'Para quienes participan' },
  },
  notTranslated: 'Aún no traducido: este texto está en español.',
  notFound: 'Aquí no hay nada',
  notFoundText: 'La dirección no existe, o lo que había aquí no es público.',
  foot: 'Todo lo que se lee aquí es público. Los borradores los ven solo quienes los escriben.',
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
  until: {
    gathering: (day) => `Se reciben aportes hasta el ${day}`,
    consultation: (day) => `La consulta está abierta hasta el ${day}`,
  },
  commentsFrom: (day) => `Se reciben comentarios desde el ${day}.`,
  commentsUntil: (day) => `Se reciben comentarios hasta el ${day}.`,
  commentsEnded: (day) => `Se recibieron comentarios hasta el ${day}.`,
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
  feed: 'Novedades (RSS)',
  print: 'Al imprimir, cada parte lleva un código que abre su dirección.',
  facts: 'Datos',
  clause: 'Parte',
  clauseLink: (label) => `Dirección de esta parte: ${label}`,
  empty: 'Sin texto.',
  contents: 'En esta página',
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
  historyTitle: 'Cómo se llegó a este texto',
  historyLead: 'Lo que pasó desde que se anunció el plan: reuniones, consultas y decisiones.',
  timeline: 'Qué pasó y cuándo',
  noEvents: 'Todavía no ha pasado nada público.',
  act: {
    ...{ begin: 'Empezó la redacción', review: 'Pasó a revisión', consult: 'Se abrió la consulta pública' },
    ...{ respond: 'Se cerró la consulta', propose: 'Se propuso como texto final' },
    ...{ propose_unconsulted: 'Se propuso como final, sin consulta', endorse: 'La sociedad civil lo avaló' },
    ...{ approve: 'Se aprobó', return: 'Se devolvió para ajustarlo', recall: 'Se retiró la solicitud de aprobación' },
    ...{ submit: 'Se presentó', implement: 'Empezó la implementación', complete: 'Se dio por completado' },
    ...{ resume: 'Volvió a la implementación', assess: 'Se evaluó', amend: 'Se abrió una enmienda' },
    ...{ redraft: 'Volvió a la redacción', reconsult: 'Se consultó otra vez', merge: 'Se fusionó con otro' },
    ...{ withdraw: 'Se retiró', restore: 'Se retomó', extend: 'Se dio más plazo a la consulta' },
  },
  planAct: {
    ...{ announce: 'Se anunció el plan', gather: 'Se abrió la recolección de aportes' },
    ...{ gather_longer: 'Se dio más plazo para aportar', draft: 'Empezó la redacción del plan' },
    ...{ consult: 'Se abrió la consulta pública del plan', extend: 'Se dio más plazo a la consulta del plan' },
    ...{ respond: 'Se cerró la consulta del plan', revise: 'Empezó la revisión del plan' },
    ...{ revise_unconsulted: 'Empezó la revisión del plan, sin consulta', propose: 'El plan se propuso al foro' },
    ...{ endorse: 'El foro avaló el plan', submit: 'El plan se presentó a OGP' },
    ...{ implement: 'Empezó la implementación del plan', inspect: 'Empezó la evaluación inicial' },
    ...{ report: 'Se recibió el informe de la evaluación inicial', close: 'El plan se cerró' },
    ...{ amend: 'Se abrió una modificación del plan', replan: 'El plan volvió a la preparación' },
    ...{ recall: 'El plan volvió a la convocatoria', regather: 'Se volvió a abrir la recolección de aportes' },
    ...{ redraft: 'El plan volvió a la redacción', reconsult: 'El plan se consultó otra vez' },
    ...{ return: 'El plan se devolvió para ajustarlo', reopen: 'El plan se abrió otra vez' },
  },
  happened: {
    text: (version) => `Se publicó el texto del plan, versión ${version}`,
    endorsement: (organisation) => `Aval de ${organisation}`,
    letter: (organisation) => `Carta de apoyo de ${organisation}`,
    progress: (number, status) => `Informe sobre el hito ${number}: ${status.toLowerCase()}`,
    assessment: (level) => `Evaluación del ente de monitoreo: ${level.toLowerCase()}`,
  },
  closes: (day) => `Hasta el ${day}`,
  workshop: 'Taller',
  meeting: 'Reunión',
  followUp: 'Reunión de seguimiento',
  followUps: 'Reuniones de seguimiento',
  followUpsLead: 'En ellas se revisó el avance de lo aprobado en este plan.',
  attended: (count) => `${count} personas`,
  cameFrom: 'Asistieron',
  mode: meetingModeNames.es,
  agenda: 'Agenda',
  results: 'Qué salió de ella',
  materials: 'Materiales',
  sentOn: (day) => `enviado el ${day}`,
  photos: 'Fotos y archivos',
  moreOf: 'Agenda, asistencia y materiales',
  allDissents: 'Posiciones reservadas',
  why: 'Por qué',
  inputsTitle: 'Aportes y respuestas',
  inputsLead: 'Lo que la gente trajo al plan, y lo que se le respondió.',
  noInputs: 'No hay más aportes.',
  input: (number) => `Aporte ${number}`,
  takenBack: 'Quien lo trajo lo retiró, o pidió que se borrara.',
  nobody: 'Sin nombre',
  pending: 'Todavía sin respuesta.',
  answer: 'Respuesta',
  earlier: 'Respuestas anteriores',
  channel: {
    ...{ online: 'En línea', meeting: 'En una reunión', paper: 'En papel', voice: 'De voz', photo: 'En una foto' },
    ...{ mail: 'Por correo', web: 'En esta página' },
  },
  outcome: outcomeNames.es,
  about: 'Sobre',
  saidIn: (number, title) => `Dicho en la reunión ${number}: ${title}`,
  shownInPlan: (number) => `Se ve en la versión ${number} del texto del plan.`,
  mergedInto: (number) => `Se unió al aporte ${number}.`,
  shownIn: (number, commitment) => `Se ve en la versión ${number} del compromiso ${commitment}.`,
  next: 'Aportes siguientes',
  first: 'Volver al principio',
  recordTitle: 'Registro y comprobación',
  recordLead:
    'Todo lo que decide el plan queda en un registro que nadie puede cambiar sin que se note, tampoco quien lo guarda.',
  recordSteps: [
    'Baje el texto exacto de un compromiso, en su página, bajo «Para bajar».',
    'Calcule su SHA-256, por ejemplo con el programa sha256sum, y compárelo con la huella de la aprobación.',
    'Anote la clave y la cabeza firmada de abajo. Si un día el registro fuera otro, con ellas se puede demostrar.',
    'Quien participa en el plan puede bajar el registro completo y comprobarlo sin conexión.',
  ],
  recordKey: 'Clave con que se comprueban las firmas',
  recordHead: 'Última cabeza firmada',
  recordHeadNone: 'Todavía no se ha firmado nada.',
  recordSize: (size) => `${size} entradas en el árbol`,
  recordLast: 'Última entrada firmada de este plan',
  verifyHere: 'Comprobar un archivo del registro',
  checkpointLink: 'La cabeza firmada, para programas',
  embed: 'Mostrarlo en otra página',
  embedHelp: 'Copie esto en la página donde quiere mostrarlo:',
  open: 'Abrir el compromiso completo',
  comment: {
    title: 'Comentar este borrador',
    lead: 'Cualquier persona puede comentar. No hace falta una cuenta.',
    words: 'Su comentario',
    about: 'Sobre qué parte',
    whole: 'Todo el compromiso',
    name: 'Su nombre, si quiere que se muestre',
    law: 'Qué se guarda y qué puede pedir usted',
    consent: 'Acepto que mi comentario, y mi nombre si lo escribí, se guarden y se publiquen con este plan.',
    send: 'Enviar el comentario',
    follows: 'Alguien del plan lo lee antes de que se muestre. Usted recibe un código para ver qué se le respondió.',
    noWords: 'Escriba su comentario.',
    tooLong: (most) => `El comentario puede tener hasta ${most} letras.`,
    noConsent: 'Para enviarlo hace falta que lo acepte.',
    early: 'La consulta todavía no se abre. Lo que escribió sigue aquí, pero aún no se puede enviar.',
    over: 'La consulta terminó. Lo que escribió sigue aquí, pero ya no se puede enviar.',
    tooMany: 'Desde esta conexión se enviaron muchos comentarios. Espere un rato y envíelo otra vez.',
    taken: 'Recibimos su comentario',
    takenText: (number) => `Es el aporte ${number} del plan. Este es su código:`,
    keep: 'Anótelo. Con él puede ver, sin cuenta, que su comentario está en el registro y qué se le respondió.',
    look: 'Ver el recibo',
  },
  planState: {
    ...{ planning: 'Preparación', outreach: 'Convocatoria', gathering: 'Recolección de aportes' },
    ...{ drafting: 'Priorización y redacción', consultation: 'Consulta pública', response: 'Respuesta razonada' },
    ...{ revision: 'Revisión', endorsement: 'Aval del foro', approval: 'Aprobación', submitted: 'Presentado' },
    ...{ implementing: 'En implementación', inception: 'Evaluación inicial', amended: 'Modificado', closed: 'Cerrado' },
  },
  commitmentState: commitmentStateNames.es,
}

const en: SiteWords = {
  site: 'Cabildo',
  skip: 'Skip to the content',
  other: { language: 'es', name: 'Español', label: 'Leer esta página en español' },
  member: 'Sign in',
  plans: 'Public plans',
  plansLead: 'The open government plans that a town and its people write together.',
  noPlans: 'There is no public plan yet.',
  nav: {
    ...{ label: 'Parts of the plan', plan: 'The plan', history: 'How this text came to be', inputs: 'Contributions' },
    ...{ record: 'Record', members: 'For those who take part' },
  },
  notTranslated: 'Not translated yet: this text is in Spanish.',
  notFound: 'There is nothing here',
  notFoundText: 'The address does not exist, or what was here is not public.',
  foot: 'Everything you read here is public. Drafts are seen by those who write them alone.',
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
  until: {
    gathering: (day) => `Contributions are taken until ${day}`,
    consultation: (day) => `The consultation is open until ${day}`,
  },
  commentsFrom: (day) => `Comments are taken from ${day} on.`,
  commentsUntil: (day) => `Comments are taken until ${day}.`,
  commentsEnded: (day) => `Comments were taken until ${day}.`,
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
  feed: 'News (RSS)',
  print: 'On paper, each part carries a code that opens its address.',
  facts: 'Facts',
  clause: 'Part',
  clauseLink: (label) => `Address of this part: ${label}`,
  empty: 'No text.',
  contents: 'On this page',
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
  historyTitle: 'How this text came to be',
  historyLead: 'What happened since the plan was announced: meetings, consultations and decisions.',
  timeline: 'What happened, and when',
  noEvents: 'Nothing public has happened yet.',
  act: {
    ...{ begin: 'Drafting began', review: 'It went into review', consult: 'The public consultation opened' },
    ...{ respond: 'The consultation closed', propose: 'It was proposed as the final text' },
    ...{ propose_unconsulted: 'It was proposed as final, without consultation', endorse: 'Civil society endorsed it' },
    ...{
      approve: 'It was approved',
      return: 'It was returned to be adjusted',
      recall: 'The request for approval was withdrawn',
    },
    ...{ submit: 'It was submitted', implement: 'Implementation began', complete: 'It was declared complete' },
    ...{ resume: 'It went back to implementation', assess: 'It was assessed', amend: 'An amendment was opened' },
    ...{
      redraft: 'It went back to drafting',
      reconsult: 'It was consulted on again',
      merge: 'It was merged into another',
    },
    ...{
      withdraw: 'It was withdrawn',
      restore: 'It was taken up again',
      extend: 'The consultation was given more time',
    },
  },
  planAct: {
    ...{ announce: 'The plan was announced', gather: 'The gathering of contributions opened' },
    ...{ gather_longer: 'More time was given for contributions', draft: 'The drafting of the plan began' },
    ...{ consult: 'The public consultation of the plan opened', extend: 'More time was given to its consultation' },
    ...{ respond: 'The consultation of the plan closed', revise: 'The revision of the plan began' },
    ...{ revise_unconsulted: 'The revision of the plan began, without consultation' },
    ...{ propose: 'The plan was proposed to the forum', endorse: 'The forum endorsed the plan' },
    ...{ submit: 'The plan was submitted to OGP', implement: 'The implementation of the plan began' },
    ...{ inspect: 'The inception assessment began', report: 'The inception report is in' },
    ...{ close: 'The plan was closed', amend: 'The plan was opened to be amended' },
    ...{ replan: 'The plan went back to planning', recall: 'The plan went back to outreach' },
    ...{ regather: 'The gathering of contributions opened again', redraft: 'The plan went back to drafting' },
    ...{ reconsult: 'The plan was consulted on again', return: 'The plan was returned to be adjusted' },
    ...{ reopen: 'The plan was opened again' },
  },
  happened: {
    text: (version) => `The text of the plan was published, version ${version}`,
    endorsement: (organisation) => `Endorsement of ${organisation}`,
    letter: (organisation) => `Letter of support of ${organisation}`,
    progress: (number, status) => `Report on milestone ${number}: ${status.toLowerCase()}`,
    assessment: (level) => `Assessment of the monitoring body: ${level.toLowerCase()}`,
  },
  closes: (day) => `Until ${day}`,
  workshop: 'Workshop',
  meeting: 'Meeting',
  followUp: 'Follow-up meeting',
  followUps: 'Follow-up meetings',
  followUpsLead: 'At these it was looked at how far what was approved in this plan has come.',
  attended: (count) => `${count} people`,
  cameFrom: 'Who came',
  mode: meetingModeNames.en,
  agenda: 'Agenda',
  results: 'What came of it',
  materials: 'Material',
  sentOn: (day) => `sent on ${day}`,
  photos: 'Photos and files',
  moreOf: 'Agenda, attendance and material',
  allDissents: 'Reserved positions',
  why: 'Why',
  inputsTitle: 'Contributions and answers',
  inputsLead: 'What people brought to the plan, and what they were answered.',
  noInputs: 'There are no more contributions.',
  input: (number) => `Contribution ${number}`,
  takenBack: 'Whoever brought it took it back, or asked for it to be erased.',
  nobody: 'No name',
  pending: 'Not answered yet.',
  answer: 'Answer',
  earlier: 'Earlier answers',
  channel: {
    ...{ online: 'Online', meeting: 'At a meeting', paper: 'On paper', voice: 'By word of mouth', photo: 'In a photo' },
    ...{ mail: 'By mail', web: 'On this page' },
  },
  outcome: outcomeNames.en,
  about: 'About',
  saidIn: (number, title) => `Said at meeting ${number}: ${title}`,
  shownInPlan: (number) => `It shows in version ${number} of the text of the plan.`,
  mergedInto: (number) => `It was merged into contribution ${number}.`,
  shownIn: (number, commitment) => `It shows in version ${number} of commitment ${commitment}.`,
  next: 'Next contributions',
  first: 'Back to the first',
  recordTitle: 'Record and verification',
  recordLead:
    'All that the plan decides stands in a record which nobody can change unnoticed, not even whoever keeps it.',
  recordSteps: [
    'Download the exact text of a commitment, on its page, under “Downloads”.',
    'Compute its SHA-256, for example with the program sha256sum, and compare it with the fingerprint of the approval.',
    'Note the key and the signed head below. Should the record ever be another one, they prove it.',
    'Whoever takes part in the plan can download the whole record and verify it without a network.',
  ],
  recordKey: 'Key that verifies the signatures',
  recordHead: 'Last signed head',
  recordHeadNone: 'Nothing is signed yet.',
  recordSize: (size) => `${size} entries in the tree`,
  recordLast: 'Last signed entry of this plan',
  verifyHere: 'Verify a file of the record',
  checkpointLink: 'The signed head, for programs',
  embed: 'Show it on another page',
  embedHelp: 'Copy this into the page where you want to show it:',
  open: 'Open the whole commitment',
  comment: {
    title: 'Comment on this draft',
    lead: 'Anybody may comment. You need no account.',
    words: 'Your comment',
    about: 'About which part',
    whole: 'The whole commitment',
    name: 'Your name, if you want it to be shown',
    law: 'What is kept, and what you can ask for',
    consent: 'I agree that my comment, and my name if I wrote it, are kept and published with this plan.',
    send: 'Send the comment',
    follows: 'Somebody of the plan reads it before it is shown. You get a code to see what was answered.',
    noWords: 'Write your comment.',
    tooLong: (most) => `The comment may have up to ${most} letters.`,
    noConsent: 'To send it you need to agree.',
    early: 'The consultation is not open yet. What you wrote is still here, but cannot be sent yet.',
    over: 'The consultation is over. What you wrote is still here, but cannot be sent any more.',
    tooMany: 'Many comments were sent from this connection. Wait a while and send it again.',
    taken: 'We received your comment',
    takenText: (number) => `It is contribution ${number} of the plan. This is your code:`,
    keep: 'Write it down. With it you see, without an account, that your comment is in the record and what was answered.',
    look: 'See the receipt',
  },
  planState: {
    ...{ planning: 'Planning', outreach: 'Outreach', gathering: 'Gathering contributions' },
    ...{ drafting: 'Drafting', consultation: 'Public consultation', response: 'Reasoned response' },
    ...{ revision: 'Revision', endorsement: 'Forum endorsement', approval: 'Approval', submitted: 'Submitted' },
    ...{ implementing: 'Implementation', inception: 'Inception assessment', amended: 'Amended', closed: 'Closed' },
  },
  commitmentState: commitmentStateNames.en,
}

/** The words of the public pages by language. */
export const siteWords: Record<WrittenLanguage, SiteWords> = { es, en }
