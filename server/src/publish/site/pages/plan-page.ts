import { html, raw } from 'hono/html'
import type { PublicCommitment, PublicPlan, PublicSection } from '../../reading.ts'
import { beginningOf, dayOf, type Html, inSpanish, labelOf, pageOf, pathIn, type Site, spanish } from '../page.ts'
import { type Consultation, consultationsPart, receiptLink } from './comment-part.ts'
import { drawCodes, paperCode } from './paper-code.ts'
import { supportSection } from './support-section.ts'

/** A plan at a glance, what of it anybody may comment, its commitments, its own text, and who stands behind it. */
export async function planPage(site: Site, plan: PublicPlan, consultations: readonly Consultation[]): Promise<Html> {
  const { say, language } = site
  const { slug, title, place, commitments, groups, files } = plan
  const to = (path: string) => pathIn(language, `/p/${slug}${path}`)
  const written = plan.sections.filter(({ empty }) => !empty)
  await drawCodes(written.map(({ key }) => addressOf(site, plan, key)))
  const parts = Map.groupBy(written, ({ section }) => section.id)
  const body = html`<p class="over">${place}</p>
<h1${spanish(site)}>${title}</h1>
${consultationsPart(site, plan, consultations)}
<section aria-labelledby="glance"><h2 id="glance">${say.glance}</h2>
<dl class="glance">${glanceOf(site, plan).map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section>
<nav class="contents" aria-label="${say.contents}"><ul class="plain"><li><a href="#commitments">${say.commitments}</a></li>${[
    ...parts,
  ].map(
    ([id, [first]]) => html`<li><a href="#part-${id}">${partLabel(site, first)}</a></li>`,
  )}<li><a href="#endorsements">${say.endorsements}</a></li><li><a href="#groups">${say.groups}</a></li><li><a href="#downloads">${say.downloads}</a></li></ul></nav>
<section aria-labelledby="commitments"><h2 id="commitments">${say.commitments}</h2>
${
  commitments.length === 0
    ? html`<p>${say.noCommitments}</p>`
    : html`${inSpanish(site)}<ul class="plain cards">${commitments.map((one) => card(site, to, one))}</ul>`
}</section>
${[...parts].map(
  ([id, sections]) =>
    html`<section aria-labelledby="part-${id}"><h2 id="part-${id}">${partLabel(
      site,
      sections[0],
    )}</h2>${inSpanish(site)}${sections.map((section) => clause(site, plan, section))}</section>`,
)}
${supportSection(site, plan)}
<section aria-labelledby="groups"><h2 id="groups">${say.groups}</h2>
<p>${say.groupsCount(groups.length)}</p>
<ul class="columns">${groups.map(({ name, sector, territory }) => html`<li>${[name, say.sector[sector], territory].filter(Boolean).join(' · ')}</li>`)}</ul></section>
<section aria-labelledby="downloads"><h2 id="downloads">${say.downloads}</h2>
${textPart(site, plan)}
<ul class="screen files">${say.files.map(([file, name]) => html`<li><a href="${to(`/files/${file}`)}">${name}</a></li>`)}${files.map(
    ({ letter, name, href }) =>
      html`<li><a href="${href}">${letter ? say.letter[letter.side](letter.organisation) : name}</a></li>`,
  )}<li><a href="${to('/feed.xml')}">${say.feed}</a></li></ul></section>`
  const description = `${say.planState[plan.state]}. ${commitments.map((one) => one.title).join('; ')}`
  return pageOf(site, {
    path: `/p/${slug}`,
    ...{ title, plan, body },
    part: 'plan',
    description: beginningOf(description, 200),
  })
}

/** What a part of the plan's text is called; what the form's first part is beside its values stands at the top already. */
function partLabel(site: Site, first: PublicSection | undefined): string {
  if (!first) return ''
  return first.section.id === 'overview' ? site.say.opening : labelOf(site, first.section.label)
}

type Row = readonly [label: string, value: Html]

function glanceOf(site: Site, plan: PublicPlan): Row[] {
  const { say, language } = site
  const { slug, place, state, window, facts, groups, meetings, inputs } = plan
  const to = (path: string) => pathIn(language, `/p/${slug}${path}`)
  const [open, workshops] = (['meeting', 'workshop'] as const).map(
    (kind) => meetings.filter((one) => one.kind === kind).length,
  )
  const until = window && say.until[window.state](dayOf(site, window.closesAt))
  return [
    ...facts.map(({ label, text }): Row => [labelOf(site, label), html`${text[language]}`]),
    [say.place, html`${place}`],
    [say.state, html`${say.planState[state]}${until === null ? '' : html`<br>${until}`}`],
    [say.groups, html`<a href="#groups">${say.groupsCount(groups.length)}</a>`],
    [say.meetings, html`<a href="${to('/history')}">${say.meetingsCount(open ?? 0, workshops ?? 0)}</a>`],
    [
      say.nav.inputs,
      html`<a href="${to('/inputs')}">${say.inputsOf(inputs.total, inputs.answered)}</a><br>${receiptLink(site)}`,
    ],
  ]
}

/** The whole short address of a clause. */
const addressOf = ({ baseUrl, language }: Site, { slug }: PublicPlan, key: string) =>
  `${baseUrl}${pathIn(language, `/p/${slug}/s/${key}`)}`

/** A clause of the plan's own text, with an address of its own. */
function clause(site: Site, plan: PublicPlan, { key, label: name, html: written }: PublicSection): Html {
  const { say } = site
  const label = labelOf(site, name)
  return html`<section class="clause" id="${key}" aria-labelledby="${key}-name">
<header><h3 id="${key}-name">${label}</h3><a class="anchor" href="#${key}" aria-label="${say.clauseLink(label)}">#</a></header>
${paperCode(addressOf(site, plan, key))}
<div class="prose"${spanish(site)}>${raw(written.es)}</div></section>`
}

/** Which version of the plan's own text this is, with its hash and the bytes that have it. */
function textPart(site: Site, { slug, text }: PublicPlan): Html | string {
  if (!text) return ''
  const { say } = site
  const { version, publishedAt, entry, redacted } = text
  return html`<p>${say.textOf(version.number ?? 0, dayOf(site, publishedAt))} · ${say.entry(entry)}</p>
${redacted ? html`<p class="note">${say.textRedacted}</p>` : ''}
<p class="code">${version.contentHash}</p><p class="screen"><a class="alone" href="/p/${slug}/text.json">${say.textHash}</a>. ${say.hashHelp}</p>`
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
