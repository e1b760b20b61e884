import { html } from 'hono/html'
import type { PublicInput, PublicPlan } from '../../reading.ts'
import { type Html, labelOf, nameOf, pageOf, pathIn, type Site, spanish, timeOf } from '../page.ts'
import { type Consultation, consultationsPart, receiptLink } from './comment-part.ts'

type Answer = PublicInput['answers'][number]

/** What a page of inputs shows. `after`: the number before the first; `more`: of the last, where there are others. */
interface InputsShown {
  inputs: readonly PublicInput[]
  after: number
  more: number | null
  consultations: readonly Consultation[]
}

/** A page of what people brought, with what they were answered, and how to bring something and to see what became of it. */
export function inputsPage(site: Site, plan: PublicPlan, { inputs, after, more, consultations }: InputsShown): Html {
  const { say, language } = site
  const path = `/p/${plan.slug}/inputs`
  const body = html`<h1>${say.inputsTitle}</h1>
<p class="lead">${say.inputsLead}</p>
<p>${say.inputsOf(plan.inputs.total, plan.inputs.answered)}<br>${receiptLink(site)}</p>
${consultationsPart(site, plan, consultations)}
${inputs.length === 0 ? html`<p>${say.noInputs}</p>` : inputs.map((input) => inputPart(site, plan, input))}
<p>${after > 0 ? html`<a href="${pathIn(language, path)}">${say.first}</a> ` : ''}${
    more === null
      ? ''
      : html`<a class="button" rel="next" href="${pathIn(language, `${path}?after=${more}`)}">${say.next}</a>`
  }</p>`
  return pageOf(site, {
    path: after > 0 ? `${path}?after=${after}` : path,
    title: say.inputsTitle,
    ...{ description: say.inputsLead, plan, body },
    part: 'inputs',
  })
}

function inputPart(site: Site, { slug }: PublicPlan, input: PublicInput): Html {
  const { say, language } = site
  const { number, words, takenBack, from, channel, place, saidOn, meeting, links, answers, entry } = input
  const answer = answers.at(-1)
  const earlier = answers.slice(0, -1)
  return html`<article class="input" id="input-${number}" aria-labelledby="input-${number}-name">
<h2 class="flat" id="input-${number}-name">${say.input(number)}</h2>
<p class="over">${nameOf(site, from)} · ${say.channel[channel]}${place === null ? '' : `, ${place}`} · ${timeOf(site, saidOn)}</p>
${
  meeting === null
    ? ''
    : html`<p class="over"><a class="alone" href="${pathIn(language, `/p/${slug}/history#meeting-${meeting.number}`)}">${say.saidIn(meeting.number, meeting.title)}</a></p>`
}
${
  takenBack
    ? html`<p class="untranslated">${say.takenBack}</p>`
    : html`<p class="words" lang="${input.language}">${words}</p>`
}
${
  links.length === 0
    ? ''
    : html`<p>${say.about}: ${links.map(
        ({ number, title, field, label }, at) =>
          html`${at > 0 ? '; ' : ''}<a href="${pathIn(language, `/p/${slug}${number === 0 ? '' : `/commitments/${number}`}${field === null || field === 'title' ? '' : `#${field}`}`)}"><span${spanish(site)}>${number === 0 ? say.planText : `${number}. ${title}`}</span>${
            label === null ? '' : `: ${labelOf(site, label)}`
          }</a>`,
      )}</p>`
}
${answer ? html`<div class="answer">${answerPart(site, answer)}</div>` : html`<p class="untranslated">${say.pending}</p>`}
${
  earlier.length === 0
    ? ''
    : html`<details><summary>${say.earlier}</summary>${earlier.map((one) => answerPart(site, one))}</details>`
}
<p class="over">${say.entry(entry)}</p></article>`
}

function answerPart(site: Site, { outcome, reason, mergedInto, version, by, at, entry }: Answer): Html {
  const { say } = site
  return html`<p><strong>${say.outcome[outcome]}</strong></p>
<p class="words"${spanish(site)}>${reason}</p>
${mergedInto === null ? '' : html`<p>${say.mergedInto(mergedInto)}</p>`}
${
  version === null
    ? ''
    : html`<p>${version.commitment === 0 ? say.shownInPlan(version.number) : say.shownIn(version.number, version.commitment)}</p>`
}
<p class="over">${nameOf(site, by)} · ${timeOf(site, at)} · ${say.entry(entry)}</p>`
}
