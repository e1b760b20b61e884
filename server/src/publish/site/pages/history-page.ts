import { html } from 'hono/html'
import type { PublicEvent, PublicMeeting, PublicPlan } from '../../reading.ts'
import { type Html, pageOf, pathIn, type Site, spanish, timeOf } from '../page.ts'
import { minutesTitle } from './minutes-page.ts'
import { sharesPart } from './shares-part.ts'

/** How the texts came to be: what happened and when, who wrote, and what was brought. */
export function historyPage(site: Site, plan: PublicPlan): Html {
  const { say, language } = site
  const { slug, shares, inputs } = plan
  const to = (path: string) => pathIn(language, `/p/${slug}${path}`)
  const moments = [
    ...plan.events.map((event) => ({ at: event.at, item: eventItem(site, to, event) })),
    ...plan.meetings.map((meeting) => ({ at: meeting.heldOn, item: meetingItem(site, meeting) })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const body = html`<h1>${say.historyTitle}</h1>
<p class="lead">${say.historyLead}</p>
<section aria-labelledby="timeline"><h2 id="timeline">${say.timeline}</h2>
${moments.length === 0 ? html`<p>${say.noEvents}</p>` : html`<ol class="timeline">${moments.map(({ item }) => item)}</ol>`}</section>
<p><a href="${to('/minutes')}">${minutesTitle(site)}</a></p>
<section aria-labelledby="shares"><h2 id="shares">${say.sharesOf}</h2>${sharesPart(site, shares)}</section>
<section aria-labelledby="inputs"><h2 id="inputs">${say.inputsTitle}</h2>
<p>${say.inputsOf(inputs.total, inputs.answered)}</p>
<ul>${inputs.outcomes.map(({ outcome, count }) => html`<li>${say.outcome[outcome]}: ${count}</li>`)}</ul>
<p><a href="${to('/inputs')}">${say.seeInputs}</a></p></section>`
  return pageOf(site, {
    path: `/p/${slug}/history`,
    title: say.historyTitle,
    ...{ description: say.historyLead, plan, body },
    part: 'history',
  })
}

/** What happened, in words. */
export function happened({ say }: Pick<Site, 'say'>, { act, title }: PublicEvent): string {
  return act === null ? title : say.act[act]
}

function eventItem(site: Site, to: (path: string) => string, event: PublicEvent): Html {
  const { say } = site
  const { at, kind, commitment, reason, contentHash, entry } = event
  return html`<li class="${kind}">${timeOf(site, at)}<br><strong>${happened(site, event)}</strong>${
    commitment
      ? html`<br><a href="${to(`/commitments/${commitment.number}`)}"${spanish(site)}>${commitment.number}. ${commitment.title}</a>`
      : ''
  }${reason === null ? '' : html`<br>${say.why}: <span${spanish(site)}>${reason}</span>`}${
    contentHash === null ? '' : html`<br><code>${contentHash}</code>`
  }${entry === null ? '' : html`<br><span class="over">${say.entry(entry)}</span>`}</li>`
}

function meetingItem(site: Site, { kind, heldOn, title, place, attended }: PublicMeeting): Html {
  const { say } = site
  const told = [place, attended === null ? '' : say.attended(attended)].filter(Boolean).join(' · ')
  return html`<li class="${kind}">${timeOf(site, heldOn)}<br><strong>${kind === 'workshop' ? say.workshop : say.meeting}: <span${spanish(site)}>${title}</span></strong><br>${told}</li>`
}
