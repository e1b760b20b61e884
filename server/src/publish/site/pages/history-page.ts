import { html } from 'hono/html'
import type { PublicEvent, PublicMeeting, PublicPlan } from '../../reading.ts'
import { dayOf, type Html, labelOf, pageOf, pathIn, type Site, spanish, timeOf } from '../page.ts'
import { minutesOf, minutesTitle } from './minutes-page.ts'
import { sharesPart } from './shares-part.ts'
import { fileWords } from './support-section.ts'

/** How the texts came to be: what happened and when, who wrote, what was brought, and who holds another position. */
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
<p><a class="alone" href="${to('/minutes')}">${minutesTitle(site)}</a></p>
<section aria-labelledby="shares"><h2 id="shares">${say.sharesOf}</h2>${sharesPart(site, shares)}</section>
<section aria-labelledby="inputs"><h2 id="inputs">${say.inputsTitle}</h2>
<p>${say.inputsOf(inputs.total, inputs.answered)}</p>
<ul>${inputs.outcomes.map(({ outcome, count }) => html`<li>${say.outcome[outcome]}: ${count}</li>`)}</ul>
<p><a class="alone" href="${to('/inputs')}">${say.seeInputs}</a></p></section>
${dissentsPart(site, to, plan)}`
  return pageOf(site, {
    path: `/p/${slug}/history`,
    title: say.historyTitle,
    ...{ description: say.historyLead, plan, body },
    part: 'history',
  })
}

/** What happened, in words. */
export function happened({ say }: Pick<Site, 'say'>, event: PublicEvent): string {
  const { kind, act, planAct, state, number, title } = event
  if (planAct !== null) return say.planAct[planAct]
  if (act !== null) return say.act[act]
  switch (kind) {
    case 'text':
      return say.happened.text(number ?? 0)
    case 'endorsement':
      return say.happened.endorsement(title)
    case 'letter':
      return say.happened.letter(title)
    case 'progress':
      return say.happened.progress(number ?? 0, wordOf(say.status, state))
    case 'assessment':
      return say.happened.assessment(wordOf(say.level, state))
    default:
      return title
  }
}

const wordOf = (words: Readonly<Record<string, string>>, key: string | null): string => words[key ?? ''] ?? ''

function eventItem(site: Site, to: (path: string) => string, event: PublicEvent): Html {
  const { say } = site
  const { at, kind, commitment, reason, contentHash, entry, closesAt } = event
  return html`<li class="${kind}">${timeOf(site, at)}<br><strong>${happened(site, event)}</strong>${
    commitment
      ? html`<br><a class="alone" href="${to(`/commitments/${commitment.number}`)}"${spanish(site)}>${commitment.number}. ${commitment.title}</a>`
      : ''
  }${closesAt === null ? '' : html`<br>${say.closes(dayOf(site, closesAt))}`}${
    reason === null ? '' : html`<br>${say.why}: <span${spanish(site)}>${reason}</span>`
  }${contentHash === null ? '' : html`<br><code>${contentHash}</code>`}${
    entry === null ? '' : html`<br><span class="over">${say.entry(entry)}</span>`
  }</li>`
}

function meetingItem(site: Site, meeting: PublicMeeting): Html {
  const { say } = site
  const { kind, number, heldOn, starts, ends, mode, title, place, attended, results, minutes } = meeting
  const hours = [starts, ends].filter(Boolean).join('–')
  const told = [
    ...[hours, place, mode === 'in_person' ? '' : say.mode[mode]],
    attended === null ? '' : say.attended(attended),
  ].filter(Boolean)
  return html`<li class="${kind}"${number === null ? '' : html` id="meeting-${number}"`}>${timeOf(site, heldOn)}<br><strong>${
    kind === 'workshop' ? say.workshop : meeting.isFollowUp ? say.followUp : say.meeting
  }${number === null ? '' : ` ${number}`}: <span${spanish(site)}>${title}</span></strong><br>${told.join(' · ')}${
    results === '' ? '' : html`<p>${say.results}: <span class="words"${spanish(site)}>${results}</span></p>`
  }${
    minutes === null || number === null
      ? ''
      : html`<p><a class="alone" href="${pathIn(site.language, minutes)}">${minutesOf(site, number)}</a></p>`
  }${moreOf(site, meeting)}</li>`
}

function moreOf(site: Site, { agenda, groups, materials, files }: PublicMeeting): Html | string {
  const { say } = site
  if (agenda === '' && groups.length === 0 && materials.length === 0 && files.length === 0) return ''
  return html`<details><summary>${say.moreOf}</summary>
${agenda === '' ? '' : html`<p>${say.agenda}:</p><p class="words"${spanish(site)}>${agenda}</p>`}
${
  groups.length === 0
    ? ''
    : html`<p>${say.cameFrom}:</p><ul>${groups.map(
        ({ name, attended }) => html`<li>${name}${attended === null ? '' : `: ${attended}`}</li>`,
      )}</ul>`
}
${
  materials.length === 0
    ? ''
    : html`<p>${say.materials}:</p><ul>${materials.map(({ title, link, href, sentOn, sentTo }) => {
        const address = href ?? link
        const name = html`<span${spanish(site)}>${title}</span>`
        return html`<li>${address === null ? name : html`<a href="${address}" rel="noopener nofollow">${name}</a>`}${
          sentOn === null ? '' : html`, ${say.sentOn(dayOf(site, sentOn))}`
        }${sentTo === null ? '' : html`. <span${spanish(site)}>${sentTo}</span>`}</li>`
      })}</ul>`
}
${
  files.length === 0
    ? ''
    : html`<p>${say.photos}:</p><ul>${files.map(
        (file) =>
          html`<li><a href="${file.href}"><span${spanish(site)}>${file.name}</span></a> (${fileWords(site, file)})</li>`,
      )}</ul>`
}</details>`
}

function dissentsPart(site: Site, to: (path: string) => string, { commitments }: PublicPlan): Html {
  const { say } = site
  const all = commitments.flatMap(({ number, dissents }) => dissents.map((dissent) => ({ number, dissent })))
  return html`<section aria-labelledby="dissents"><h2 id="dissents">${say.allDissents}</h2>
${
  all.length === 0
    ? html`<p>${say.noDissents}</p>`
    : html`<ul>${all.map(
        ({ number, dissent: { group, label, position, statedAt, withdrawnAt } }) =>
          html`<li><a href="${to(`/commitments/${number}#dissents`)}">${say.commitment(number)}: ${say.reserved(group.name, labelOf(site, label))}</a><br>${position === '' ? say.ofDraft : html`<span class="words"${spanish(site)}>${position}</span>`}<br><span class="over">${timeOf(site, statedAt)}${
            withdrawnAt === null ? '' : html` · ${say.withdrawnOn(dayOf(site, withdrawnAt))}`
          }</span></li>`,
      )}</ul>`
}</section>`
}
