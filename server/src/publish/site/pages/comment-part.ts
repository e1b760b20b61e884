import { consentText } from '@cabildo/protocol/consent'
import type { TakenReceipt } from '@cabildo/protocol/http/receipts'
import { html, raw } from 'hono/html'
import { phaseOf } from '../../../approvals/windows/rules.ts'
import type { PublicCommitment, PublicPlan } from '../../reading.ts'
import { dayOf, type Html, labelOf, pageOf, pathIn, type Site, spanish } from '../page.ts'

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

/** One thing that is wrong with it, by the field to which to go. */
export interface Fault {
  at: 'words' | 'consent' | 'form'
  text: string
}

/** The id of a field; those of clauses stand on the same page. */
const idOf = (at: Fault['at']) => `comment-${at}`

/** Whether comments are taken later, now, or no more. */
export type Phase = ReturnType<typeof phaseOf>

/** A commitment that is in consultation, and how far that is. */
export interface Consultation {
  one: PublicCommitment
  phase: Phase
}

/** Where the form is on its page. */
export const formAnchor = 'comment'

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

/** The commitments whose consultation is open at a moment, or still to open, in the order of their numbers. */
export function consultationsAt({ commitments }: PublicPlan, now: Date): Consultation[] {
  return commitments.flatMap((one) => {
    const phase = consultationPhase(one, now)
    return phase === 'open' || phase === 'ahead' ? [{ one, phase }] : []
  })
}

/** From when or until when comments are taken, or were; empty where nobody said. */
export function consultationWords(site: Site, { consultation }: PublicCommitment, phase: Phase | null): string {
  if (consultation === null || phase === null) return ''
  const [from, until] = [dayOf(site, consultation.opensAt), dayOf(site, consultation.closesAt)]
  const words = { ahead: site.say.commentsFrom, open: site.say.commentsUntil, over: site.say.commentsEnded }
  return words[phase](phase === 'ahead' ? from : until)
}

/** Says of which commitments anybody may comment the text, now or from when, with the way to each form; empty for none. */
export function consultationsPart(site: Site, { slug }: PublicPlan, consultations: readonly Consultation[]): Html {
  const { say, language } = site
  if (consultations.length === 0) return html``
  const isOpen = consultations.some(({ phase }) => phase === 'open')
  return html`<section class="screen note draft" aria-labelledby="consultations"><h2 class="flat" id="consultations">${say.consultations}</h2>
${isOpen ? html`<p>${say.comment.lead}</p>` : ''}
<ul class="plain">${consultations.map(({ one, phase }) => {
    const { number, title } = one
    const path = pathIn(language, `/p/${slug}/commitments/${number}`)
    const [anchor, what] = phase === 'open' ? [`#${formAnchor}`, say.commentOn(number)] : ['', say.commitment(number)]
    return html`<li><a class="alone" href="${path}${anchor}"><span>${what}: <span${spanish(site)}>${title}</span></span></a><br>${consultationWords(site, one, phase)}</li>`
  })}</ul></section>`
}

/** The way to where anybody looks a receipt up by its code. That page chooses its language itself. */
export const receiptLink = ({ say }: Site): Html => html`<a class="alone" href="/recibo">${say.seeReceipt}</a>`

/** The form by which anybody comments a text in consultation. It needs no script. */
export function commentForm(
  site: Site,
  { slug }: PublicPlan,
  { number, fields }: PublicCommitment,
  { typed = blank, faults = [] }: { typed?: Typed; faults?: readonly Fault[] } = {},
): Html {
  const { say, language } = site
  const faultOf = (at: Fault['at']) => faults.find((fault) => fault.at === at)
  const faultAt = (at: Fault['at']) => {
    const fault = faultOf(at)
    return fault ? html`<strong class="fault" id="${idOf(at)}-fault">${fault.text}</strong>` : ''
  }
  const described = (at: Fault['at']) =>
    raw(` id="${idOf(at)}"${faultOf(at) ? ` aria-invalid="true" aria-describedby="${idOf(at)}-fault"` : ''}`)
  // Without a script the browser goes where the address of the form's answer says: to what is wrong.
  return html`<form method="post" action="${pathIn(language, `/p/${slug}/commitments/${number}/comments`)}#${formAnchor}" novalidate>
${faults.length === 0 ? '' : faultsPart(site, faults)}
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

/** What is wrong with the form, in a list that leads to each field; who is told by a voice is told at once. */
function faultsPart({ say }: Site, faults: readonly Fault[]): Html {
  return html`<div class="faults" id="${formAnchor}" role="alert" tabindex="-1"><h2 class="flat">${say.comment.notTaken}</h2>
<ul class="plain">${faults.map(
    ({ at, text }) => html`<li>${at === 'form' ? text : html`<a class="alone" href="#${idOf(at)}">${text}</a>`}</li>`,
  )}</ul></div>`
}

/** The form again, with what was typed and what is wrong with it. */
export function commentAgainPage(
  site: Site,
  plan: PublicPlan,
  one: PublicCommitment,
  state: { typed: Typed; faults: readonly Fault[] },
): Html {
  const { say, language } = site
  const path = `/p/${plan.slug}/commitments/${one.number}`
  const body = html`<h1>${say.comment.title}</h1>
<p><a href="${pathIn(language, path)}"${spanish(site)}>${one.number}. ${one.title}</a></p>
${commentForm(site, plan, one, state)}`
  const title = `${say.comment.fault}: ${say.comment.title}`
  return pageOf(site, { path, title, description: say.comment.title, plan, body, unlisted: true })
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
