/** Takes comments of the public from a plain form, as often as one network may. */
import { AppError } from '@cabildo/protocol/errors'
import type { Context } from 'hono'
import type { Throttles } from '../../auth/throttling.ts'
import { networkOf } from '../../http/address.ts'
import type { HttpEnv } from '../../http/env.ts'
import { type PublicCommentDeps, takeComment } from '../../review/inputs/public/service.ts'
import type { PublicCommitment, PublicPlan } from '../reading.ts'
import type { Html, Site } from './page.ts'
import {
  commentAgainPage,
  commentTakenPage,
  consultationPhase,
  type Fault,
  mostName,
  mostWords,
  type Typed,
} from './pages/comment-part.ts'

/** What comments need. */
export interface CommentDeps extends PublicCommentDeps {
  throttles: Pick<Throttles, 'bucket'>
  now: () => Date
}

/** How many comments an hour. A village may sit behind one address. */
const limits = { network: 30, plan: 600, seconds: 3600 }

/** Makes what takes comments: it answers the page that follows, and under which status. */
export function createComments(deps: CommentDeps) {
  const bucket = (name: string, points: number) =>
    deps.throttles.bucket(`public comment: ${name}`, { points, seconds: limits.seconds })
  const byNetwork = bucket('network', limits.network)
  const byPlan = bucket('plan', limits.plan)

  return async (
    c: Context<HttpEnv>,
    site: Site,
    plan: PublicPlan,
    one: PublicCommitment,
  ): Promise<{ page: Html; status: 201 | 400 | 409 | 429 }> => {
    const { say, language } = site
    const typed = await readForm(c)
    const again = (faults: readonly Fault[], status: 400 | 409 | 429 = 400) => ({
      page: commentAgainPage(site, plan, one, { typed, faults }),
      status,
    })
    const refuse = (text: string, status: 409 | 429) => again([{ at: 'form', text }], status)
    const { words, field, name, consent } = typed
    const faults: Fault[] = []
    if (words === '') faults.push({ at: 'words', text: say.comment.noWords })
    if (words.length > mostWords) faults.push({ at: 'words', text: say.comment.tooLong(mostWords) })
    if (!consent) faults.push({ at: 'consent', text: say.comment.noConsent })
    if (faults.length > 0) return again(faults)
    const network = networkOf(c.var.address)
    try {
      await byNetwork.take(network)
      await byPlan.take(plan.id)
      const about = one.fields.some(({ key }) => key === field) ? field : undefined
      const comment = { planId: plan.id, documentId: one.documentId, field: about, words, name, language, network }
      const taken = await takeComment(deps, { ...comment, now: deps.now() })
      return { page: commentTakenPage(site, plan, one, taken), status: 201 }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'frozen') {
        const isEarly = consultationPhase(one, deps.now()) === 'ahead'
        return refuse(isEarly ? say.comment.early : say.comment.over, 409)
      }
      if (error.code !== 'throttled') throw error
      c.header('Retry-After', String(Math.ceil(error.retryAfter ?? 60)))
      return refuse(say.comment.tooMany, 429)
    }
  }
}

async function readForm(c: Context<HttpEnv>): Promise<Typed> {
  const form = new URLSearchParams(await c.req.text())
  // The database holds no U+0000; lines end as they do everywhere else here.
  const said = (name: string) =>
    (form.get(name) ?? '').replaceAll('\u0000', '').replaceAll('\r\n', '\n').toWellFormed().trim()
  const name = said('name').replace(/\s+/g, ' ').slice(0, mostName).toWellFormed()
  return { words: said('words'), field: said('field'), name, consent: form.get('consent') === 'yes' }
}
