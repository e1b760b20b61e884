/** So many units of text whose original ids follow each other. */
export interface Span {
  length: number
  client: number
  clock: number
}

/** A piece of text and where its units were originally written. The lengths of `spans` add up to the text's. */
export interface Words {
  text: string
  spans: Span[]
}

/** Adds a span at the end of a list, joined with the last where it continues it. */
export function addSpan(spans: Span[], { length, client, clock }: Span): void {
  const last = spans.at(-1)
  if (last && last.client === client && last.clock + last.length === clock) last.length += length
  else spans.push({ length, client, clock })
}

/** The spans of part of a text. */
export function cutSpans(spans: readonly Span[], from: number, to: number): Span[] {
  const cut: Span[] = []
  let at = 0
  for (const { length, client, clock } of spans) {
    const start = Math.max(from, at)
    const end = Math.min(to, at + length)
    if (start < end) cut.push({ length: end - start, client, clock: clock + start - at })
    at += length
    if (at >= to) break
  }
  return cut
}

/** One text after another. */
export function joinWords(a: Words, b: Words): Words {
  const spans = a.spans.map((span) => ({ ...span }))
  for (const span of b.spans) addSpan(spans, span)
  return { text: a.text + b.text, spans }
}

/** How many characters (code points) a well-formed text has. */
export function countCharacters(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0xdc00 && code <= 0xdfff) count--
  }
  return count
}
