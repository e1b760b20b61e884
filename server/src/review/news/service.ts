/** Tells people what happened while they were away, and because of them. */
import { AppError } from '@cabildo/protocol/errors'
import type { Role } from '@cabildo/protocol/http/common'
import type { ChangedText, NewsItem, NewsSettings, Unread } from '@cabildo/protocol/http/news'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { may, rolesWithSecondFactor } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import type { Keys } from '../../keys.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { enterPlan, peopleOf } from '../../people/service.ts'
import { digestText, type PlanNews } from './digest.ts'
import {
  markOf,
  mostNews,
  type NewsRow,
  type Reader,
  type Seen,
  type Setting,
  seenBy,
  type TextRow,
  usualDays,
  wordsShown,
} from './rules.ts'
import { whoStops } from './stop-token.ts'
import {
  countNews,
  findHead,
  findNews,
  findParts,
  findPlanWords,
  findReached,
  findSeen,
  findSetting,
  findTexts,
  keepSeen,
  keepSetting,
  stopMail,
} from './store.ts'

/** What news need. */
export interface NewsDeps {
  db: Kysely<Database>
  mailer: Pick<Mailer, 'on'>
  keys: Pick<Keys, 'derive'>
  now: () => Date
  /** Read when it is used: it may still change until the server listens. */
  config: { readonly baseUrl: string }
}

/** What of a plan somebody reads: all of it, or as a guest what their workshop works on. */
async function readerOf(db: Kysely<Database>, actor: Actor, planId: string): Promise<Reader> {
  const { userId, workshopId } = actor
  return { planId, userId, documentIds: workshopId === null ? null : await findReached(db, planId, userId) }
}

/** Counts what somebody has not seen, in each of their plans. */
export async function listUnread(
  { db }: Pick<NewsDeps, 'db'>,
  actor: Actor,
): Promise<{ planId: string; slug: string; title: string; unread: Unread }[]> {
  const open = (await findParts(db, actor.userId)).filter(({ role: named }) => {
    // A check in the database holds the column to the roles.
    const role = named as Role
    return may(role, 'plan.open') && (actor.secondFactor || !rolesWithSecondFactor.includes(role))
  })
  const counted = await Promise.all(
    open.map(async ({ planId, slug, title }) => {
      const reader = await readerOf(db, actor, planId)
      const mark = await findSeen(db, planId, actor.userId)
      // Who left the plan in between has it no more.
      if (!mark) return []
      return [{ planId, slug, title, unread: await countNews(db, reader, { above: mark.seen, limit: mostNews }) }]
    }),
  )
  return counted.flat()
}

/** How far somebody has seen a plan that they entered; who left it in between finds none. */
async function seenIn(db: Kysely<Database>, planId: string, userId: string): Promise<Seen> {
  const mark = await findSeen(db, planId, userId)
  if (!mark) throw new AppError('not_found')
  return mark
}

/** A list of news as it stood when its first page was read: how far its reader had seen, the head of the record, and when. */
interface AsOf {
  seen: number
  head: number
  /** Milliseconds of the epoch. */
  at: number
}

/**
 * A page of news, one more than `limit`, and how far the reader had seen. `from` is where a later page goes on. `split`: how
 * far they had seen when they came, for who is shown the list once more.
 */
export async function listNews(
  { db, now }: Pick<NewsDeps, 'db' | 'now'>,
  actor: Actor,
  plan: string,
  {
    from,
    split,
    mine,
    limit,
  }: { from: (AsOf & { below: number }) | undefined; split: number | undefined; mine: boolean; limit: number },
): Promise<{
  items: z.input<typeof NewsItem>[]
  texts: z.input<typeof ChangedText>[]
  unread: Unread
  seen: number
  mark: string
  asOf: AsOf
}> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  const at = now()
  // Before the news are read: what comes in between is told the next time.
  const head = await findHead(db, planId)
  const reader = await readerOf(db, actor, planId)
  const { seen, seenAt } = await seenIn(db, planId, actor.userId)
  const asOf: AsOf = from ?? { seen: split ?? seen, head, at: at.getTime() }
  const [rows, unread, texts] = [
    await findNews(db, reader, { seen: asOf.seen, head: asOf.head, below: from?.below, mine, limit: limit + 1 }),
    await countNews(db, reader, { above: seen, limit: mostNews }),
    from ? [] : await findTexts(db, reader, seenAt),
  ]
  const mark = markOf(asOf.head, new Date(asOf.at))
  return { items: await tell(db, planId, rows), texts: texts.map(tellText), unread, seen: asOf.seen, mark, asOf }
}

/** Says that somebody has seen what came up to a mark, and counts what they have not. */
export async function markSeen(
  { db, now }: Pick<NewsDeps, 'db' | 'now'>,
  actor: Actor,
  plan: string,
  mark: string,
): Promise<Unread> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  const head = await findHead(db, planId)
  await keepSeen(db, planId, actor.userId, seenBy(mark, { head, now: now() }))
  const { seen } = await seenIn(db, planId, actor.userId)
  return countNews(db, await readerOf(db, actor, planId), { above: seen, limit: mostNews })
}

/** What happened in a plan in the last days, in plain words. Not for guests, who do not see all of it. */
export async function readDigest(
  { db, now, config }: Pick<NewsDeps, 'db' | 'now' | 'config'>,
  actor: Actor,
  plan: string,
  { days = usualDays, language = 'es' }: { days?: number | undefined; language?: Setting['language'] | undefined },
): Promise<{ text: string; from: string; to: string }> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  const to = now()
  const from = new Date(to.getTime() - days * 24 * 60 * 60 * 1000)
  // Of nobody's view: what the reader did themselves is news to those who get the text.
  const reader: Reader = { planId, userId: '', documentIds: null }
  const { slug, title, state } = await findPlanWords(db, planId)
  const told: PlanNews = {
    title,
    url: planUrl(config.baseUrl, slug),
    news: await findNews(db, reader, { since: from, limit: mostNews }),
    texts: await findTexts(db, reader, from),
  }
  const site = state === 'planning' ? null : siteUrl(config.baseUrl, slug, language)
  return { text: digestText(told, { language, from, to, site }), from: from.toISOString(), to: to.toISOString() }
}

/** Where anybody reads what is public of a plan that was announced. */
function siteUrl(baseUrl: string, slug: string, language: Setting['language']): string {
  return `${baseUrl}${language === 'en' ? '/en' : ''}/p/${encodeURIComponent(slug)}`
}

/** Where the pages of a plan are. */
export function planUrl(baseUrl: string, slug: string): string {
  return `${baseUrl}/plans/${encodeURIComponent(slug)}`
}

/** Reads how somebody wishes to be told. */
export async function readSettings(
  { db, mailer }: Pick<NewsDeps, 'db' | 'mailer'>,
  actor: Actor,
): Promise<NewsSettings> {
  const { setting, hasAddress } = await findSetting(db, actor.userId)
  return { ...setting, without: mailer.on ? (hasAddress ? null : 'address') : 'mail' }
}

/** Keeps how somebody wishes to be told. Guests are not written to: `forbidden`. */
export async function changeSettings(
  deps: Pick<NewsDeps, 'db' | 'mailer'>,
  actor: Actor,
  setting: Setting,
): Promise<NewsSettings> {
  if (actor.workshopId !== null) throw new AppError('forbidden')
  await keepSetting(deps.db, actor.userId, setting)
  return readSettings(deps, actor)
}

/** Stops letters by the token of one. Throws `link_gone` for a token that was not made here. */
export async function stopLetters({ db, keys }: Pick<NewsDeps, 'db' | 'keys'>, token: string): Promise<void> {
  const userId = whoStops(keys, token)
  if (userId === undefined) throw new AppError('link_gone')
  await stopMail(db, userId)
}

async function tell(
  db: Kysely<Database>,
  planId: string,
  rows: readonly NewsRow[],
): Promise<z.input<typeof NewsItem>[]> {
  const mentioned = rows.flatMap(({ words }) =>
    [...words.matchAll(/@\[([A-Za-z0-9_-]{22})\]/g)].map(([, id = '']) => id),
  )
  const people = await peopleOf(db, planId, [...rows.flatMap(({ byId }) => byId ?? []), ...mentioned])
  const nameOf = (userId: string) => people.get(userId)?.name ?? ''
  return rows.map((row) => {
    const { entry, kind, cause, at, byId, outcome, state, count, words } = row
    return {
      ...{ entry: Number(entry), kind, cause, outcome, state, count, at: at.toISOString() },
      words: wordsShown(words, nameOf),
      by: (byId !== null && people.get(byId)) || null,
      document:
        row.documentId === null || row.commitment === null
          ? null
          : { id: row.documentId, number: row.commitment, title: row.title ?? '' },
      thread: numbered(row.threadId, row.threadNumber),
      proposal: proposalOf(row),
      input: numbered(row.inputId, row.inputNumber),
      version: numbered(row.versionId, row.versionNumber),
    }
  })
}

const numbered = (id: string | null, number: number | null) => (id === null || number === null ? null : { id, number })

const proposalOf = ({ proposalId, proposalNumber, isPart }: NewsRow) => {
  const proposal = numbered(proposalId, proposalNumber)
  return proposal && { ...proposal, isPart }
}

const tellText = ({ documentId, commitment, title, changedAt, since }: TextRow): z.input<typeof ChangedText> => ({
  document: { id: documentId, number: commitment, title },
  changedAt: changedAt.toISOString(),
  since: Number(since),
})
