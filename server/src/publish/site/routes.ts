import { AppError } from '@cabildo/protocol/errors'
import { commitmentFields } from '@cabildo/schema/templates/ogp-commitment-fields'
import { ogpPlanShape } from '@cabildo/schema/templates/ogp-plan-shape'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { readLetter } from '../../endorsements/service.ts'
import type { HttpEnv } from '../../http/env.ts'
import { fileNumber, sendFile } from '../../http/file-parts.ts'
import { keptForEver, pagePolicy } from '../../http/headers.ts'
import { readShownFile } from '../../meetings/files/service.ts'
import { listPublicMinutes, readPublicMinutes } from '../../meetings/minutes/service.ts'
import { readPublicInputs } from '../inputs-part.ts'
import { listMapped, listPublicPlans } from '../lists.ts'
import type { PublicCommitment, PublicPlan } from '../reading.ts'
import { type PublicDeps, readPublicRecord } from '../service.ts'
import { cardOf, drawCard } from './card.ts'
import { type CommentDeps, createComments } from './comments.ts'
import { feedOf, robotsOf, sitemapOf } from './feed.ts'
import { createKeptPages, encode, type KeptLimits, type KeptPlan, type KeptPlans, type KeptTime } from './kept.ts'
import { type Html, pathIn, type Site, siteIn } from './page.ts'
import { type Consultation, consultationPhase, consultationsAt, type Phase } from './pages/comment-part.ts'
import { commitmentPage, embedPage } from './pages/commitment-page.ts'
import { historyPage } from './pages/history-page.ts'
import { inputsPage } from './pages/inputs-page.ts'
import { listPage, missingPage } from './pages/list-page.ts'
import { minutesListPage, minutesPage } from './pages/minutes-page.ts'
import { planPage } from './pages/plan-page.ts'
import { recordPage } from './pages/record-page.ts'
import { send } from './send.ts'
import { sheet, sheetPath } from './sheet.ts'

/** What the public pages need. */
export interface SiteDeps extends PublicDeps, CommentDeps {
  rooms: PublicDeps['rooms'] & CommentDeps['rooms']
  /** Read at every request. */
  config: { readonly baseUrl: string }
  /** The plans that are kept, which files share. */
  plans: KeptPlans
  time: KeptTime
  kept: KeptLimits
}

/** How many inputs a page shows. */
const inputsAtOnce = 20
/** Most bytes of a form: four thousand letters, each of up to twelve signs. */
const mostForm = 64 << 10

const tooLong = (): never => {
  throw new AppError('too_large', { detail: `The limit is ${mostForm} bytes.` })
}

const htmlType = 'text/html; charset=utf-8'
const xmlType = (kind: string) => `application/${kind}xml; charset=utf-8`
const slugs = /^[a-z0-9-]{1,60}$/
const numbers = /^[1-9]\d{0,8}$/

/**
 * The public pages of plans: made here, without a session, a cookie or a script. Under `/p` in Spanish and `/en/p` in
 * English.
 */
export function siteRoutes(deps: SiteDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const kept = { plan: deps.plans, page: createKeptPages(deps.time, deps.kept) }
  const comment = createComments(deps)
  /** A commitment of a plan, as it is now; undefined when there is none that is public. */
  const commitmentAt = async (slug: string, number: string) => {
    if (!slugs.test(slug) || !numbers.test(number)) return undefined
    const among = ({ commitments }: PublicPlan) => commitments.find((one) => one.number === Number(number))
    // A text is public from one moment on, and its first reader is not told that it is not there.
    const found = await kept.plan(slug, (plan) => among(plan) !== undefined)
    const one = found && among(found.plan)
    return one && { ...found, one }
  }

  /** Sends a picture, which is drawn anew only when it says something else; anybody's page may show it. */
  const sendCard = async (c: Context<HttpEnv>, card: object) => {
    c.header('Cross-Origin-Resource-Policy', 'cross-origin')
    // Another card is waited for: a title may have been taken out.
    const said = JSON.stringify(card)
    const stamp = { strict: said, whole: said }
    return send(c, await kept.page(c.req.path, stamp, () => drawCard(card), { apart: true }), 'image/png')
  }

  app.get(sheetPath.replace(/[^/]+$/, ':sheet'), (c) => {
    if (c.req.path !== sheetPath) throw new AppError('not_found')
    c.header('Content-Type', 'text/css; charset=utf-8')
    c.header('Cache-Control', keptForEver)
    return c.body(sheet)
  })
  app.get('/robots.txt', (c) => c.text(robotsOf(deps.config.baseUrl), 200, { 'Cache-Control': 'max-age=3600' }))
  app.get('/sitemap.xml', async (c) => {
    const minute = String(Math.floor(deps.time.now() / deps.kept.map))
    const make = async () => sitemapOf(deps.config.baseUrl, await listMapped(deps.db))
    return send(c, await kept.page(c.req.path, { strict: minute, whole: minute }, make, { apart: true }), xmlType(''))
  })

  for (const language of ['es', 'en'] as const) {
    const at = (path: string) => pathIn(language, path)
    const site = () => siteIn(language, deps.config.baseUrl)
    // It says the same to everybody: whoever asks for addresses that are not there costs no page each time.
    let missed: ReturnType<typeof encode> | undefined
    const missing = async (c: Context<HttpEnv>) => {
      c.header('Content-Security-Policy', pagePolicy())
      missed ??= encode(() => written(missingPage(site())))
      return send(c, await missed, htmlType, 404)
    }
    /** The plan of an address, as it is now; undefined when there is none that is public. */
    const planOf = async (c: Context<HttpEnv>): Promise<KeptPlan | undefined> => {
      const slug = c.req.param('slug') ?? ''
      return slugs.test(slug) ? kept.plan(slug) : undefined
    }
    const commitmentOf = (c: Context<HttpEnv>) => commitmentAt(c.req.param('slug') ?? '', c.req.param('number') ?? '')
    /** A page of a plan, kept until the plan is another, or another of its consultations is open. */
    const page = (
      path: string,
      make: (site: Site, plan: PublicPlan, consultations: Consultation[]) => Html | Promise<Html>,
    ) => {
      app.get(at(`/p/:slug${path}`), async (c) => {
        const found = await planOf(c)
        if (!found) return missing(c)
        c.header('Content-Security-Policy', pagePolicy())
        const consultations = consultationsAt(found.plan, deps.now())
        const phases = consultations.map(({ one, phase }) => `${one.number} ${phase}`).join()
        const stamp = { ...found.stamp, strict: `${found.stamp.strict} ${phases}` }
        const made = () => written(make(site(), found.plan, consultations))
        return send(c, await kept.page(c.req.path, stamp, made), htmlType)
      })
    }
    /** The same of one commitment. */
    const pageOfOne = (
      path: string,
      make: (site: Site, plan: PublicPlan, one: PublicCommitment, phase: Phase | null) => Html | Promise<Html>,
      { framed = false } = {},
    ) => {
      app.get(at(`/p/:slug/commitments/:number${path}`), async (c) => {
        const found = await commitmentOf(c)
        if (!found) return missing(c)
        const { plan, one } = found
        c.header('Content-Security-Policy', pagePolicy({ framed }))
        // A consultation opens and closes by the clock alone: the form comes and goes at once.
        const phase = consultationPhase(one, deps.now())
        const stamp = { ...found.stamp, strict: `${found.stamp.strict} ${phase}` }
        const made = () => written(make(site(), plan, one, phase))
        return send(c, await kept.page(c.req.path, stamp, made), htmlType)
      })
    }

    app.get(at('/p'), async (c) => {
      const plans = await listPublicPlans(deps.db)
      c.header('Content-Security-Policy', pagePolicy())
      return send(c, await encode(() => written(listPage(site(), plans))), htmlType)
    })
    page('', planPage)
    page('/history', historyPage)
    pageOfOne('', commitmentPage)
    pageOfOne('/embed', embedPage, { framed: true })

    app.get(at('/p/:slug/card.png'), async (c) => {
      const found = await planOf(c)
      if (!found) return missing(c)
      return sendCard(c, cardOf(site(), found.plan))
    })
    app.get(at('/p/:slug/commitments/:number/card.png'), async (c) => {
      const found = await commitmentOf(c)
      if (!found) return missing(c)
      const { plan, one } = found
      return sendCard(c, cardOf(site(), plan, one))
    })
    app.post(
      at('/p/:slug/commitments/:number/comments'),
      bodyLimit({ maxSize: mostForm, onError: tooLong }),
      async (c) => {
        const found = await commitmentOf(c)
        if (!found) return missing(c)
        const { plan, one } = found
        const { page, status } = await comment(c, site(), plan, one)
        c.header('Content-Security-Policy', pagePolicy())
        c.header('Cache-Control', 'no-store')
        return c.html(await written(page), status)
      },
    )
    // A short address for paper: it leads to the part, whatever the page around it becomes.
    app.get(at('/p/:slug/c/:number/:field'), async (c) => {
      const [slug = '', number = '', field = ''] = ['slug', 'number', 'field'].map((name) => c.req.param(name))
      const known = commitmentFields.some(({ name }) => name === field)
      if (!slugs.test(slug) || !numbers.test(number) || !known) return missing(c)
      return c.redirect(at(`/p/${slug}/commitments/${number}#${field}`), 302)
    })
    app.get(at('/p/:slug/s/:field'), async (c) => {
      const [slug = '', field = ''] = ['slug', 'field'].map((name) => c.req.param(name))
      const known = ogpPlanShape.fields.some(({ name }) => name === field)
      if (!slugs.test(slug) || !known) return missing(c)
      return c.redirect(at(`/p/${slug}#${field}`), 302)
    })
    // Not kept: the names of people without an account are deleted without a trace.
    app.get(at('/p/:slug/inputs'), async (c) => {
      const found = await planOf(c)
      if (!found) return missing(c)
      const asked = c.req.query('after') ?? ''
      const after = numbers.test(asked) ? Number(asked) : 0
      const inputs = await readPublicInputs(deps, found.plan, { after, limit: inputsAtOnce + 1 })
      const shown = inputs.slice(0, inputsAtOnce)
      const more = inputs.length > inputsAtOnce ? (shown.at(-1)?.number ?? null) : null
      c.header('Content-Security-Policy', pagePolicy())
      const consultations = consultationsAt(found.plan, deps.now())
      const made = inputsPage(site(), found.plan, { inputs: shown, after, more, consultations })
      return send(c, await encode(() => written(made)), htmlType)
    })
    app.get(at('/p/:slug/record'), async (c) => {
      const found = await planOf(c)
      if (!found) return missing(c)
      const record = await readPublicRecord(deps, found.plan.id)
      c.header('Content-Security-Policy', pagePolicy())
      return send(c, await encode(() => written(recordPage(site(), found.plan, record))), htmlType)
    })
    // Not kept: a meeting that is public no more takes its minutes along at once.
    app.get(at('/p/:slug/minutes'), async (c) => {
      const found = await planOf(c)
      if (!found) return missing(c)
      const all = await listPublicMinutes(deps.db, [found.plan.id])
      c.header('Content-Security-Policy', pagePolicy())
      return send(c, await encode(() => written(minutesListPage(site(), found.plan, all))), htmlType)
    })
    app.get(at('/p/:slug/minutes/:number'), async (c) => {
      const found = await planOf(c)
      const number = c.req.param('number') ?? ''
      const asked = numbers.test(number) ? Number(number) : 0
      const [minutes] = found && asked > 0 ? await readPublicMinutes(deps.db, found.plan.id, { meeting: asked }) : []
      if (!found || !minutes) return missing(c)
      c.header('Content-Security-Policy', pagePolicy())
      return send(c, await encode(() => written(minutesPage(site(), found.plan, minutes))), htmlType)
    })
    app.get(at('/p/:slug/feed.xml'), async (c) => {
      const found = await planOf(c)
      if (!found) return missing(c)
      const feed = await kept.page(c.req.path, found.stamp, () => feedOf(site(), found.plan))
      return send(c, feed, xmlType('rss+'))
    })
  }

  app.get('/p/:slug/commitments/:number/text.json', async (c) => {
    const { slug, number } = c.req.param()
    const found = await commitmentAt(slug, number)
    if (!found) throw new AppError('not_found')
    c.header('Content-Disposition', `attachment; filename="${slug}-${number}.json"`)
    return send(c, await kept.page(c.req.path, found.stamp, () => found.one.canonical), 'application/json')
  })

  app.get('/p/:slug/text.json', async (c) => {
    const { slug } = c.req.param()
    const found = slugs.test(slug) ? await kept.plan(slug, (plan) => plan.text !== null) : undefined
    const text = found?.plan.text
    if (!found || !text) throw new AppError('not_found')
    c.header('Content-Disposition', `attachment; filename="${slug}.json"`)
    return send(c, await kept.page(c.req.path, found.stamp, () => text.canonical), 'application/json')
  })
  // Whether they may be read is asked each time: what is withdrawn is gone with the next question.
  app.get('/p/:slug/letters/:number', async (c) => {
    const { slug, number } = c.req.param()
    const found = slugs.test(slug) ? await kept.plan(slug) : undefined
    const letter = found && (await readLetter(deps.db, found.plan.id, fileNumber(number)))
    if (!letter) throw new AppError('not_found')
    return sendFile(c, letter)
  })
  app.get('/p/:slug/meetings/:meeting/files/:number', async (c) => {
    const { slug, meeting, number } = c.req.param()
    const found = slugs.test(slug) ? await kept.plan(slug) : undefined
    const one = { meeting: fileNumber(meeting), number: fileNumber(number) }
    const file = found && (await readShownFile(deps.db, found.plan.id, one))
    if (!file) throw new AppError('not_found')
    return sendFile(c, file)
  })

  for (const language of ['es', 'en'] as const) {
    app.get(pathIn(language, '/p/*'), async (c) => {
      const page = missingPage(siteIn(language, deps.config.baseUrl))
      c.header('Content-Security-Policy', pagePolicy())
      return send(c, await encode(() => written(page)), htmlType, 404)
    })
  }

  return app
}

/** A page as text. Nothing in a page waits. */
const written = async (page: Html | Promise<Html>): Promise<string> => String(await page)
