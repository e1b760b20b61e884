/** What a redaction makes of stored texts. Decides from its arguments alone. */
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { filler, maskText, maskValue, type TextRange } from '@cabildo/verify/redact'

/** A row of a document's log. */
export interface Row {
  seq: number
  bytes: Uint8Array
}

/** A version's text as it is kept. */
export interface VersionText {
  id: string
  number: number
  seq: number
  content: string
}

/** A version's text from now on. */
export interface NewText {
  id: string
  number: number
  content: string
  contentHash: string
  html: string
}

/** The payload of an `update-batch` with other bytes; undefined when none of its rows changes. */
export function batchWith(payload: string, changed: ReadonlyMap<number, Uint8Array>): string | undefined {
  const batch = JSON.parse(payload) as { updates: { seq: number; bytes: string }[] }
  let touched = false
  for (const update of batch.updates) {
    const bytes = changed.get(update.seq)
    if (!bytes) continue
    update.bytes = Buffer.from(bytes).toString('base64')
    touched = true
  }
  return touched ? canonicalText(batch as unknown as Json) : undefined
}

/** What people wrote of their own in payloads; ids and the rest are facts. */
const written = ['name', 'note', 'position']

/** Any other payload, with filler for the words in its texts. */
export function payloadWithout(payload: string, quote: string): string {
  const facts = JSON.parse(payload) as { [key: string]: Json }
  const own = Object.fromEntries(Object.entries(facts).filter(([key]) => written.includes(key)))
  return canonicalText({ ...facts, ...(maskValue(own, quote) as { [key: string]: Json }) })
}

/**
 * Texts beside a document, by id: words that threads are on, what was said, earlier wordings, and reasons; of the inputs that
 * have to do with it the words, places and names, what was answered, and the words they brought about; notes of proposals,
 * what they change as JSON, and reasons for deciding so; positions that groups reserve, and the words they are on; why the
 * commitment was moved, and what was said about approving it; what was reported on its milestones, and why it was found so
 * far completed; why comments of the public were shown or hidden; why endorsements were withdrawn; of the plan's own text why
 * the plan was moved, and why letters were withdrawn.
 */
export interface BesideText {
  quotes: { id: string; quote: string; origins: [client: number, clock: number, length: number][] }[]
  comments: { id: string; body: string }[]
  wordings: { id: string; number: number; body: string }[]
  reasons: { id: string; number: number; reason: string }[]
  inputs: { id: string; words: string; place: string | null; name: string | null }[]
  answers: { id: string; number: number; reason: string }[]
  passages: { id: string; number: number; quote: string; origins: [client: number, clock: number, length: number][] }[]
  notes: { id: string; note: string }[]
  hunks: {
    id: string
    number: number
    target: string
    before: string
    after: string
    origins: [client: number, clock: number, length: number][] | null
  }[]
  decisions: { id: string; number: number; reason: string }[]
  dissents: {
    id: string
    position: string
    quote: string | null
    origins: [client: number, clock: number, length: number][] | null
  }[]
  /** Why a commitment was moved, and what was said about approving it. */
  steps: { id: string; number: number; reason: string }[]
  requests: { id: string; note: string; endReason: string | null }[]
  verdicts: { id: string; entry: number; reason: string }[]
  reports: { id: string; number: number; words: string; link: string | null }[]
  assessments: { id: string; number: number; reason: string }[]
  rulings: { id: string; number: number; reason: string }[]
  endorsements: { id: string; reason: string }[]
  /** Of the plan, where the document is its own text: `id` is the plan's. */
  planSteps: { id: string; number: number; reason: string }[]
  letters: { id: string; number: number; reason: string }[]
}

/**
 * What changes of the texts beside a document: filler for the words, and for the places where they stood. Of a hunk that
 * holds some of it nothing is left, nor of a link: with filler it would lead elsewhere.
 */
export function besideWithout(
  { quotes, comments, wordings, reasons, inputs, answers, passages, notes, hunks, dissents, ...texts }: BesideText,
  quote: string | null,
  ranges: readonly TextRange[],
): BesideText {
  const plain = (text: string) => (quote === null ? text : maskText(text, quote))
  const maybe = (text: string | null) => text && plain(text)
  const reasoned = <One extends { reason: string }>(some: readonly One[]): One[] =>
    some.flatMap((one) => (plain(one.reason) === one.reason ? [] : [{ ...one, reason: plain(one.reason) }]))
  return {
    quotes: quotes.flatMap((one) => {
      const masked = plain(maskPlaces(one.quote, one.origins, ranges))
      return masked === one.quote ? [] : [{ ...one, quote: masked }]
    }),
    comments: comments.flatMap((one) => (plain(one.body) === one.body ? [] : [{ ...one, body: plain(one.body) }])),
    wordings: wordings.flatMap((one) => (plain(one.body) === one.body ? [] : [{ ...one, body: plain(one.body) }])),
    reasons: reasons.flatMap((one) =>
      plain(one.reason) === one.reason ? [] : [{ ...one, reason: plain(one.reason) }],
    ),
    inputs: inputs.flatMap((one) => {
      const { words, place, name } = one
      const masked = { ...one, words: plain(words), place: maybe(place), name: maybe(name) }
      return masked.words === words && masked.place === place && masked.name === name ? [] : [masked]
    }),
    answers: answers.flatMap((one) =>
      plain(one.reason) === one.reason ? [] : [{ ...one, reason: plain(one.reason) }],
    ),
    passages: passages.flatMap((one) => {
      const masked = plain(maskPlaces(one.quote, one.origins, ranges))
      return masked === one.quote ? [] : [{ ...one, quote: masked }]
    }),
    notes: notes.flatMap((one) => (plain(one.note) === one.note ? [] : [{ ...one, note: plain(one.note) }])),
    hunks: hunks.flatMap((one) => {
      const says = (json: string) => quote !== null && wordsIn(JSON.parse(json)).includes(quote)
      // Where the places alone are known, a whole field, which has none of its own, may hold the words.
      const unsure = quote === null && ranges.length > 0 && one.target === 'blocks' && one.origins === null
      const holds = says(one.before) || says(one.after) || touches(one.origins ?? [], ranges) || unsure
      return holds ? [{ ...one, before: 'null', after: 'null' }] : []
    }),
    decisions: texts.decisions.flatMap((one) =>
      plain(one.reason) === one.reason ? [] : [{ ...one, reason: plain(one.reason) }],
    ),
    steps: texts.steps.flatMap((one) =>
      plain(one.reason) === one.reason ? [] : [{ ...one, reason: plain(one.reason) }],
    ),
    requests: texts.requests.flatMap((one) => {
      const masked = { ...one, note: plain(one.note), endReason: maybe(one.endReason) }
      return masked.note === one.note && masked.endReason === one.endReason ? [] : [masked]
    }),
    verdicts: texts.verdicts.flatMap((one) =>
      plain(one.reason) === one.reason ? [] : [{ ...one, reason: plain(one.reason) }],
    ),
    dissents: dissents.flatMap((one) => {
      const on = one.quote === null ? null : plain(maskPlaces(one.quote, one.origins ?? [], ranges))
      const masked = { ...one, position: plain(one.position), quote: on }
      return masked.position === one.position && on === one.quote ? [] : [masked]
    }),
    reports: texts.reports.flatMap((one) => {
      const holds =
        one.link !== null && quote !== null && [one.link, decoded(one.link)].some((link) => link.includes(quote))
      const masked = { ...one, words: plain(one.words), link: holds ? null : one.link }
      return masked.words === one.words && masked.link === one.link ? [] : [masked]
    }),
    assessments: reasoned(texts.assessments),
    rulings: reasoned(texts.rulings),
    endorsements: reasoned(texts.endorsements),
    planSteps: reasoned(texts.planSteps),
    letters: reasoned(texts.letters),
  }
}

/** An address as people read it; as it stands where it is none that can be. */
function decoded(link: string): string {
  try {
    return decodeURIComponent(link)
  } catch {
    return link
  }
}

/** All words in a value as of JSON, one after another: of nodes their text and what stands in their attributes. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsIn).join('')
  if (typeof value !== 'object' || value === null) return ''
  const { text, content, attrs, marks } = value as Record<string, unknown>
  if (text !== undefined || content !== undefined)
    return [text, content, attrs, marks].map((part) => wordsIn(part)).join('')
  return Object.values(value).map(wordsIn).join('')
}

function touches(origins: BesideText['quotes'][number]['origins'], ranges: readonly TextRange[]): boolean {
  return origins.some(([client, clock, length]) =>
    ranges.some((one) => one.client === client && one.clock < clock + length && clock < one.clock + one.length),
  )
}

/** A text whose units were written under these ids, with filler where a range holds them. */
function maskPlaces(
  text: string,
  origins: readonly (readonly [client: number, clock: number, length: number])[],
  ranges: readonly TextRange[],
): string {
  let masked = ''
  for (const [client, clock, length] of origins) {
    for (let at = clock; at < clock + length; at += 1) {
      const isOut = ranges.some(
        (range) => range.client === client && range.clock <= at && at < range.clock + range.length,
      )
      masked += isOut ? filler : (text[masked.length] ?? '')
    }
  }
  return masked
}

/** The words as they would stand in a canonical payload. */
export function asStored(quote: string): string {
  return JSON.stringify(quote).slice(1, -1)
}
