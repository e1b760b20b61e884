import type { Party } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, PlanState, Sector } from '@cabildo/protocol/http/common'
import type { InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import type { Act } from '@cabildo/protocol/lifecycle'
import type { PublicCommitment } from '../reading.ts'

/** Languages of the public pages. */
export type SiteLanguage = 'es' | 'en'

/** The words of the public pages in one language. */
export interface SiteWords {
  site: string
  skip: string
  other: { language: SiteLanguage; name: string; label: string }
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
  inputsOf: (total: number, answered: number) => string
  seeInputs: string
  sections: string
  commitments: string
  noCommitments: string
  commitment: (number: number) => string
  standing: Record<PublicCommitment['standing'], string>
  standingText: Record<PublicCommitment['standing'], string>
  redacted: string
  ended: { withdrawn: string; merged: string; into: (number: number, title: string) => string }
  endorsements: string
  noEndorsements: string
  downloads: string
  downloadText: string
  downloadTextHint: string
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
  approvals: string
  notApproved: string
  approvedOn: (day: string) => string
  version: (number: number) => string
  party: Record<Party, string>
  said: string
  clausesDecided: (names: string) => string
  signedWith: string
  entry: (seq: number) => string
  hash: string
  hashHelp: string
  dissents: string
  noDissents: string
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
  workshop: string
  meeting: string
  attended: (count: number) => string
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
  mergedInto: (number: number) => string
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
  inputsOf: (total, answered) =>
    total === 1
      ? `Un aporte, ${answered === 1 ? 'con' : 'sin'} respuesta`
      : `${total} aportes, ${answered} con respuesta`,
  seeInputs: 'Leer los aportes y las respuestas',
  sections: 'El plan',
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
  downloads: 'Para bajar',
  downloadText: 'El texto exacto (JSON)',
  downloadTextHint: 'Su SHA-256 es la huella que se aprobó.',
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
  approvals: 'Aprobaciones',
  notApproved: 'Todavía no está aprobado.',
  approvedOn: (day) => `Aprobado el ${day}`,
  version: (number) => `Versión ${number}`,
  party: { government: 'Alcaldía', civil_society: 'Sociedad civil' },
  said: 'Dijo',
  clausesDecided: (names) => `estas cláusulas: ${names}`,
  signedWith: 'Firmado con llave de acceso:',
  entry: (seq) => `Entrada ${seq} del registro`,
  hash: 'Huella del texto',
  hashHelp: 'Con la huella cualquiera puede comprobar que el texto es este y no otro.',
  dissents: 'Posiciones reservadas',
  noDissents: 'Ningún grupo reservó una posición.',
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
  sector: {
    ...{ government: 'Gobierno', civil_society: 'Sociedad civil', community: 'Comunidad', academia: 'Academia' },
    private_sector: 'Sector privado',
  },
  historyTitle: 'Cómo se llegó a este texto',
  historyLead: 'Lo que pasó desde que el primer texto fue público: consultas, reuniones y decisiones.',
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
  workshop: 'Taller',
  meeting: 'Reunión',
  attended: (count) => `${count} personas`,
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
  outcome: {
    ...{ adopted: 'Adoptado', adapted: 'Adoptado con cambios', merged: 'Unido a otro aporte' },
    ...{ not_adopted: 'No adoptado', out_of_scope: 'Fuera de alcance' },
  },
  about: 'Sobre',
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
  commitmentState: {
    ...{ proposed: 'Propuesto', drafting: 'En redacción', review: 'En revisión', consultation: 'En consulta pública' },
    ...{ response: 'En respuesta y ajuste', final: 'Propuesta final', endorsed: 'Avalado', approved: 'Aprobado' },
    ...{ submitted: 'Presentado', implementing: 'En implementación', completed: 'Completado', assessed: 'Evaluado' },
    ...{ amending: 'En enmienda', merged: 'Fusionado', withdrawn: 'Retirado' },
  },
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
  inputsOf: (total, answered) =>
    total === 1
      ? `One contribution, ${answered === 1 ? 'answered' : 'not answered'}`
      : `${total} contributions, ${answered} answered`,
  seeInputs: 'Read the contributions and answers',
  sections: 'The plan',
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
  downloads: 'Downloads',
  downloadText: 'The exact text (JSON)',
  downloadTextHint: 'Its SHA-256 is the fingerprint that was approved.',
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
  approvals: 'Approvals',
  notApproved: 'It is not approved yet.',
  approvedOn: (day) => `Approved on ${day}`,
  version: (number) => `Version ${number}`,
  party: { government: 'Mayor’s office', civil_society: 'Civil society' },
  said: 'Said',
  clausesDecided: (names) => `these clauses: ${names}`,
  signedWith: 'Signed with a passkey:',
  entry: (seq) => `Entry ${seq} of the record`,
  hash: 'Fingerprint of the text',
  hashHelp: 'With the fingerprint anybody can check that the text is this one and no other.',
  dissents: 'Reserved positions',
  noDissents: 'No group reserved a position.',
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
  sector: {
    ...{ government: 'Government', civil_society: 'Civil society', community: 'Community', academia: 'Academia' },
    private_sector: 'Private sector',
  },
  historyTitle: 'How this text came to be',
  historyLead: 'What happened since the first text was public: consultations, meetings and decisions.',
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
  workshop: 'Workshop',
  meeting: 'Meeting',
  attended: (count) => `${count} people`,
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
  outcome: {
    ...{ adopted: 'Adopted', adapted: 'Adopted with changes', merged: 'Merged into another' },
    ...{ not_adopted: 'Not adopted', out_of_scope: 'Out of scope' },
  },
  about: 'About',
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
  commitmentState: {
    ...{ proposed: 'Proposed', drafting: 'Drafting', review: 'In review', consultation: 'In public consultation' },
    ...{ response: 'Response and adjustment', final: 'Final proposal', endorsed: 'Endorsed', approved: 'Approved' },
    ...{ submitted: 'Submitted', implementing: 'Implementing', completed: 'Completed', assessed: 'Assessed' },
    ...{ amending: 'Being amended', merged: 'Merged', withdrawn: 'Withdrawn' },
  },
}

/** The words of the public pages by language. */
export const siteWords: Record<SiteLanguage, SiteWords> = { es, en }
