import type { WrittenLanguage } from '@cabildo/protocol/names'
import { dayInWords } from '@cabildo/schema/milestone-words'
import type { Localized } from '@cabildo/schema/templates/template'
import { html, raw } from 'hono/html'
import { townDay } from '../../town-time.ts'
import type { PublicPerson } from '../reading.ts'
import { sheetPath } from './sheet.ts'
import { type SiteWords, siteWords } from './words.ts'

/** A piece of HTML in which everything that people wrote is escaped. */
export type Html = ReturnType<typeof html>

/** What every page is told of where it is. */
export interface Site {
  language: WrittenLanguage
  say: SiteWords
  /** Scheme, host and port: addresses on paper and in feeds are whole. */
  baseUrl: string
}

/** A site in one of its languages. */
export function siteIn(language: WrittenLanguage, baseUrl: string): Site {
  return { language, say: siteWords[language], baseUrl }
}

/** The path of a public page in a language; `path` begins with `/p`. */
export function pathIn(language: WrittenLanguage, path: string): string {
  return language === 'en' ? `/en${path}` : path
}

/** What a page is made of. */
export interface PageParts {
  /** Path of the page in Spanish, with its query. */
  path: string
  title: string
  description: string
  /** Where the plan's other parts are; undefined for pages of no plan. */
  plan?: { slug: string; title: string; place: string } | undefined
  /** Which part of the plan this is. */
  part?: 'plan' | 'history' | 'inputs' | 'record' | undefined
  body: Html
  /** Path of the picture that links to it show; the plan's unless said otherwise. */
  card?: string
  /** Not for searching: a page that stands beside its real one. */
  unlisted?: boolean
  /** Stands in a frame of somebody else's page: without what leads around here. */
  framed?: boolean
}

/** A whole page: it reads without a script, without cookies, and without another file than one sheet of styles. */
export function pageOf(site: Site, page: PageParts): Html {
  const { path, title, description, plan, part, body, unlisted = false, framed = false } = page
  const { language, say, baseUrl } = site
  const to = (target: string) => pathIn(language, target)
  const whole = (of: WrittenLanguage) => `${baseUrl}${pathIn(of, path)}`
  const base = plan && `/p/${plan.slug}`
  const card = page.card ?? (base && `${base}/card.png`)
  const parts: readonly (readonly [NonNullable<PageParts['part']>, string, string])[] = base
    ? [
        ['plan', base, say.nav.plan],
        ['history', `${base}/history`, say.nav.history],
        ['inputs', `${base}/inputs`, say.nav.inputs],
        ['record', `${base}/record`, say.nav.record],
      ]
    : []
  const full = plan && title !== plan.title ? `${title} · ${plan.title}` : `${title} · ${say.site}`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${full}</title>
<meta name="description" content="${description}">
${unlisted ? raw('<meta name="robots" content="noindex">') : ''}
<link rel="canonical" href="${whole(language)}">
<link rel="alternate" hreflang="es" href="${whole('es')}">
<link rel="alternate" hreflang="en" href="${whole('en')}">
<link rel="stylesheet" href="${sheetPath}">
${icon}
${base ? html`<link rel="alternate" type="application/rss+xml" title="${plan?.title ?? ''}" href="${to(`${base}/feed.xml`)}">` : ''}
<meta property="og:type" content="website">
<meta property="og:site_name" content="${say.site}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${whole(language)}">
${card ? html`<meta property="og:image" content="${baseUrl}${to(card)}"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"><meta name="twitter:card" content="summary_large_image">` : ''}
<meta property="og:locale" content="${language === 'es' ? 'es_PA' : 'en_US'}">
</head>
<body>
${
  framed
    ? html`<main class="embed">${body}</main>`
    : html`<a class="skip" href="#main">${say.skip}</a>
<header class="top">
<a class="brand" href="${to('/p')}">${mark}${say.site}</a>
<a class="switch" lang="${say.other.language}" hreflang="${say.other.language}" href="${pathIn(say.other.language, path)}"><span class="away">${say.other.label} </span><span aria-hidden="true">${say.other.name}</span></a>
</header>
${
  base
    ? html`<nav class="parts" aria-label="${say.nav.label}"><ul>${parts.map(
        ([name, target, label]) =>
          html`<li><a href="${to(target)}"${name === part ? raw(' aria-current="page"') : ''}>${label}</a></li>`,
      )}</ul></nav>`
    : ''
}
<main id="main" tabindex="-1">
${body}
</main>
<footer>
<p>${say.foot}</p>
<p><a href="${plan ? `/plans/${plan.slug}` : '/'}">${say.nav.members}</a></p>
</footer>`
}
</body>
</html>
`
}

const icon = raw(
  `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='6.5' fill='none' stroke='%23128585' stroke-width='2.75'/%3E%3Cg fill='%23128585'%3E%3Ccircle cx='16' cy='3.5' r='2.9'/%3E%3Ccircle cx='27.9' cy='12.1' r='2.9'/%3E%3Ccircle cx='23.3' cy='26.1' r='2.9'/%3E%3Ccircle cx='8.7' cy='26.1' r='2.9'/%3E%3C/g%3E%3Ccircle cx='4.1' cy='12.1' r='2.9' fill='%23c8651b'/%3E%3C/svg%3E">`,
)

const mark = raw(
  '<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true"><circle class="ring" cx="16" cy="16" r="6.5"/><g class="dots"><circle cx="16" cy="3.5" r="2.75"/><circle cx="27.9" cy="12.1" r="2.75"/><circle cx="23.3" cy="26.1" r="2.75"/><circle cx="8.7" cy="26.1" r="2.75"/></g><circle class="one" cx="4.1" cy="12.1" r="2.75"/></svg>',
)

/** The day of a moment in Panama, in words. */
export function dayOf({ language }: Pick<Site, 'language'>, at: string): string {
  return dayInWords(localDay(at), language)
}

/** A day as it stands in an attribute for machines, with its words. */
export function timeOf(site: Pick<Site, 'language'>, at: string): Html {
  const day = localDay(at)
  return html`<time datetime="${day}">${dayInWords(day, site.language)}</time>`
}

/** The day of a moment where the plans are made; a day is itself. */
function localDay(at: string): string {
  return at.includes('T') ? townDay(at) : at
}

/** What somebody is called as they let themselves be shown. */
export function nameOf({ say }: Pick<Site, 'say'>, { name, group }: PublicPerson): string {
  if (name === '') return group?.name ?? say.nobody
  return group && group.name !== name ? `${name}, ${group.name}` : name
}

/** Says that what follows is not in the language of the page, where it is not. */
export function inSpanish({ language, say }: Site): Html {
  return language === 'es' ? html`` : html`<p class="untranslated">${say.notTranslated}</p>`
}

/** An attribute that names the language of what people wrote, where the page has another. */
export function spanish({ language }: Pick<Site, 'language'>): ReturnType<typeof raw> {
  return raw(language === 'es' ? '' : ' lang="es"')
}

/** A label in the language of the page. */
export function labelOf({ language }: Pick<Site, 'language'>, label: Localized): string {
  return label[language]
}

/** The first words of a text, for lists and descriptions, ending at a space. */
export function beginningOf(text: string, most: number): string {
  // Without what marks a quotation in plain text.
  const flat = text.replace(/^> /gm, '').replace(/\s+/g, ' ').trim()
  if (flat.length <= most) return flat
  const cut = flat.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 30))}…`
}
