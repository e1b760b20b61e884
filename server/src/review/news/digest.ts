/**
 * News in plain words, Spanish or English, to send, paste or print. What leaves the program cannot be called back when
 * somebody is erased or wishes to be shown otherwise: so it names nobody and quotes nobody, and says where to read on.
 */
import type { Mail } from '../../mail/mailer.ts'
import { townZone } from '../../town-time.ts'
import { type NewsRow, type Setting, type TextRow, textOrder, textPath } from './rules.ts'

/** A plan's news, and where its pages are: `https://host/plans/slug`. */
export interface PlanNews {
  title: string
  url: string
  news: readonly NewsRow[]
  texts: readonly TextRow[]
}

type Language = Setting['language']
type Forms = readonly [one: string, more: string]

const lines: Readonly<Record<Language, Readonly<Record<NewsRow['kind'], Forms>>>> = {
  es: {
    commented: ['comentario nuevo', 'comentarios nuevos'],
    resolved: ['comentario resuelto', 'comentarios resueltos'],
    reopened: ['comentario abierto de nuevo', 'comentarios abiertos de nuevo'],
    proposed: ['propuesta nueva', 'propuestas nuevas'],
    accepted: ['propuesta aceptada', 'propuestas aceptadas'],
    rejected: ['propuesta no aceptada', 'propuestas no aceptadas'],
    brought: ['aporte nuevo', 'aportes nuevos'],
    answered: ['aporte respondido', 'aportes respondidos'],
    shown: ['aporte suyo se ve en una versión', 'aportes suyos se ven en una versión'],
    version: ['versión guardada', 'versiones guardadas'],
    moved: ['cambio de estado', 'cambios de estado'],
    asked: ['solicitud de aprobación', 'solicitudes de aprobación'],
    approved: ['aprobación', 'aprobaciones'],
    returned: ['texto devuelto', 'textos devueltos'],
    recalled: ['solicitud de aprobación retirada', 'solicitudes de aprobación retiradas'],
    dissented: ['posición reservada', 'posiciones reservadas'],
  },
  en: {
    commented: ['new comment', 'new comments'],
    resolved: ['comment resolved', 'comments resolved'],
    reopened: ['comment opened again', 'comments opened again'],
    proposed: ['new proposal', 'new proposals'],
    accepted: ['proposal accepted', 'proposals accepted'],
    rejected: ['proposal not accepted', 'proposals not accepted'],
    brought: ['new contribution', 'new contributions'],
    answered: ['contribution answered', 'contributions answered'],
    shown: ['contribution of yours shows in a version', 'contributions of yours show in a version'],
    version: ['version kept', 'versions kept'],
    moved: ['change of state', 'changes of state'],
    asked: ['request for approval', 'requests for approval'],
    approved: ['approval', 'approvals'],
    returned: ['text returned', 'texts returned'],
    recalled: ['request for approval withdrawn', 'requests for approval withdrawn'],
    dissented: ['position reserved', 'positions reserved'],
  },
}

const outcomes: Readonly<Record<Language, Readonly<Record<NonNullable<NewsRow['outcome']>, string>>>> = {
  es: {
    adopted: 'se adopta',
    adapted: 'se adopta con cambios',
    merged: 'se une a otro',
    not_adopted: 'no se adopta',
    out_of_scope: 'queda fuera del alcance',
  },
  en: {
    adopted: 'adopted',
    adapted: 'adopted with changes',
    merged: 'merged into another',
    not_adopted: 'not adopted',
    out_of_scope: 'out of scope',
  },
}

const words = {
  es: {
    news: 'Novedades de',
    textChanged: 'el texto cambió',
    elsewhere: 'Del plan entero',
    nothing: 'No hubo novedades.',
    yours: 'Por usted:',
    others: 'Además:',
    more: 'Ver todo:',
    site: 'Lo que ya es público, sin cuenta:',
    commitment: 'compromiso',
    mention: 'Le mencionan en el comentario',
    thread: {
      commented: 'Hay una respuesta al comentario',
      resolved: 'Se resolvió el comentario',
      reopened: 'Se abrió de nuevo el comentario',
    },
    proposal: { accepted: 'Se aceptó su propuesta', rejected: 'No se aceptó su propuesta' },
    part: { accepted: 'Se aceptó una parte de su propuesta', rejected: 'No se aceptó una parte de su propuesta' },
    approval: {
      asked: 'Le piden aprobar la versión',
      approved: 'Aprobaron, como usted pidió, la versión',
      returned: 'Devolvieron la versión',
      recalled: 'Se retiró la solicitud de aprobar la versión',
    },
    input: 'Su aporte',
    answered: 'tiene respuesta',
    shown: 'se ve en la versión',
    brought: 'se anotó como suyo',
    broughtMore: 'aportes se anotaron como suyos',
  },
  en: {
    news: 'News of',
    textChanged: 'the text changed',
    elsewhere: 'Of the whole plan',
    nothing: 'There was no news.',
    yours: 'Because of you:',
    others: 'Also:',
    more: 'Read it all:',
    site: 'What is public, without an account:',
    commitment: 'commitment',
    mention: 'You are named in comment',
    thread: {
      commented: 'There is a reply to comment',
      resolved: 'Resolved: comment',
      reopened: 'Opened again: comment',
    },
    proposal: { accepted: 'Accepted: your proposal', rejected: 'Not accepted: your proposal' },
    part: { accepted: 'Accepted: a part of your proposal', rejected: 'Not accepted: a part of your proposal' },
    approval: {
      asked: 'You are asked to approve version',
      approved: 'Somebody approved, as you asked, version',
      returned: 'Somebody returned version',
      recalled: 'Withdrawn was the request to approve version',
    },
    input: 'Your contribution',
    answered: 'has an answer',
    shown: 'shows in version',
    brought: 'was written down as yours',
    broughtMore: 'contributions were written down as yours',
  },
} as const

const dates = {
  es: new Intl.DateTimeFormat('es-PA', { dateStyle: 'long', timeZone: townZone }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: townZone }),
}

/**
 * What happened in a plan between two moments, as a text that ends with a line feed. `site`: where whoever has no account
 * reads what is public of the plan; null while nothing is.
 */
export function digestText(
  plan: PlanNews,
  { language, from, to, site }: { language: Language; from: Date; to: Date; site: string | null },
): string {
  const said = words[language]
  const day = dates[language]
  const span =
    language === 'es' ? `Del ${day.format(from)} al ${day.format(to)}` : `${day.format(from)} to ${day.format(to)}`
  const body = counted(plan, language)
  const told = body.length === 0 ? [said.nothing] : body
  const end = [`${said.more} ${plan.url}/novedades`, ...(site === null ? [] : [`${said.site} ${site}`])]
  return `${[`${said.news} ${plan.title}`, span, '', ...told, ...end].join('\n')}\n`
}

/** What happened by commitment, in counts, each with its address; what is of no commitment comes last. */
function counted({ url, news, texts }: PlanNews, language: Language): string[] {
  const said = words[language]
  const changed = new Map(texts.map((text) => [text.documentId, text]))
  const byDocument = Map.groupBy(news, ({ documentId }) => documentId)
  const titles = new Map<string, { commitment: number; title: string }>()
  for (const { documentId, commitment, title } of [...news, ...texts]) {
    if (documentId !== null && commitment !== null && title !== null) titles.set(documentId, { commitment, title })
  }
  const parts = [...titles].toSorted(([, one], [, other]) => textOrder(one.commitment, other.commitment))
  const told = parts.flatMap(([documentId, { commitment, title }]) => [
    `${commitment <= 0 ? '' : `${commitment}. `}${oneLine(title)}`,
    ...(changed.has(documentId) ? [`- ${said.textChanged}`] : []),
    ...countLines(byDocument.get(documentId) ?? [], language),
    addressOf(url, commitment, changed.has(documentId) ? [] : (byDocument.get(documentId) ?? [])),
    '',
  ])
  const rest = news.filter(({ documentId }) => documentId === null || !titles.has(documentId))
  return rest.length === 0 ? told : [...told, said.elsewhere, ...countLines(rest, language), '']
}

/**
 * Where things of one commitment happened: the thread or the proposal that all of them are about, the list of either when
 * they are about several, the page of the approval when all are of one, else the text.
 */
function addressOf(url: string, commitment: number, news: readonly NewsRow[]): string {
  const text = `${url}${textPath(commitment)}`
  if (news.length > 0 && news.every(({ kind }) => ofApproval.has(kind))) return `${text}/approval`
  for (const [list, numberOf] of lists) {
    const numbers = new Set(news.map(numberOf))
    const [only] = numbers
    if (numbers.size === 0 || numbers.has(null)) continue
    return `${text}?${list}=${numbers.size === 1 ? only : 'open'}`
  }
  return text
}

const ofApproval: ReadonlySet<NewsRow['kind']> = new Set(['asked', 'approved', 'returned', 'recalled'])

const lists: readonly (readonly [list: string, numberOf: (row: NewsRow) => number | null])[] = [
  ['threads', ({ threadNumber }) => threadNumber],
  ['proposals', ({ proposalNumber }) => proposalNumber],
]

/** Where one thing happened; undefined when its place is not known any more. */
function placeOf(url: string, row: NewsRow): string | undefined {
  const { cause, kind, commitment, inputNumber, versionId, count } = row
  if (cause === 'input' && kind === 'brought' && count > 1) return `${url}/inputs?mine=true`
  if (cause === 'input' && kind !== 'shown') return `${url}/inputs/${inputNumber}`
  if (commitment === null) return undefined
  if (kind === 'shown' && versionId !== null) return `${url}${textPath(commitment)}?v=${versionId}`
  return addressOf(url, commitment, [row])
}

/** Of what was decided on one proposal, part by part, one: that some of it was accepted, where it was. */
function decidedOnce(news: readonly NewsRow[]): NewsRow[] {
  const told = new Map<string | null, NewsRow>()
  for (const row of news) if (row.kind === 'rejected') told.set(row.proposalId, row)
  for (const row of news) if (row.kind === 'accepted') told.set(row.proposalId, row)
  return news.filter((row) => !decisions.has(row.kind) || told.get(row.proposalId) === row)
}

const decisions: ReadonlySet<NewsRow['kind']> = new Set(['accepted', 'rejected'])

function countLines(news: readonly NewsRow[], language: Language): string[] {
  const byKind = Map.groupBy(decidedOnce(news), ({ kind }) => kind)
  return (Object.keys(lines[language]) as NewsRow['kind'][]).flatMap((kind) => {
    const count = (byKind.get(kind) ?? []).reduce((sum, { count }) => sum + count, 0)
    if (count === 0) return []
    const [one, more] = lines[language][kind]
    return [`- ${count} ${count === 1 ? one : more}`]
  })
}

/** One thing that happened because of somebody. */
function causedWords(row: NewsRow, language: Language): string {
  const said = words[language]
  const where = row.commitment !== null && row.commitment > 0 ? ` (${said.commitment} ${row.commitment})` : ''
  switch (row.cause) {
    case 'mention':
      return `${said.mention} ${row.threadNumber}${where}`
    case 'thread': {
      const kind = row.kind === 'resolved' || row.kind === 'reopened' ? row.kind : 'commented'
      return `${said.thread[kind]} ${row.threadNumber}${where}`
    }
    case 'approval': {
      const kind = row.kind === 'approved' || row.kind === 'returned' || row.kind === 'recalled' ? row.kind : 'asked'
      return `${said.approval[kind]} ${row.versionNumber}${where}`
    }
    case 'proposal':
      return `${said[row.isPart ? 'part' : 'proposal'][row.kind === 'accepted' ? 'accepted' : 'rejected']} ${row.proposalNumber}${where}`
    default:
      if (row.kind === 'brought' && row.count > 1) return `${row.count} ${said.broughtMore}`
      return `${said.input} ${row.inputNumber} ${inputLine(row, language)}${where}`
  }
}

function inputLine({ kind, outcome, versionNumber }: NewsRow, language: Language): string {
  const said = words[language]
  if (kind === 'shown') return `${said.shown} ${versionNumber}`
  if (kind === 'brought' || outcome === null) return said.brought
  return `${said.answered}: ${outcomes[language][outcome]}`
}

/** Titles are people's words: they must not look like lines of ours. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The same as a line, with the address of its place under it. */
function causedLines(url: string, row: NewsRow, language: Language): string[] {
  const place = placeOf(url, row)
  return [`- ${causedWords(row, language)}`, ...(place === undefined ? [] : [`  ${place}`])]
}

const letterWords = {
  es: {
    subject: 'Novedades en Cabildo',
    hello: (name: string) => `Hola, ${name}:`,
    why: 'Recibe esta carta, a lo más una vez al día, porque participa en un plan. Elija cómo en su perfil:',
    stop: 'No recibir más cartas (no hace falta entrar):',
  },
  en: {
    subject: 'News in Cabildo',
    hello: (name: string) => `Hello ${name},`,
    why: 'You get this letter, once a day at most, because you take part in a plan. Choose how in your profile:',
    stop: 'Get no more letters (no need to sign in):',
  },
}

/** How many things that happened because of somebody one plan's part of a letter tells one by one. */
const mostCaused = 20

/** The one letter of a day to somebody: what happened because of them first, then the rest in counts. */
export function digestLetter(
  {
    to,
    name,
    language,
    baseUrl,
    stopUrl,
  }: {
    to: string
    name: string
    language: Language
    baseUrl: string
    stopUrl: string
  },
  plans: readonly PlanNews[],
): Mail {
  const said = words[language]
  const own = letterWords[language]
  const told = plans.flatMap((plan) => {
    const caused = plan.news.filter(({ cause }) => cause !== null)
    const rest = counted({ ...plan, news: plan.news.filter(({ cause }) => cause === null) }, language)
    return [
      `${said.news} ${oneLine(plan.title)}`,
      '',
      ...(caused.length === 0
        ? []
        : [said.yours, ...caused.slice(0, mostCaused).flatMap((row) => causedLines(plan.url, row, language)), '']),
      ...(rest.length === 0 ? [] : [...(caused.length === 0 ? [] : [said.others]), ...rest]),
      `${said.more} ${plan.url}/novedades`,
      '',
    ]
  })
  const end = ['--', own.why, `${baseUrl}/profile`, own.stop, stopUrl]
  return {
    to,
    subject: own.subject,
    text: `${[own.hello(name), '', ...told, ...end].join('\n')}\n`,
    unsubscribe: stopUrl,
  }
}
