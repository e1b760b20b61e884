/**
 * Writes to people what happened, once a day at most.
 * 1. Whoever is due, and has news worth a letter, is worked out from what happened.
 * 2. The letter of the day is taken, which one process alone can do, and only then sent.
 * 3. How far it told is kept once the mail server took it; what was lost is told the next time.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Keys } from '../../keys.ts'
import type { Logger } from '../../log.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { type Repeated, repeat } from '../../repeat.ts'
import type { Clock } from '../../rooms/ports.ts'
import { townTime } from '../../town-time.ts'
import { digestLetter, type PlanNews } from './digest.ts'
import { firstHour, isWorthALetter, mostNews, type Setting } from './rules.ts'
import { planUrl } from './service.ts'
import { stopToken } from './stop-token.ts'
import { findDue, findHead, findNews, findParts, findSeen, findTexts, keepMailed, takeLetter } from './store.ts'

/** How many people are asked for at once. */
const atOnce = 500
const everyHour = 60 * 60 * 1000

/** What letters need. */
export interface LetterDeps {
  db: Kysely<Database>
  mailer: Mailer
  keys: Pick<Keys, 'derive'>
  config: { readonly baseUrl: string }
  now: () => Date
  logger: Pick<Logger, 'error'>
}

/**
 * Writes to everybody who is due, and answers how many letters the mail server took. `enough` ends it early. Whoever's
 * letter fails is logged and passed over: they keep nobody else from theirs.
 */
export async function writeLetters(deps: LetterDeps, enough: () => boolean = () => false): Promise<number> {
  const { db, mailer, now, logger } = deps
  const { day, hour } = townTime(now())
  if (!mailer.on || hour < firstHour) return 0
  let sent = 0
  for (let after = ''; ; ) {
    const due = await findDue(db, day, { after, limit: atOnce })
    for (const { userId, setting } of due) {
      if (enough()) return sent
      try {
        if (await writeLetter(deps, { userId, setting, day })) sent++
      } catch (err) {
        logger.error({ err, userId }, 'the letter of somebody failed')
      }
    }
    const last = due.at(-1)
    if (!last) return sent
    after = last.userId
  }
}

/** Runs `writeLetters` every hour: whoever was due while the program was down has their letter when it is back. */
export function createLetters(deps: LetterDeps & { clock: Clock; logger: Pick<Logger, 'info' | 'error'> }): Repeated {
  return repeat(deps, { every: everyHour, failure: 'the letters of the day failed' }, async (enough) => {
    const letters = await writeLetters(deps, enough)
    if (letters > 0) deps.logger.info({ letters }, 'wrote what happened to those who were away')
  })
}

async function writeLetter(
  { db, mailer, keys, config, now }: LetterDeps,
  { userId, setting, day }: { userId: string; setting: Setting; day: string },
): Promise<boolean> {
  const at = now()
  const plans: (PlanNews & { planId: string; head: number })[] = []
  for (const { planId, slug, title } of await findParts(db, userId)) {
    const head = await findHead(db, planId)
    const mark = await findSeen(db, planId, userId)
    // Somebody who left the plan in between is told nothing of it.
    if (!mark) continue
    const { seen, seenAt, mailed, mailedAt } = mark
    const reader = { planId, userId, documentIds: null }
    const after = mailedAt !== null && mailedAt > seenAt ? mailedAt : seenAt
    const news = await findNews(db, reader, { above: Math.max(seen, mailed), limit: mostNews })
    const texts = await findTexts(db, reader, after)
    if (news.length > 0 || texts.length > 0)
      plans.push({ planId, head, title, url: planUrl(config.baseUrl, slug), news, texts })
  }
  if (!isWorthALetter(setting, plans)) return false
  const taken = await takeLetter(db, userId, day)
  if (!taken) return false
  const stopUrl = `${config.baseUrl}/sin-cartas#${stopToken(keys, userId)}`
  const { language } = setting
  const letter = digestLetter({ to: taken.email, name: taken.name, language, baseUrl: config.baseUrl, stopUrl }, plans)
  if (!(await mailer.send(letter))) return false
  for (const { planId, head } of plans) await keepMailed(db, planId, userId, { mailed: head, mailedAt: at })
  return true
}
