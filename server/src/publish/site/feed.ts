/** What programs read of the public pages: news of a plan (RSS 2.0), and which pages there are. */
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { escapeHtml } from '@cabildo/schema/html'
import type { PublicPlan } from '../reading.ts'
import { pathIn, type Site } from './page.ts'
import { happened } from './pages/history-page.ts'

/** How many news a feed holds, the newest. */
const mostNews = 50

/** The news of a plan as RSS 2.0: what happened to its commitments since they were public. */
export function feedOf(site: Site, plan: PublicPlan): string {
  const { language, baseUrl } = site
  const { slug, title, place, id } = plan
  const whole = (path: string) => escapeHtml(`${baseUrl}${pathIn(language, `/p/${slug}${path}`)}`)
  const items = plan.events
    .slice(-mostNews)
    .toReversed()
    .map((event) => {
      const { commitment, at, entry, kind, reason } = event
      const about = commitment ? `: ${commitment.number}. ${commitment.title}` : ''
      const link = commitment ? whole(`/commitments/${commitment.number}`) : whole('/history')
      return `<item><title>${escapeHtml(happened(site, event) + about)}</title><link>${link}</link><guid isPermaLink="false">${escapeHtml(`${id}:${kind}:${entry ?? at}`)}</guid><pubDate>${new Date(at).toUTCString()}</pubDate><description>${escapeHtml(reason ?? happened(site, event))}</description></item>`
    })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${escapeHtml(title)}</title><link>${whole('')}</link><atom:link rel="self" type="application/rss+xml" href="${whole('/feed.xml')}"/><description>${escapeHtml(place)}</description><language>${language}</language>
${items.join('\n')}
</channel></rss>
`
}

/** What a map names of a plan: its address, and the numbers of commitments and of meetings with minutes that are public. */
export interface MappedPlan {
  slug: string
  commitments: readonly number[]
  minutes: readonly number[]
}

/** How many addresses a map may hold by its protocol (sitemaps.org). */
const mostAddresses = 50_000

/** Every public page in both languages, for search engines, as many as one map may hold. */
export function sitemapOf(baseUrl: string, plans: readonly MappedPlan[]): string {
  const all = [
    '/p',
    ...plans.flatMap(({ slug, commitments, minutes }) => [
      ...['', '/history', '/minutes', '/inputs', '/record'].map((part) => `/p/${slug}${part}`),
      ...commitments.map((number) => `/p/${slug}/commitments/${number}`),
      ...minutes.map((number) => `/p/${slug}/minutes/${number}`),
    ]),
  ]
  const paths = all.slice(0, mostAddresses / 2)
  const address = (language: WrittenLanguage, path: string) => escapeHtml(`${baseUrl}${pathIn(language, path)}`)
  const urls = paths.flatMap((path) =>
    (['es', 'en'] as const).map(
      (own) =>
        `<url><loc>${address(own, path)}</loc>${(['es', 'en'] as const)
          .map((other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${address(other, path)}"/>`)
          .join('')}</url>`,
    ),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`
}

/** What programs that look for pages may read. */
export function robotsOf(baseUrl: string): string {
  return `User-agent: *
Disallow: /api/
Disallow: /rooms/
Disallow: /plans/
Sitemap: ${baseUrl}/sitemap.xml
`
}
