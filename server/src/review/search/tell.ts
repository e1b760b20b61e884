/** Reads the words of what was found where they stand, as the reader may see them now. */
import type { Person } from '@cabildo/protocol/http/common'
import type { Input } from '@cabildo/protocol/http/inputs'
import type { SearchItem } from '@cabildo/protocol/http/search'
import type { Content } from '@cabildo/schema/content'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { peopleOf } from '../../people/service.ts'
import { readInputs } from '../inputs/tell.ts'
import { type CommentText, type Found, textsOf, type VersionText } from './rules.ts'
import { findComments, findTitles, findVersions } from './store.ts'

/** A text that was found: where it stands, and its words. Of several texts the first that holds what was looked for is shown. */
export interface Told {
  item: Omit<SearchItem, 'excerpt' | 'at'>
  texts: { field: string | null; text: string }[]
}

/** Reads what was found in a plan. What is not there any more, or not for this reader, is left out. */
export async function tellFound(
  db: Kysely<Database>,
  actor: Actor,
  planId: string,
  found: readonly Found[],
): Promise<Map<Found, Told>> {
  const of = (kind: Found['kind']) => found.filter((one) => one.kind === kind)
  const ids = (kind: Found['kind']) => of(kind).map(({ sourceId }) => sourceId)
  const [comments, versions, inputs, titles] = await Promise.all([
    findComments(db, of('comment')),
    findVersions(db, ids('version')),
    readInputs({ db }, actor, planId, ids('input')),
    findTitles(
      db,
      found.flatMap(({ documentId }) => documentId ?? []),
    ),
  ])
  const by = [...comments, ...versions].flatMap(({ byId }) => byId ?? [])
  const people = await peopleOf(db, planId, [...new Set(by)])
  const tell = (one: Found): Told | undefined => {
    switch (one.kind) {
      case 'text':
        return { item: empty(one), texts: [{ field: one.field, text: one.body ?? '' }] }
      case 'comment':
        return tellComment(
          one,
          comments.find(({ sourceId, number }) => sourceId === one.sourceId && number === one.number),
          people,
        )
      case 'version':
        return tellVersion(
          one,
          versions.find(({ id }) => id === one.sourceId),
          people,
        )
      case 'input':
        return tellInput(one, inputs.get(one.sourceId))
    }
  }
  return new Map(
    found.flatMap((one): [Found, Told][] => {
      const told = tell(one)
      if (!told) return []
      const title = titles.find(({ documentId }) => documentId === one.documentId)
      const document = title ? { id: idOf(title.documentId), number: title.number, title: title.title } : null
      return [[one, { ...told, item: { ...told.item, document } }]]
    }),
  )
}

const empty = ({ kind }: Found): Told['item'] => ({
  ...{ kind, document: null, field: null, thread: null, input: null, version: null, by: null },
})

/** Read from a column of ids, and so already what its brand promises. */
const idOf = (id: string) => id as never

function tellComment(
  found: Found,
  comment: CommentText | undefined,
  people: ReadonlyMap<string, Person>,
): Told | undefined {
  if (!comment) return undefined
  const { field, byId, body, quote } = comment
  const thread = { id: idOf(comment.threadId), number: comment.thread, comment: comment.comment }
  return {
    item: { ...empty(found), thread, by: people.get(byId) ?? null },
    texts: [withoutMentions(body), quote ?? ''].map((text) => ({ field, text })),
  }
}

function tellVersion(
  found: Found,
  version: VersionText | undefined,
  people: ReadonlyMap<string, Person>,
): Told | undefined {
  if (!version) return undefined
  const { id, number, name, note, byId } = version
  return {
    item: {
      ...empty(found),
      ...{ version: { id: idOf(id), number, name }, by: (byId !== null && people.get(byId)) || null },
    },
    texts: [
      ...[name, note].map((text) => ({ field: null, text: text ?? '' })),
      // The text of a version is the canonical form of a content that was read through the schema.
      ...textsOf(JSON.parse(version.content) as Content),
    ],
  }
}

function tellInput(found: Found, input: Input | undefined): Told | undefined {
  const answer = input?.answers.find(({ number }) => number === found.number)
  if (!input || (found.number > 0 && !answer)) return undefined
  const texts = answer ? [answer.reason] : [input.words, input.place ?? '']
  return {
    item: {
      ...empty(found),
      by: answer ? answer.by : input.from,
      input: { id: input.id, number: input.number, answer: answer?.number ?? null },
    },
    texts: texts.map((text) => ({ field: null, text })),
  }
}

/** A comment's words; whom it mentions is no word of it. */
function withoutMentions(body: string): string {
  return body.replaceAll(/@\[[A-Za-z0-9_-]{22}\]/g, '@…')
}
