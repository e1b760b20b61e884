import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { HttpEnv } from '../../http/env.ts'
import { type PublicDeps, readPublicPlan, stampOf } from '../../publish/service.ts'
import { createKept, encode, keptLimits, type Made } from '../../publish/site/kept.ts'
import { pathIn } from '../../publish/site/page.ts'
import { send } from '../../publish/site/send.ts'
import { createTurns } from '../../turns.ts'
import { describeFile, isPlanFileName } from '../files.ts'
import { asFile } from '../sending.ts'
import { exportPublicPlan, type MakingDeps, type SentFile, tellsInputs } from '../service.ts'

/** What files of public plans need. */
export interface PublicFileDeps extends PublicDeps, MakingDeps {
  /** In milliseconds. */
  clock: { now(): number }
}

/** How many files are waited for before the next is told to come back. */
const mostWaiting = 8
const limits = { ...keptLimits, bytes: 16 << 20, plans: 8 }
const slugs = /^[a-z0-9-]{1,60}$/

/**
 * Files of public plans, for anybody: below each plan's public page, in Spanish and English. They are made one at a time, so
 * that those who take part in a plan never wait for many strangers, and kept until the plan is another.
 */
export function publicFileRoutes(deps: PublicFileDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const reading = { ...deps, texts: new Map(), planTexts: new Map(), told: new Map() }
  const kept = createKept(
    {
      stamp: (slug) => stampOf(deps.db, slug),
      read: (slug, { strict }) => readPublicPlan(reading, slug, strict),
      now: () => deps.clock.now(),
      pause,
    },
    limits,
  )
  const inTurn = createTurns()
  let waiting = 0

  async function oneByOne(make: () => Promise<SentFile>): Promise<Made> {
    if (waiting >= mostWaiting) throw new AppError('unavailable', { detail: 'Too many files wait.', retryAfter: 5 })
    waiting += 1
    try {
      const { bytes, mediaType } = await inTurn('', make)
      // What is text is sent compressed.
      return /^text\/|json/.test(mediaType) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : bytes
    } finally {
      waiting -= 1
    }
  }

  for (const language of ['es', 'en'] as const) {
    app.get(pathIn(language, '/p/:slug/files/:file'), async (c, next) => {
      const { slug = '', file = '' } = c.req.param() as { slug?: string; file?: string }
      const found = slugs.test(slug) && isPlanFileName(file) ? await kept.plan(slug) : undefined
      // The site says that there is nothing.
      if (!found || !isPlanFileName(file)) return next()
      const { mediaType, name } = describeFile(file)
      const make = () => oneByOne(() => exportPublicPlan(deps, found.plan, { name: file, language }))
      // Not kept: the names of people without an account are deleted without a trace.
      const page = tellsInputs(file) ? await encode(make) : await kept.page(c.req.path, found.stamp, make)
      asFile(c, `${slug}-${name[language]}`)
      return send(c, page, mediaType)
    })
  }

  return app
}
