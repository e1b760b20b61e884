import { html, raw } from 'hono/html'
import type { PublicMinutes } from '../../../meetings/minutes/service.ts'
import type { PublicPlan } from '../../reading.ts'
import { dayOf, type Html, labelOf, pageOf, pathIn, type Site, spanish, timeOf } from '../page.ts'

/** The words of these pages alone. */
const words = {
  es: {
    title: 'Actas de las reuniones',
    lead: 'Lo que se dijo y se acordó en las reuniones abiertas al público, como lo escribieron juntas las personas del plan.',
    none: 'Todavía no hay actas públicas.',
    one: (number: number) => `Acta de la reunión ${number}`,
    version: (number: number, name: string, day: string) => `Versión ${number}, «${name}», del ${day}.`,
    back: 'Todas las actas',
  },
  en: {
    title: 'Minutes of the meetings',
    lead: 'What was said and agreed at the meetings open to the public, as the people of the plan wrote it together.',
    none: 'There are no public minutes yet.',
    one: (number: number) => `Minutes of meeting ${number}`,
    version: (number: number, name: string, day: string) => `Version ${number}, “${name}”, of ${day}.`,
    back: 'All the minutes',
  },
} as const

/** What the list of public minutes is called, for whoever leads there. */
export const minutesTitle = ({ language }: Pick<Site, 'language'>): string => words[language].title

/** What the minutes of one meeting are called. */
export const minutesOf = ({ language }: Pick<Site, 'language'>, meeting: number): string => words[language].one(meeting)

/** The minutes that are public, of the first meeting first. */
export function minutesListPage(
  site: Site,
  plan: PublicPlan,
  all: readonly Pick<PublicMinutes, 'meeting' | 'title' | 'heldOn'>[],
): Html {
  const { language } = site
  const { title, lead, none, one } = words[language]
  const path = `/p/${plan.slug}/minutes`
  const items = all.map(
    ({ meeting, title, heldOn }) =>
      html`<li>${timeOf(site, heldOn)}<br><a href="${pathIn(language, `${path}/${meeting}`)}">${one(meeting)}</a>: <span${spanish(site)}>${title}</span></li>`,
  )
  const body = html`<h1>${title}</h1>
<p class="lead">${lead}</p>
${all.length === 0 ? html`<p>${none}</p>` : html`<ul>${items}</ul>`}`
  return pageOf(site, { path, title, description: lead, plan, part: 'history', body })
}

/** The minutes of one meeting, in the version that was named last. */
export function minutesPage(site: Site, plan: PublicPlan, minutes: PublicMinutes): Html {
  const { say, language } = site
  const { one, version, back, lead } = words[language]
  const { meeting, title, heldOn, place, number, name, createdAt, contentHash, fields } = minutes
  const path = `/p/${plan.slug}/minutes`
  const body = html`<p><a href="${pathIn(language, path)}">${back}</a></p>
<h1>${one(meeting)}</h1>
<p class="lead"${spanish(site)}>${title}</p>
<p>${timeOf(site, heldOn)}${place === null ? '' : html` · <span${spanish(site)}>${place}</span>`}</p>
${fields.map(
  (field) => html`<section aria-labelledby="${field.name}"><h2 id="${field.name}">${labelOf(site, field.label)}</h2>
<div class="prose"${spanish(site)}>${raw(field.html)}</div></section>`,
)}
<p class="over">${version(number, name, dayOf(site, createdAt.toISOString()))}</p>
<p>${say.hash}</p><p class="code">${contentHash}</p>`
  return pageOf(site, {
    path: `${path}/${meeting}`,
    ...{ title: one(meeting), description: `${title}. ${lead}`, plan, body },
    part: 'history',
  })
}
