import { html } from 'hono/html'
import type { PublicPlan, PublicRecord } from '../../reading.ts'
import { type Html, pageOf, type Site, timeOf } from '../page.ts'

/** How anybody verifies what is published, and what they need for it. */
export function recordPage(site: Site, plan: PublicPlan, { key, checkpoint, seq, hash, at }: PublicRecord): Html {
  const { say } = site
  const body = html`<h1>${say.recordTitle}</h1>
<p class="lead">${say.recordLead}</p>
<ol>${say.recordSteps.map((step) => html`<li>${step}</li>`)}</ol>
<p><a class="alone" href="/verificar">${say.verifyHere}</a> · <a class="alone" href="/tlog/checkpoint">${say.checkpointLink}</a></p>
<h2>${say.recordKey}</h2><p class="code">${key}</p>
<h2>${say.recordHead}</h2>
${
  checkpoint === null
    ? html`<p>${say.recordHeadNone}</p>`
    : html`<p>${say.recordSize(checkpoint.size)}${at === null ? '' : html` · ${timeOf(site, at)}`}</p>
<pre class="code">${checkpoint.note}</pre>`
}
${hash === null ? '' : html`<h2>${say.recordLast}</h2><p>${say.entry(seq)}</p><p class="code">${hash}</p>`}`
  return pageOf(site, {
    path: `/p/${plan.slug}/record`,
    title: say.recordTitle,
    ...{ description: say.recordLead, plan, body },
    part: 'record',
  })
}
