import { html } from 'hono/html'
import type { PublicPlanItem } from '../../lists.ts'
import { type Html, pageOf, pathIn, type Site } from '../page.ts'

/** Every public plan. */
export function listPage(site: Site, plans: readonly PublicPlanItem[]): Html {
  const { say, language } = site
  const items = plans.map(
    ({
      slug,
      title,
      place,
      state,
    }) => html`<li class="card"><h2 class="flat"><a href="${pathIn(language, `/p/${slug}`)}">${title}</a></h2>
<p>${place}</p>
<p><span class="tag">${say.planState[state]}</span></p></li>`,
  )
  const body = html`<h1>${say.plans}</h1>
<p class="lead">${say.plansLead}</p>
${plans.length === 0 ? html`<p>${say.noPlans}</p>` : html`<ul class="plain cards">${items}</ul>`}`
  return pageOf(site, { path: '/p', title: say.plans, description: say.plansLead, body })
}

/** What there is where nothing is. */
export function missingPage(site: Site): Html {
  const { say, language } = site
  const body = html`<h1>${say.notFound}</h1>
<p>${say.notFoundText}</p>
<p><a href="${pathIn(language, '/p')}">${say.plans}</a></p>`
  return pageOf(site, { path: '/p', title: say.notFound, description: say.notFoundText, body, unlisted: true })
}
