import { randomUUID } from 'node:crypto'
import { applyContent, fieldOf, type JsonNode } from '@cabildo/schema/content'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import { type IdSpan, wordsOf } from '@cabildo/schema/hunks/hunk'
import { idsIn } from '@cabildo/schema/hunks/places'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type { FieldKind } from '@cabildo/schema/templates/template'
import * as Y from 'yjs'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { newId } from '../../server/src/db/ids.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { insertDocument } from '../../server/src/rooms/adapters/new-document.ts'
import { createRandom } from '../harness/random.ts'
import { foundTown, type Town } from '../record/town.ts'
import { createVocabulary, type Vocabulary } from '../search/words.ts'
import { type Caller, createCaller } from '../workshop/caller.ts'

/** A commitment of the plan `review`. */
export interface Reviewed {
  number: number
  documentId: string
  doc: Y.Doc
}

/** Two commitments of one plan that say the same, and the cookies of its drafters. */
export interface Desk {
  slug: string
  bare: Reviewed
  full: Reviewed
  cookies: string[]
}

/** What is put beside the second one. */
export interface Beside {
  threads: number
  proposals: number
}

const people = 12
const paragraphs = 4
const wordsOfEach = 50

/** Plants the plan with both commitments, nothing beside either. */
export async function plantDesk(url: string, seed: number): Promise<Desk> {
  const pool = createPool({ connectionString: url })
  try {
    await migrate(pool)
    const db = createDb(pool)
    const town = await foundTown(db, 'review', { people, documents: 0 })
    const vocabulary = createVocabulary(createRandom(seed))
    const content = { template: 'ogp-commitment', version: 1, facts: {}, fields: fieldsOf(vocabulary) } as const
    const bare = await plantCommitment(db, town, content, 1)
    const full = await plantCommitment(db, town, content, 2)
    const sessions = createSessions(db, { secure: false })
    const begun = await Promise.all(town.people.map(({ userId }) => sessions.begin(userId)))
    return { slug: town.slug, bare, full, cookies: begun.map(({ cookie }) => cookie.split(';', 1)[0] ?? '') }
  } finally {
    await pool.end()
  }
}

/** The same words for both: what differs is what stands beside them. */
function fieldsOf({ sentence }: Vocabulary): Record<string, JsonNode> {
  const paragraph = (words: number) => ({ type: 'paragraph', content: [{ type: 'text', text: sentence(words) }] })
  const milestone = () => ({
    type: 'milestone',
    content: [{ type: 'milestoneTitle', content: [{ type: 'text', text: sentence(8) }] }],
  })
  const blocks = (kind: FieldKind) => {
    if (kind === 'line') return [paragraph(6)]
    if (kind === 'milestones') return [milestone(), milestone(), milestone()]
    return Array.from({ length: paragraphs }, () => paragraph(wordsOfEach))
  }
  return Object.fromEntries(
    ogpCommitment.fields.map(({ name, kind }) => [name, { type: 'doc', content: blocks(kind) }]),
  )
}

async function plantCommitment(
  db: ReturnType<typeof createDb>,
  { planId, people: [first] }: Town,
  content: Parameters<typeof applyContent>[1],
  number: number,
): Promise<Reviewed> {
  if (!first) throw new Error('a plan without people')
  const [doc, documentId] = [new Y.Doc(), newId()]
  doc.clientID = number
  applyContent(doc, content)
  const { userId, sessionId, groupId } = first
  await insertDocument(db, {
    ...{
      documentId,
      planId,
      kind: 'commitment',
      template: 'ogp-commitment',
      templateVersion: 1,
      title: `Commitment ${number}`,
    },
    ...{ writer: { userId, sessionId, groupId }, state: Y.encodeStateAsUpdate(doc), clientId: number },
  })
  await db.insertInto('commitment').values({ id: newId(), planId, documentId, number, createdBy: userId }).execute()
  return { number, documentId, doc }
}

/** Has the people of the plan open threads on words of a commitment, and propose changes of it, in turn. */
export async function reviewIt(port: number, desk: Desk, { threads, proposals }: Beside, seed: number): Promise<void> {
  const { doc, documentId } = desk.full
  const { sentence } = createVocabulary(createRandom(seed + 1))
  const places = placesIn(doc)
  const caller = createCaller(port, 4)
  const post = postTo(caller, desk)
  const kinds = ['comment', 'question', 'objection', 'praise']
  try {
    for (let turn = 0; turn < threads; turn += 1) {
      const ids = wordsAt(places, turn)
      const kind = kinds[turn % kinds.length]
      await post(turn, `/api/documents/${documentId}/threads`, { kind, ids, body: sentence(15), mentions: [] })
    }
    for (let turn = 0; turn < proposals; turn += 1)
      await post(turn, `/api/documents/${documentId}/proposals`, {
        ...{ note: sentence(8), hunks: changeAt(doc, places, turn, sentence) },
      })
  } finally {
    caller.end()
  }
}

/** Sends something in the name of one after another; throws when it is refused. */
export function postTo(caller: Caller, { cookies }: Desk) {
  return async (turn: number, path: string, body: object): Promise<void> => {
    const cookie = cookies[turn % cookies.length] ?? ''
    const answer = await caller.ask('POST', path, { cookie, body: { key: randomUUID(), ...body } })
    if (answer.status !== 201) throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }
}

/** A paragraph of a rich field. */
interface Place {
  field: string
  index: number
  text: Y.XmlText
}

function placesIn(doc: Y.Doc): Place[] {
  return ogpCommitment.fields
    .filter(({ kind }) => kind === 'rich')
    .flatMap(({ name: field }) =>
      doc
        .getXmlFragment(field)
        .toArray()
        .flatMap((block, index) => {
          const text = block instanceof Y.XmlElement ? block.get(0) : undefined
          return text instanceof Y.XmlText ? [{ field, index, text }] : []
        }),
    )
}

/** Three words, others for each turn until all of the text has been pointed at. */
function wordsAt(places: readonly Place[], turn: number): IdSpan[] {
  const place = places[turn % places.length]
  if (!place) throw new Error('a text without paragraphs')
  const starts = startsOfWords(place.text.toString())
  const first = (Math.floor(turn / places.length) * 4) % (starts.length - 4)
  return idsIn(place.text, starts[first] ?? 0, (starts[first + 3] ?? 0) - 1)
}

const startsOfWords = (text: string): number[] => [...text.matchAll(/\S+/g)].map(({ index }) => index)

/** Other words for two of a paragraph; every tenth turn a paragraph more. */
function changeAt(doc: Y.Doc, places: readonly Place[], turn: number, sentence: Vocabulary['sentence']) {
  const place = places[turn % places.length]
  if (!place) throw new Error('a text without paragraphs')
  const { field, index } = place
  const blocks = [...(fieldOf(doc, field, 'rich').content ?? [])]
  const paragraph = (text: string): JsonNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  if (turn % 10 === 9) blocks.splice(index + 1, 0, paragraph(sentence(20)))
  else {
    const words = wordsOf([blocks[index] ?? { type: 'paragraph' }]).split(' ')
    words.splice((Math.floor(turn / places.length) * 9 + 2) % (words.length - 2), 2, ...sentence(3).split(' '))
    blocks[index] = paragraph(words.join(' '))
  }
  return hunksOfField(doc, field, { type: 'doc', content: blocks })
}
