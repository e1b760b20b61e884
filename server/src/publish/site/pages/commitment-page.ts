import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { html, raw } from 'hono/html'
import type { PublicApproval, PublicCommitment, PublicField, PublicPlan } from '../../reading.ts'
import {
  beginningOf,
  dayOf,
  type Html,
  inSpanish,
  labelOf,
  nameOf,
  pageOf,
  pathIn,
  type Site,
  spanish,
  timeOf,
} from '../page.ts'
import { commentForm, consultationWords, formAnchor, type Phase } from './comment-part.ts'
import { drawCodes, paperCode } from './paper-code.ts'
import { hasProgress, progressSection } from './progress-section.ts'
import { sharesPart } from './shares-part.ts'

/**
 * One commitment: its clauses, each with an address of its own, and what was decided of exactly this text. `phase`: how far
 * its consultation is; comments are taken while it is open.
 */
export async function commitmentPage(
  site: Site,
  plan: PublicPlan,
  one: PublicCommitment,
  phase: Phase | null,
): Promise<Html> {
  const { say, language } = site
  const { slug } = plan
  const { number, title, state, standing, facts, fields, approvals, dissents, shares, version, ended, inputs } = one
  const path = `/p/${slug}/commitments/${number}`
  const to = (rest: string) => pathIn(language, `${path}${rest}`)
  const written = fields.filter(({ empty }) => !empty)
  await drawCodes(written.map(({ key }) => addressOf(site, plan, one, key)))
  const body = html`<p class="over">${say.commitment(number)}</p>
<h1${spanish(site)}>${title}</h1>
<p><span class="tag ${ended ? '' : standing}">${ended ? say.commitmentState[state] : say.standing[standing]}</span> ${say.since(
    dayOf(site, one.since),
  )}</p>
${endedNote(site, plan, one)}
<p class="note ${standing}">${say.standingText[standing]} ${consultationWords(site, one, phase)}${
    phase === 'open' ? html`<br><a class="screen alone" href="#${formAnchor}">${say.comment.title}</a>` : ''
  }</p>
${one.redacted ? html`<p class="note">${say.redacted}</p>` : ''}
${inSpanish(site)}
<nav class="contents" aria-label="${say.contents}"><ul class="plain">${written.map(
    ({ key, label }) => html`<li><a href="#${key}">${labelOf(site, label)}</a></li>`,
  )}${phase === 'open' ? html`<li><a href="#${formAnchor}">${say.comment.title}</a></li>` : ''}${hasProgress(one) ? html`<li><a href="#progress">${say.progress}</a></li>` : ''}<li><a href="#approvals">${say.approvals}</a></li><li><a href="#dissents">${say.dissents}</a></li><li><a href="#inputs">${say.nav.inputs}</a></li><li><a href="#shares">${say.shares}</a></li></ul></nav>
${
  facts.length === 0
    ? ''
    : html`<section aria-labelledby="facts"><h2 id="facts">${say.facts}</h2><dl class="glance">${facts.map(
        ({ label, text }) => html`<div><dt>${labelOf(site, label)}</dt><dd>${text[language]}</dd></div>`,
      )}</dl></section>`
}
${ogpCommitment.sections.map((section) => {
  const inside = written.filter(({ key }) => section.fields.some((name) => name === key))
  return inside.length === 0
    ? ''
    : html`<h2>${labelOf(site, section.label)}</h2>${inside.map((field) => clause(site, plan, one, field))}`
})}
${
  phase === 'open'
    ? html`<section class="screen" aria-labelledby="${formAnchor}"><h2 id="${formAnchor}">${say.comment.title}</h2><p>${say.comment.lead}</p>${commentForm(site, plan, one)}</section>`
    : ''
}
${progressSection(site, plan, one)}
<section aria-labelledby="approvals"><h2 id="approvals">${say.approvals}</h2>
${approvals.length === 0 ? html`<p>${say.notApproved}</p>` : approvals.map((approval) => approvalPart(site, approval))}
<h3>${say.hash}</h3><p class="code">${version.contentHash}</p><p>${say.hashHelp}</p></section>
<section aria-labelledby="dissents"><h2 id="dissents">${say.dissents}</h2>
${
  dissents.length === 0
    ? html`<p>${say.noDissents}</p>`
    : html`<ul class="plain cards">${dissents.map(
        ({ group, label, quote, position, statedAt, withdrawnAt, entry }) => html`<li class="card">
<h3>${say.reserved(group.name, labelOf(site, label))}</h3>
${position === '' ? html`<p>${say.ofDraft}</p>` : html`<p class="words"${spanish(site)}>${position}</p>`}
${quote === null ? '' : html`<p class="over">${say.on}: <q${spanish(site)}>${quote}</q></p>`}
<p class="over">${timeOf(site, statedAt)} · ${say.entry(entry)}${
          withdrawnAt === null ? '' : html` · ${say.withdrawnOn(dayOf(site, withdrawnAt))}`
        }</p></li>`,
      )}</ul>`
}</section>
<section aria-labelledby="inputs"><h2 id="inputs">${say.nav.inputs}</h2>
<p><a class="alone" href="${pathIn(language, `/p/${slug}/inputs`)}">${say.inputsOf(inputs.total, inputs.answered)}</a></p></section>
<section aria-labelledby="shares"><h2 id="shares">${say.shares}</h2>${sharesPart(site, shares)}</section>
<section class="screen" aria-labelledby="downloads"><h2 id="downloads">${say.downloads}</h2>
<ul class="files"><li><a href="/p/${slug}/commitments/${number}/text.json">${say.downloadText}</a>. ${say.downloadTextHint}</li></ul>
<p>${say.print}</p>
<details><summary>${say.embed}</summary><p>${say.embedHelp}</p><p class="code">${embedCode(site, path, title)}</p></details>
<p><a href="${to('')}">${site.baseUrl}${to('')}</a></p></section>`
  const summary = fields.find(({ key }) => key === 'summary')?.text[language] ?? ''
  return pageOf(site, {
    ...{ path, title, plan, body, card: `${path}/card.png` },
    description: beginningOf(summary || title, 200),
  })
}

function embedCode({ baseUrl, language }: Site, path: string, title: string): string {
  const named = title.replaceAll('"', '&quot;')
  return `<iframe src="${baseUrl}${pathIn(language, path)}/embed" title="${named}" width="100%" height="360" loading="lazy"></iframe>`
}

function endedNote({ say, language }: Site, { slug }: PublicPlan, { ended }: PublicCommitment): Html | string {
  if (!ended) return ''
  const { state, reason, into } = ended
  return html`<div class="note"><p>${say.ended[state]}${
    into
      ? html` <a href="${pathIn(language, `/p/${slug}/commitments/${into.number}`)}">${say.ended.into(into.number, into.title)}</a>`
      : ''
  }</p>${reason === null ? '' : html`<p>${say.why}: ${reason}</p>`}</div>`
}

/** The whole short address of a clause. */
const addressOf = ({ baseUrl, language }: Site, { slug }: PublicPlan, { number }: PublicCommitment, key: string) =>
  `${baseUrl}${pathIn(language, `/p/${slug}/c/${number}/${key}`)}`

function clause(site: Site, plan: PublicPlan, one: PublicCommitment, field: PublicField): Html {
  const { say } = site
  const label = labelOf(site, field.label)
  return html`<section class="clause" id="${field.key}" aria-labelledby="${field.key}-name">
<header><h3 id="${field.key}-name">${label}</h3><a class="anchor" href="#${field.key}" aria-label="${say.clauseLink(label)}">#</a></header>
${paperCode(addressOf(site, plan, one, field.key))}
<div class="prose"${spanish(site)}>${raw(field.html.es)}</div></section>`
}

/** What a clause is called in the form: a text field, or a fact. */
function clauseName(site: Site, clause: string): string {
  const named =
    ogpCommitment.fields.find(({ name }) => name === clause) ?? ogpCommitment.facts.find(({ key }) => key === clause)
  return named ? labelOf(site, named.label) : clause
}

function approvalPart(site: Site, approval: PublicApproval): Html {
  const { say } = site
  const { version, contentHash, approvedAt, state, decisions, entry } = approval
  return html`<div class="card"><h3>${say.approvedOn(dayOf(site, approvedAt))}</h3>
<p>${say.version(version.number)} · ${say.entry(entry)}${state === 'voided' ? html` · ${say.standing.amending}` : ''}</p>
<ul>${decisions.map(
    ({ person, party, reason, at, entry: own, signed, key, clauses }) =>
      html`<li>${say.party[party]}: ${nameOf(site, person)} · ${timeOf(site, at)} · ${say.entry(own)}${
        clauses && html` · ${say.clausesDecided(clauses.map((clause) => clauseName(site, clause)).join(', '))}`
      }${
        signed ? html`<br>${key === null ? say.signed : say.signedKey(key)}` : ''
      }${reason === '' ? '' : html`<br>${say.said}: <q${spanish(site)}>${reason}</q>`}</li>`,
  )}</ul>
<p>${say.hash}</p><p class="code">${contentHash}</p></div>`
}

/** A commitment in a frame of somebody else's page: what it is, where it stands, and the way to all of it. */
export function embedPage(site: Site, plan: PublicPlan, one: PublicCommitment): Html {
  const { say, language, baseUrl } = site
  const { number, title, standing, fields } = one
  const summary = fields.find(({ key }) => key === 'summary')?.text[language] ?? ''
  const path = `/p/${plan.slug}/commitments/${number}`
  const body = html`<p class="over">${plan.title} · ${say.commitment(number)}</p>
<h1${spanish(site)}>${title}</h1>
<p><span class="tag ${standing}">${say.standing[standing]}</span></p>
<p${spanish(site)}>${beginningOf(summary, 400)}</p>
<p><a class="button" target="_blank" rel="noopener" href="${baseUrl}${pathIn(language, path)}">${say.open}</a></p>`
  return pageOf(site, { path: `${path}/embed`, title, description: title, body, unlisted: true, framed: true })
}
