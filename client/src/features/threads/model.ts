import type { Comment, Thread, ThreadKind } from '@cabildo/protocol/http/threads'
import type { UserId } from '@cabildo/protocol/ids'
import type { Localized, Template } from '@cabildo/schema/templates/template'

/** What of the threads is listed. */
export interface Filters {
  state: 'open' | 'resolved' | 'all'
  kind: ThreadKind | 'all'
  /** Those one takes part in, or is named in. */
  whose: 'all' | 'mine' | 'mentions'
  /** A field or a fact, `whole` for the whole commitment, or `all`. */
  field: string
}

/** What is listed at first. */
export const noFilters: Filters = { state: 'open', kind: 'all', whose: 'all', field: 'all' }

/** What a thread can be on besides the whole text: the fields and facts of a form, as one reads them. */
export const subjectsOf = ({ sections, fields, facts }: Template): { name: string; label: Localized }[] =>
  sections.flatMap((section) => [
    ...section.fields.flatMap((name) => fields.filter((field) => field.name === name)),
    ...section.facts.flatMap((key) =>
      facts.filter((fact) => fact.key === key).map(({ label }) => ({ name: key, label })),
    ),
  ])

/** Whether somebody said something in a thread or is named there. */
const isMine = ({ comments }: Thread) => comments.some(({ own }) => own)
const mentions = ({ comments }: Thread, me: string) =>
  comments.some((comment) => comment.mentions.some(({ id }) => id === me))

/** The threads that pass the filters. */
export function filtered(threads: readonly Thread[], { state, kind, whose, field }: Filters, me: string): Thread[] {
  return threads.filter(
    (thread) =>
      (state === 'all' || thread.resolved === (state === 'resolved')) &&
      (kind === 'all' || thread.kind === kind) &&
      (whose === 'all' || (whose === 'mine' ? isMine(thread) : mentions(thread, me))) &&
      (field === 'all' || (thread.field ?? 'whole') === field),
  )
}

/**
 * The threads as one reads them: those on the whole first, then by field or fact in the order of the form; in a field those on
 * all of it, then by where their words stand, and last those whose words are gone. By number where nothing else decides.
 */
export function inReadingOrder(threads: readonly Thread[], fields: readonly string[]): Thread[] {
  const keyOf = (thread: Thread): [number, number, number] => {
    const [place] = thread.places
    const field = place?.field ?? thread.field
    const inField = thread.quote === null ? -1 : (place?.start ?? Number.POSITIVE_INFINITY)
    return [field === null ? -1 : fields.indexOf(field), inField, thread.number]
  }
  return threads
    .map((thread) => ({ thread, key: keyOf(thread) }))
    .sort(({ key: a }, { key: b }) => a[0] - b[0] || compare(a[1], b[1]) || a[2] - b[2])
    .map(({ thread }) => thread)
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)

/** The neighbour of a thread in a list, round the ends; the first (or the last) when it is not in it. */
export function neighbour(threads: readonly Thread[], number: number | undefined, by: 1 | -1): Thread | undefined {
  const at = threads.findIndex((thread) => thread.number === number)
  if (at < 0) return by === 1 ? threads[0] : threads.at(-1)
  return threads[(at + by + threads.length) % threads.length]
}

/** A piece of what was said: words, or somebody who is named in them. */
export type Piece = { words: string } | { person: Comment['mentions'][number] }

const mention = /@\[([A-Za-z0-9_-]{22})\]/

/** What was said, in pieces. Whoever is named and not known (any more) is left as nobody. */
export function piecesOfBody({ body, mentions }: Pick<Comment, 'body' | 'mentions'>): Piece[] {
  return body.split(mention).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return part === '' ? [] : [{ words: part }]
    const person = mentions.find(({ id }) => id === part)
    return [person ? { person } : { words: '@…' }]
  })
}

/** What was said, as plain words. `nameOf` says what stands for somebody inside a sentence. */
export const plainBody = (
  comment: Pick<Comment, 'body' | 'mentions'>,
  nameOf: (person: Comment['mentions'][number], inside: true) => string,
): string =>
  piecesOfBody(comment)
    .map((piece) => ('words' in piece ? piece.words : `@${nameOf(piece.person, true)}`))
    .join('')

/** People who were named while writing, by the words that stand for them: `@Ana Paz`. */
export type Named = ReadonlyMap<string, UserId>

/** What was written, as it is sent: whoever is named by id, and who they are. */
export function bodyToSend(written: string, named: Named): { body: string; mentions: UserId[] } {
  if (named.size === 0) return { body: written.trim(), mentions: [] }
  // Longer names first: «@Ana» must not take what is of «@Ana Paz», nor of «@Anabel», whom nobody named. In one go: what
  // was put in is not looked at again.
  const labels = [...named.keys()]
    .sort((a, b) => b.length - a.length)
    .map((label) => label.replace(/[\^$.*+?()[\]{}|/]/g, '\\$&'))
  const mentions = new Set<UserId>()
  const body = written.replace(new RegExp(`(?:${labels.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'gu'), (label) => {
    const id = named.get(label)
    if (id) mentions.add(id)
    return id ? `@[${id}]` : label
  })
  return { body: body.trim(), mentions: [...mentions] }
}

/** What was sent, as it is written again. `nameOf` says what stands for somebody. */
export function bodyToEdit(
  comment: Pick<Comment, 'body' | 'mentions'>,
  nameOf: (person: Comment['mentions'][number]) => string,
): { written: string; named: Map<string, UserId> } {
  const named = new Map<string, UserId>()
  const written = piecesOfBody(comment)
    .map((piece) => {
      if ('words' in piece) return piece.words
      const label = labelFor(nameOf(piece.person), piece.person.id, named)
      named.set(label, piece.person.id)
      return label
    })
    .join('')
  return { written, named }
}

/** The words that stand for somebody: their name, told from that of another who is called the same. */
export function labelFor(name: string, id: UserId, named: Named): string {
  for (let count = 1; ; count += 1) {
    const label = count === 1 ? `@${name}` : `@${name} (${count})`
    const other = named.get(label)
    if (other === undefined || other === id) return label
  }
}

/** The beginning of a name that is being written after an @ at the cursor, and where the @ stands. */
export function mentionAt(written: string, cursor: number): { from: number; typed: string } | undefined {
  const found = /(?:^|[\s(«"])@([\p{L}\p{M}\p{N}.'-]{0,40}(?: [\p{L}\p{M}\p{N}.'-]{0,40})?)$/u.exec(
    written.slice(0, cursor),
  )
  const typed = found?.[1]
  return typed === undefined ? undefined : { from: cursor - typed.length - 1, typed }
}
