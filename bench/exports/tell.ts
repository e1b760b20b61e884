import { hash, randomBytes } from 'node:crypto'
import { toHex, utf8 } from '@cabildo/record/bytes'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { type Entry, sealEntry } from '@cabildo/record/entry'
import type { EntryType } from '@cabildo/record/entry-types'
import { opaqueId, payloadCommitment } from '@cabildo/record/hash'
import { canonicalJson, textHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { contentHtml } from '@cabildo/schema/html'
import { newId } from '../../server/src/db/ids.ts'
import type { Town, Townsperson } from '../record/town.ts'
import type { Vocabulary } from '../search/words.ts'
import type { Paper } from './paper.ts'

/** Rows of the tables that a plan's history fills, as `json_populate_recordset` reads them; each depends on those before it. */
export interface HistoryRows {
  record_entry: object[]
  record_payload: object[]
  document_client: object[]
  document_update: object[]
  version: object[]
  input: object[]
  input_link: object[]
  input_answer: object[]
}

/** Nothing yet. */
export const noHistory = (): HistoryRows => ({
  ...{ record_entry: [], record_payload: [], document_client: [], document_update: [] },
  ...{ version: [], input: [], input_link: [], input_answer: [] },
})

/** How much is told. Of the inputs three in four have an answer. */
export interface History {
  entries: number
  inputs: number
  /** Milliseconds between which it all happened. */
  from: number
  to: number
}

/** A plan's record as it is made, entry after entry. */
export interface Telling {
  /** Entries made so far. */
  readonly seq: number
  write(rows: HistoryRows): void
  /** The end of the plan's chain. */
  end(): { hash: Uint8Array; at: string }
}

interface Told {
  type: EntryType
  person: Townsperson | null
  documentId?: string
  payload?: Json
  counts?: Json
  content?: Entry['content']
  refs?: number[]
}

/** One entry in so many is a version. */
const versionEvery = 500

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')
const bytea = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`

/**
 * Tells how a plan came about: who joined, what was typed, letter by letter, into texts that are real ones, what people
 * brought and what they were answered, and which versions were named. Every entry is in the record's own format, with a
 * payload that is what it commits to, so that a verifier finds the whole sound and builds each text again.
 */
export function createTelling(
  { planId, people }: Pick<Town, 'planId' | 'people'>,
  papers: readonly Paper[],
  { sentence }: Pick<Vocabulary, 'sentence'>,
  { entries: count, inputs, from, to, random }: History & { random: () => number },
): Telling {
  const first = firstOf(people)
  const answers = Math.floor((inputs * 3) / 4)
  const before = people.length + 1 + papers.length
  const stride = Math.max(2, Math.floor((count - before) / Math.max(1, inputs)))
  const brought: { id: string; entry: number }[] = []
  const bound = new Set<string>()
  let [seq, answered] = [0, 0]
  let prev: Uint8Array = new Uint8Array(32)
  const timeOf = (number: number) => from + Math.floor(((to - from) / count) * number)
  const one = <One>(all: readonly One[]): One => {
    // Some are heard of far more often than others.
    const found = all[Math.floor(random() ** 2 * all.length)]
    if (found === undefined) throw new Error('nothing to choose from')
    return found
  }

  function tell(rows: HistoryRows, number: number, at: string): Told {
    if (number === 1) return { type: 'plan', person: null, payload: { what: 'founded' } }
    const joined = people[number - 2]
    if (joined) {
      const payload = { what: 'joined', person: joined.pid, role: 'drafter' }
      return { type: 'membership', person: first, payload }
    }
    const begun = papers[number - people.length - 2]
    if (begun) return seed(begun)
    const place = number - before
    if (place % stride === 0 && brought.length < inputs) return bring(rows, at, number)
    if (place % stride === stride >> 1 && answered < Math.min(answers, brought.length)) return answer(rows, at, number)
    const paper = one(papers)
    return place % versionEvery === 1 ? name(rows, paper, at) : type(rows, paper, at)
  }

  /** Its row is in the log since the document was made. */
  function seed({ documentId, seed: bytes, begunAt }: Paper): Told {
    const updates = [{ seq: 1, at: begunAt, bytes: Buffer.from(bytes).toString('base64') }]
    const session = opaqueId(utf8(first.sessionId), planId)
    return {
      ...{ type: 'update-batch', person: first, documentId, counts: { updates: 1, from: 1, to: 1 } },
      payload: { document: documentId, session, via: 'template', updates },
    }
  }

  function type(rows: HistoryRows, paper: Paper, at: string): Told {
    const { documentId } = paper
    const person = one(people)
    const { userId, sessionId, groupId } = person
    const start = paper.seq + 1
    const length = 1 + Math.floor(random() ** 3 * 8)
    const member = people.indexOf(person)
    const updates = paper.type(member, length, random).map((bytes) => {
      paper.seq += 1
      rows.document_update.push({
        ...{ document_id: documentId, seq: paper.seq, user_id: userId, session_id: sessionId, via: 'edit' },
        ...{ bytes: bytea(bytes), stored_at: at },
      })
      return { seq: paper.seq, at, bytes: Buffer.from(bytes).toString('base64') }
    })
    const client = `${documentId} ${member}`
    if (!bound.has(client)) {
      bound.add(client)
      rows.document_client.push({
        ...{ document_id: documentId, client_id: paper.clientOf(member), user_id: userId, session_id: sessionId },
        ...{ group_id: groupId, via: 'edit', first_seq: start, bound_at: at },
      })
    }
    return {
      ...{ type: 'update-batch', person, documentId },
      counts: { updates: updates.length, from: start, to: paper.seq },
      payload: { document: documentId, session: opaqueId(utf8(sessionId), planId), via: 'edit', updates },
    }
  }

  function name(rows: HistoryRows, paper: Paper, at: string): Told {
    const { documentId } = paper
    const person = one(people)
    const content = contentOf(paper.doc)
    const [json, html] = [canonicalJson(content), contentHtml(content)]
    paper.versions += 1
    const id = newId()
    const called = `Versión ${paper.versions}`
    rows.version.push({
      ...{ id, document_id: documentId, number: paper.versions, kind: 'named', name: called, seq: paper.seq },
      ...{
        content: json,
        content_hash: textHash(json),
        html,
        author_ids: [],
        created_by: person.userId,
        created_at: at,
      },
    })
    const told = { document: documentId, number: paper.versions, seq: paper.seq }
    const hashes = { sha256: textHash(json), html: textHash(html) }
    return { type: 'version', person, documentId, payload: { name: called }, content: { ...told, ...hashes } }
  }

  function bring(rows: HistoryRows, at: string, entry: number): Told {
    const person = one(people)
    const { userId, groupId, sector } = person
    const [id, salt, words, { documentId }] = [newId(), randomBytes(32), sentence(30), one(papers)]
    brought.push({ id, entry })
    const number = brought.length
    rows.input.push({
      ...{ id, plan_id: planId, number, key: id, channel: 'paper', said_on: at.slice(0, 10), language: 'es', words },
      ...{ salt: bytea(salt), typed_by: userId, from_id: userId, group_id: groupId, side: sector, role: 'drafter' },
      ...{ consent: true, display: 'name', held: false, entry, brought_at: at },
    })
    rows.input_link.push({
      ...{ input_id: id, number: 1, plan_id: planId, document_id: documentId, field: 'problem', made: 'hand' },
      ...{ by_id: userId, entry, linked_at: at },
    })
    const said = { kind: 'input', act: 'brought', input: number, channel: 'paper', language: 'es', consent: true }
    const text = payloadCommitment(salt, words)
    return { type: 'contribution', person, documentId, payload: { ...said, text, document: documentId } }
  }

  function answer(rows: HistoryRows, at: string, entry: number): Told {
    const person = one(people)
    const asked = brought[answered]
    if (!asked) throw new Error('an answer to nothing')
    answered += 1
    const [salt, reason] = [randomBytes(32), sentence(20)]
    rows.input_answer.push({
      ...{ input_id: asked.id, number: 1, plan_id: planId, outcome: 'not_adopted', reason, salt: bytea(salt) },
      ...{ by_id: person.userId, entry, answered_at: at },
    })
    const told = { input: answered, answer: 1, outcome: 'not_adopted', reason: payloadCommitment(salt, reason) }
    return { type: 'answer', person, payload: told, refs: [asked.entry] }
  }

  return {
    get seq() {
      return seq
    },
    write(rows) {
      const number = seq + 1
      const at = new Date(timeOf(number)).toISOString()
      const { type, person, documentId, payload, counts, content, refs } = tell(rows, number, at)
      seq = number
      const salt = randomBytes(32)
      const text = payload === undefined ? undefined : canonicalText(payload)
      const sealed = sealEntry({
        ...{ v: 1, type, plan: planId, seq, prev: toHex(prev), at },
        actor: person && { pid: person.pid, side: person.sector, role: 'drafter' },
        ...(text !== undefined && { commit: { payload: payloadCommitment(salt, text, sha256), public: true } }),
        ...(content && { content }),
        ...(refs && { refs }),
      })
      prev = sealed.hash
      rows.record_entry.push({
        ...{ plan_id: planId, seq, body: sealed.text, hash: bytea(sealed.hash), type, at, pid: person?.pid ?? null },
        ...{ group_id: person?.groupId ?? null, document_id: documentId ?? null },
        counts: counts === undefined ? null : canonicalText(counts),
      })
      if (text !== undefined) rows.record_payload.push({ plan_id: planId, seq, salt: bytea(salt), payload: text })
    },
    end: () => ({ hash: prev, at: new Date(timeOf(seq)).toISOString() }),
  }
}

function firstOf([first]: readonly Townsperson[]): Townsperson {
  if (!first) throw new Error('a plan without people')
  return first
}
