import { html } from 'hono/html'
import type { PublicEndorsement, PublicFile, PublicPlan } from '../../reading.ts'
import { type Html, pathIn, type Site, spanish, timeOf } from '../page.ts'

/** Who stands behind a plan: endorsements with the texts they name, and letters with their hashes. */
export function supportSection(site: Site, { slug, endorsements, files }: PublicPlan): Html {
  const { say } = site
  const letters = files.filter(({ letter }) => letter !== null)
  return html`<section aria-labelledby="endorsements"><h2 id="endorsements">${say.endorsements}</h2>
${
  endorsements.length === 0
    ? html`<p>${say.noEndorsements}</p>`
    : html`<ul class="plain cards">${endorsements.map((one) => endorsementCard(site, slug, one))}</ul>`
}
${letters.length === 0 ? '' : html`<h3>${say.letters}</h3><ul class="plain cards">${letters.map((file) => letterCard(site, file))}</ul>`}</section>`
}

function endorsementCard(site: Site, slug: string, endorsement: PublicEndorsement): Html {
  const { say, language } = site
  const { name, role, organisation, sector, texts, at, entry } = endorsement
  const who = [name, role, organisation].filter(Boolean).join(', ')
  return html`<li class="card"><h3>${who}</h3>
<p class="over">${sector === null ? '' : `${say.sector[sector]} · `}${timeOf(site, at)} · ${say.entry(entry)}</p>
${
  texts.length === 0
    ? ''
    : html`<p>${say.endorses}:</p><ul>${texts.map(
        ({ number, title, version, contentHash, current }) =>
          html`<li><a href="${pathIn(language, `/p/${slug}/commitments/${number}`)}"${spanish(site)}>${number}. ${title}</a>: ${
            current ? say.endorsedThis : say.endorsedOther(version)
          }${contentHash === null ? '' : html`<br><code>${contentHash}</code>`}</li>`,
      )}</ul>`
}</li>`
}

const kinds: Readonly<Record<string, string>> = { 'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG' }

/** What a file is called, with its kind and size. */
export function fileWords(
  { say }: Pick<Site, 'say'>,
  { mediaType, size }: Pick<PublicFile, 'mediaType' | 'size'>,
): string {
  return say.size(kinds[mediaType] ?? mediaType, Math.max(1, Math.round(size / 1000)))
}

function letterCard(site: Site, file: PublicFile): Html {
  const { say } = site
  const { href, sha256, entry, letter } = file
  if (!letter) return html``
  return html`<li class="card"><p><a class="way" href="${href}">${say.letter[letter.side](letter.organisation)}</a></p>
<p class="over">${fileWords(site, file)} · ${timeOf(site, letter.at)}${entry === null ? '' : ` · ${say.entry(entry)}`}</p>
<p class="over">SHA-256</p><code>${sha256}</code></li>`
}
