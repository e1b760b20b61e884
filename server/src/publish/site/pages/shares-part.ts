import type { Sector } from '@cabildo/protocol/http/common'
import { html } from 'hono/html'
import type { PublicShares } from '../../reading.ts'
import type { Html, Site } from '../page.ts'

/** A letter by which a sector is told without its colour. */
const letters: Record<Sector, string> = {
  government: 'G',
  civil_society: 'C',
  community: 'V',
  academia: 'A',
  private_sector: 'P',
}

const barWidth = 400

/** What each group wrote: a drawing, its table, and what such numbers do not say. */
export function sharesPart({ say, language }: Site, { groups, rest }: PublicShares): Html {
  if (groups.length === 0 && rest.written === 0) return html`<p>${say.sharesNone}</p>`
  const percent = new Intl.NumberFormat(language === 'es' ? 'es-PA' : 'en', { style: 'percent' })
  const count = new Intl.NumberFormat(language === 'es' ? 'es-PA' : 'en')
  const parts = [
    ...groups.map((group) => ({ ...group, kind: group.sector as string, letter: letters[group.sector] })),
    ...(rest.written > 0 ? [{ ...rest, name: say.restShare, people: null, kind: 'rest', letter: '–' }] : []),
  ]
  let x = 0
  const pieces = parts.map(({ kind, letter, share }) => {
    const [left, width] = [x, share * barWidth]
    x += width
    const label =
      width < 16 ? '' : html`<text x="${left + width / 2}" y="20" text-anchor="middle" class="in">${letter}</text>`
    return html`<g class="s-${kind}"><rect x="${left.toFixed(1)}" y="0" width="${Math.max(0, width - 2).toFixed(1)}" height="28" fill="currentColor"/>${label}</g>`
  })
  const told = parts.map(({ name, share }) => `${name} ${percent.format(share)}`).join(', ')
  return html`<svg class="bar" viewBox="0 0 ${barWidth} 28" role="img" aria-label="${told}">${pieces}</svg>
<table class="numbers">
<thead><tr><th scope="col">${say.columns.who}</th><th scope="col">${say.columns.letters}</th><th scope="col">${say.columns.share}</th></tr></thead>
<tbody>${parts.map(
    ({ name, kind, letter, written, share, people }) =>
      html`<tr><th scope="row"><span class="letter s-${kind}" aria-hidden="true">${letter}</span>${name}${
        people === null ? '' : ` (${say.peopleCount(people)})`
      }</th><td class="amount">${count.format(written)}</td><td class="amount">${percent.format(share)}</td></tr>`,
  )}</tbody>
</table>
<ul>${say.sharesCaveat.map((caveat) => html`<li>${caveat}</li>`)}</ul>`
}
