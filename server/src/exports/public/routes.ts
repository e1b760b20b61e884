import type { WrittenLanguage } from '@cabildo/protocol/names'
import { type Context, Hono } from 'hono'
import type { Throttles } from '../../auth/throttling.ts'
import { networkOf } from '../../http/address.ts'
import type { HttpEnv } from '../../http/env.ts'
import type { PublicDeps } from '../../publish/service.ts'
import {
  createKeptPages,
  encode,
  type KeptLimits,
  type KeptPage,
  type KeptPlan,
  type KeptPlans,
  type KeptTime,
  type Made,
} from '../../publish/site/kept.ts'
import { pathIn } from '../../publish/site/page.ts'
import { send } from '../../publish/site/send.ts'
import { createLine } from '../../turns.ts'
import { describeFile, isPlanFileName, type PlanFileName } from '../files.ts'
import { asFile } from '../sending.ts'
import { exportPublicPlan, type MakingDeps, type SentFile, takesLong, tellsInputs } from '../service.ts'

/** What files of public plans need. */
export interface PublicFileDeps extends PublicDeps, MakingDeps {
  /** The plans that are kept, which the pages share. */
  plans: KeptPlans
  time: KeptTime
  kept: KeptLimits
  throttles: Pick<Throttles, 'bucket'>
}

/** How many bytes of files are kept. */
const mostBytes = 16 << 20
const slugs = /^[a-z0-9-]{1,60}$/
/** How many files that are made for each who asks one network is given a minute. A village may sit behind one address. */
const mostMade = { points: 20, seconds: 60 }
const tooMany = { detail: 'Too many files wait.', retryAfter: 5 }

/**
 * Files of public plans, for anybody: below each plan's public page, in Spanish and English. What takes long is made one at a
 * time, in a line of strangers alone, so that those who take part in a plan never wait for them, and stands until the plan says
 * something else. What tells each input is made anew for each who asks, as often as their network may.
 */
export function publicFileRoutes(deps: PublicFileDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const page = createKeptPages(deps.time, { ...deps.kept, bytes: mostBytes })
  const byNetwork = deps.throttles.bucket('public file: network', mostMade)
  const inLine = createLine(8, tooMany)
  const withInputs = createLine(8, tooMany)

  async function pageOf(
    c: Context<HttpEnv>,
    { plan, stamp, lasting }: KeptPlan,
    { name, language }: { name: PlanFileName; language: WrittenLanguage },
  ): Promise<KeptPage> {
    const make = async () => madeOf(await exportPublicPlan(deps, plan, { name, language }))
    if (takesLong(name)) return page(c.req.path, lasting, () => inLine(make), { apart: true })
    if (!tellsInputs(name)) return page(c.req.path, stamp, make)
    // Not kept: the names of people without an account are deleted without a trace.
    await byNetwork.take(networkOf(c.var.address))
    return withInputs(() => encode(make))
  }

  for (const language of ['es', 'en'] as const) {
    app.get(pathIn(language, '/p/:slug/files/:file'), async (c, next) => {
      const { slug = '', file = '' } = c.req.param() as { slug?: string; file?: string }
      const found = slugs.test(slug) && isPlanFileName(file) ? await deps.plans(slug) : undefined
      // The site says that there is nothing.
      if (!found || !isPlanFileName(file)) return next()
      const { mediaType, name } = describeFile(file)
      const made = await pageOf(c, found, { name: file, language })
      asFile(c, `${slug}-${name[language]}`)
      return send(c, made, mediaType)
    })
  }

  return app
}

/** What is text is sent compressed. */
function madeOf({ bytes, mediaType }: SentFile): Made {
  return /^text\/|json/.test(mediaType) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : bytes
}
