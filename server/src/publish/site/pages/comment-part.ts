import { consentText } from '@cabildo/protocol/consent'
import type { TakenReceipt } from '@cabildo/protocol/http/receipts'
import { html, raw } from 'hono/html'
import { phaseOf } from '../../../approvals/windows/rules.ts'
import type { PublicCommitment, PublicPlan } from '../../reading.ts'
import { type Html, labelOf, pageOf, pathIn, type Site, spanish } from '../page.ts'

/** Most letters of a comment and of a name. */
export const mostWords = 4000
export const mostName = 120

/** What was typed into the form. */
export interface Typed {
  words: string
  field: string
  name: string
  consent: boolean
}

/** What is wrong with it, by the field to which to go. */
export interface Fault {
  at: 'words' | 'consent' | 'form'
  text: string
}

/** Whether comments are taken later, now, or no more. */
export type Phase = ReturnType<typeof phaseOf>

const blank: Typed = { words: '', field: '', name: '', consent: false }

/**
 * How far the consultation of a text is at a moment; null when there is none. One that was begun without an end is open.
 */
export function consultationPhase({ standing, consultation }: PublicCommitment, now: Date): Phase | null {
  if (standing !== 'draft') return null
  if (consultation === null) return 'open'
  const [opensAt, closesAt] = [new Date(consultation.opensAt), new Date(consultation.closesAt)]
  return phaseOf({ opensAt, closesAt }, now)
}

/** The form by which anybody comments a text in consultation. It needs no script. */
export function commentForm(
  site: Site,
  { slug }: PublicPlan,
  { number, fields }: PublicCommitment,
  { typed = blank, fault }: { typed?: Typed; fault?: Fault } = {},
): Html {
  const { say, language } = site
  const faultAt = (at: Fault['at']) =>
    fault?.at === at ? html`<strong class="fault" id="fault" role="alert">${fault.text}</strong>` : ''
  const described = (at: Fault['at']) => raw(fault?.at === at ? ' aria-invalid="true" aria-describedby="fault"' : '')
  return html`<form method="post" action="${pathIn(language, `/p/${slug}/commitments/${number}/comments`)}" novalidate>
${faultAt('form')}
<label class="field">${say.comment.words}
<textarea name="words" rows="6" maxlength="${mostWords}" required${described('words')}>${typed.words}</textarea></label>
${faultAt('words')}
<label class="field">${say.comment.about}
<select name="field"><option value="">${say.comment.whole}</option>${fields
    .filter(({ empty }) => !empty)
    .map(
      ({ key, label }) =>
        html`<option value="${key}"${raw(typed.field === key ? ' selected' : '')}>${labelOf(site, label)}</option>`,
    )}</select></label>
<label class="field">${say.comment.name}
<input name="name" autocomplete="name" maxlength="${mostName}" value="${typed.name}"></label>
<details><summary>${say.comment.law}</summary><ul>${consentText[language].map((line) => html`<li>${line}</li>`)}</ul></details>
<label class="check"><input type="checkbox" name="consent" value="yes" required${raw(typed.consent ? ' checked' : '')}${described('consent')}> <span>${say.comment.consent}</span></label>
${faultAt('consent')}
<p><button class="button">${say.comment.send}</button></p>
<p class="over">${say.comment.follows}</p>
</form>`
}

/** The form again, with what was typed and what is wrong with it. */
export function commentAgainPage(
  site: Site,
  plan: PublicPlan,
  one: PublicCommitment,
  state: { typed: Typed; fault: Fault },
): Html {
  const { say, language } = site
  const path = `/p/${plan.slug}/commitments/${one.number}`
  const body = html`<h1>${say.comment.title}</h1>
<p><a href="${pathIn(language, path)}"${spanish(site)}>${one.number}. ${one.title}</a></p>
${commentForm(site, plan, one, state)}`
  return pageOf(site, { path, title: say.comment.title, description: say.comment.title, plan, body, unlisted: true })
}

/** The receipt of a comment: its code, to be written down. */
export function commentTakenPage(
  site: Site,
  plan: PublicPlan,
  one: PublicCommitment,
  { code, url, number }: TakenReceipt & { number: number },
): Html {
  const { say, language } = site
  const path = `/p/${plan.slug}/commitments/${one.number}`
  const body = html`<h1>${say.comment.taken}</h1>
<p>${say.comment.takenText(number)}</p>
<p class="code big">${code}</p>
<p>${say.comment.keep}</p>
<p><a class="button" href="${url}">${say.comment.look}</a></p>
<p><a href="${pathIn(language, path)}"${spanish(site)}>${one.number}. ${one.title}</a></p>`
  return pageOf(site, { path, title: say.comment.taken, description: say.comment.taken, plan, body, unlisted: true })
}
