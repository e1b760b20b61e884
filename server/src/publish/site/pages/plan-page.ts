import { html, raw } from 'hono/html'
import type { PublicCommitment, PublicPlan } from '../../reading.ts'
import { beginningOf, type Html, inSpanish, labelOf, pageOf, pathIn, type Site, spanish, timeOf } from '../page.ts'

/** A plan at a glance, its sections, its commitments and who endorsed it. */
export function planPage(site: Site, plan: PublicPlan): Html {
  const { say, language } = site
  const { slug, title, place, state, commitments, groups, meetings, inputs, sections, endorsements, files, facts } =
    plan
  const to = (path: string) => pathIn(language, `/p/${slug}${path}`)
  const glance = [
    [say.place, html`${place}`],
    [say.state, html`${say.planState[state]}`],
    ...facts.map(({ label, text }) => [labelOf(site, label), html`${text[language]}`] as const),
    [say.groups, html`${say.groupsCount(groups.length)}`],
    [say.meetings, html`${meetings.length}`],
    [say.nav.inputs, html`<a href="${to('/inputs')}">${say.inputsOf(inputs.total, inputs.answered)}</a>`],
  ] as const
  const body = html`<p class="over">${place}</p>
<h1>${title}</h1>
<section aria-labelledby="glance"><h2 id="glance">${say.glance}</h2>
<dl class="glance">${glance.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section>
${
  sections.length === 0
    ? ''
    : html`<h2 id="sections">${say.sections}</h2>${inSpanish(site)}${sections
        .filter(({ empty }) => !empty)
        .map(
          ({ key, label, html: written }) =>
            html`<section class="clause" id="${key}"${spanish(site)}><h3 lang="${language}">${labelOf(site, label)}</h3><div class="prose">${raw(written.es)}</div></section>`,
        )}`
}
<section aria-labelledby="commitments"><h2 id="commitments">${say.commitments}</h2>
${
  commitments.length === 0
    ? html`<p>${say.noCommitments}</p>`
    : html`${inSpanish(site)}<ul class="plain cards">${commitments.map((one) => card(site, to, one))}</ul>`
}</section>
<section aria-labelledby="endorsements"><h2 id="endorsements">${say.endorsements}</h2>
${
  endorsements.length === 0
    ? html`<p>${say.noEndorsements}</p>`
    : html`<ul>${endorsements.map(
        ({ name, role, organisation, at, letter }) =>
          html`<li>${[name, role, organisation].filter(Boolean).join(', ')} · ${timeOf(site, at)}${
            letter ? html` · <a href="${letter.href}">${letter.name}</a>` : ''
          }</li>`,
      )}</ul>`
}</section>
<section aria-labelledby="groups"><h2 id="groups">${say.groups}</h2>
<ul>${groups.map(({ name, sector, territory }) => html`<li>${[name, say.sector[sector], territory].filter(Boolean).join(' · ')}</li>`)}</ul></section>
<section class="screen" aria-labelledby="downloads"><h2 id="downloads">${say.downloads}</h2>
<ul>${say.files.map(([file, name]) => html`<li><a href="${to(`/files/${file}`)}">${name}</a></li>`)}${files.map(({ name, href }) => html`<li><a href="${href}">${name}</a></li>`)}<li><a href="${to('/feed.xml')}">${say.feed}</a></li></ul></section>`
  const description = `${say.planState[state]}. ${commitments.map((one) => one.title).join('; ')}`
  return pageOf(site, {
    path: `/p/${slug}`,
    ...{ title, plan, body },
    part: 'plan',
    description: beginningOf(description, 200),
  })
}

function card(site: Site, to: (path: string) => string, one: PublicCommitment): Html {
  const { say, language } = site
  const { number, title, standing, state, fields, ended, inputs } = one
  const summary = fields.find(({ key }) => key === 'summary')?.text[language] ?? ''
  const tag = ended ? say.commitmentState[state] : say.standing[standing]
  return html`<li class="card"><p class="over">${say.commitment(number)}</p>
<h3><a class="way" href="${to(`/commitments/${number}`)}"${spanish(site)}>${title}</a></h3>
<p><span class="tag ${ended ? '' : standing}">${tag}</span>${
    ended || standing === 'draft' || tag === say.commitmentState[state]
      ? ''
      : html` <span class="tag">${say.commitmentState[state]}</span>`
  }</p>
<p${spanish(site)}>${beginningOf(summary, 280)}</p>
${inputs.total === 0 ? '' : html`<p class="over">${say.inputsOf(inputs.total, inputs.answered)}</p>`}</li>`
}
