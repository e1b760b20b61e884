import { html } from 'hono/html'
import type { PublicCommitment, PublicMeeting, PublicMilestone, PublicPlan } from '../../reading.ts'
import { dayOf, type Html, nameOf, pathIn, type Site, spanish, timeOf } from '../page.ts'

/** Whether there is anything to say of it: a text was approved, or assessed. */
export const hasProgress = ({ standing, assessment }: PublicCommitment): boolean =>
  standing === 'approved' || standing === 'amending' || assessment !== null

/** What became of an approved text: by its milestones, how far the monitoring body found it completed, and who met about it. */
export function progressSection(
  site: Site,
  plan: Pick<PublicPlan, 'slug' | 'meetings'>,
  one: PublicCommitment,
): Html | string {
  if (!hasProgress(one)) return ''
  const { say } = site
  const { milestones, assessment } = one
  return html`<section aria-labelledby="progress"><h2 id="progress">${say.progress}</h2>
<p>${say.progressLead}</p>
${
  assessment === null
    ? ''
    : html`<div class="card"><h3>${say.assessed}: ${say.level[assessment.level]}</h3>
<p class="words"${spanish(site)}>${assessment.reason}</p>
<p class="over">${nameOf(site, assessment.by)} · ${timeOf(site, assessment.at)} · ${say.entry(assessment.entry)}</p></div>`
}
<ol class="plain cards">${milestones.map((one) => milestonePart(site, one))}</ol>
${followUps(site, plan)}</section>`
}

/** The public meetings that followed up on what was approved, the latest first. They are of the plan as a whole. */
function followUps(site: Site, { slug, meetings }: Pick<PublicPlan, 'slug' | 'meetings'>): Html | string {
  const { say, language } = site
  const own = meetings.filter(({ isFollowUp }) => isFollowUp)
  if (own.length === 0) return ''
  const item = ({ number, title, heldOn, attended, results }: PublicMeeting) =>
    html`<li><a href="${pathIn(language, `/p/${slug}/history`)}#meeting-${number}">${say.followUp} ${number}: <span${spanish(site)}>${title}</span></a><br><span class="over">${timeOf(site, heldOn)}${
      attended === null ? '' : ` · ${say.attended(attended)}`
    }</span>${results === '' ? '' : html`<p class="words"${spanish(site)}>${results}</p>`}</li>`
  return html`<h3>${say.followUps}</h3><p>${say.followUpsLead}</p><ul>${own.toReversed().map(item)}</ul>`
}

function milestonePart(site: Site, { number, title, due, progress }: PublicMilestone): Html {
  const { say } = site
  const last = progress.at(-1)
  return html`<li class="card"><h3>${say.milestone(number, title)}</h3>
<p>${last ? html`<span class="tag ${last.status}">${say.status[last.status]}</span>` : say.noReports}${
    due === null ? '' : html` <span class="over">${say.due(dayOf(site, due))}</span>`
  }</p>
${progress.toReversed().map(
  ({ status, note, link, day, by, entry }) => html`<p class="words"${spanish(site)}>${note}</p>
<p class="over">${say.status[status]} · ${say.asOf(dayOf(site, day))} · ${nameOf(site, by)} · ${say.entry(entry)}${
    link === null ? '' : html` · <a href="${link}" rel="noopener nofollow">${say.evidence}</a>`
  }</p>`,
)}</li>`
}
