import { hash, randomBytes } from 'node:crypto'
import { toHex, utf8 } from '@cabildo/record/bytes'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { type Entry, sealEntry } from '@cabildo/record/entry'
import type { EntryType } from '@cabildo/record/entry-types'
import { opaqueId, payloadCommitment } from '@cabildo/record/hash'
import { typedBytes, writeTyped } from '../harness/updates.ts'
import type { Town, Townsperson } from './town.ts'

/** Rows of the tables of the record and of the documents' logs, as `json_populate_recordset` reads them. */
export interface Rows {
  record_entry: object[]
  record_payload: object[]
  document_update: object[]
}

/** Makes a plan's entries one after another, in the record's own format. */
export interface Scribe {
  /** Entries made so far. */
  readonly seq: number
  /** The time of the next entry, in milliseconds. */
  readonly next: number
  write(rows: Rows): void
  /** How the chain and the documents' logs stand now. */
  ends(): { hash: Uint8Array; at: string; heads: { documentId: string; seq: number }[] }
}

interface Told {
  type: EntryType
  person: Townsperson | null
  documentId?: string | undefined
  payload?: Json | undefined
  counts?: Json
  content?: Entry['content']
  refs?: number[] | undefined
  /** Its payload was taken out since. */
  gone?: boolean
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')
const bytea = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`
const someHash = () => `sha256:${randomBytes(32).toString('hex')}`

/** An entry of this kind stands here, and nowhere else in the plan: what nobody finds by chance. */
export const rareAt = { contribution: 40, redaction: 5000, lonely: [60, 61, 62] } as const

/**
 * A scribe for `count` entries of a town, spread evenly between two moments. Nearly all are typed text, one entry in a
 * hundred is a version. The last person wrote three entries early on; the small group, one in ten thousand.
 */
export function createScribe(
  { planId, people, documents }: Town,
  { count, from, to, random }: { count: number; from: number; to: number; random: () => number },
): Scribe {
  const [first, lonely] = [someone(people[0]), someone(people.at(-1))]
  const others = people.slice(1, -1)
  const few = others.slice(0, 3)
  const many = [first, ...others.slice(3)]
  const logs = documents.map((document) => ({ ...document, seq: 0, versions: 0, typed: new Map<string, number>() }))
  const buffer = new Uint8Array(typedBytes)
  let seq = 0
  let prev: Uint8Array = new Uint8Array(32)
  const timeOf = (at: number) => from + Math.floor(((to - from) / count) * at)

  function pick<One>(all: readonly One[]): One {
    // Some are heard of far more often than others.
    const one = all[Math.floor(random() ** 2 * all.length)]
    if (one === undefined) throw new Error('nothing to choose from')
    return one
  }

  function tell(rows: Rows, at: string): Told {
    const number = seq + 1
    if (number === 1) return { type: 'plan', person: null, payload: { what: 'founded' } }
    if (number <= Math.min(30, people.length)) {
      const person = people[number - 1] ?? first
      return { type: 'membership', person: first, payload: { what: 'joined', person: person.pid, role: 'drafter' } }
    }
    if (number === rareAt.contribution) {
      return { type: 'contribution', person: first, payload: { text: 'a question' }, gone: count > rareAt.redaction }
    }
    if (number === rareAt.redaction) {
      return { type: 'redaction', person: first, payload: { basis: 'a rule' }, refs: [rareAt.contribution] }
    }
    const isLonely = (rareAt.lonely as readonly number[]).includes(number)
    const person = isLonely ? lonely : number % 10_000 === 77 ? pick(few) : pick(many)
    const log = pick(logs)
    if (log.seq > 0 && random() < 0.01) {
      log.versions += 1
      const content = {
        document: log.documentId,
        number: log.versions,
        seq: log.seq,
        sha256: someHash(),
        html: someHash(),
      }
      return { type: 'version', person, documentId: log.documentId, content }
    }
    return typing(rows, log, person, at)
  }

  function typing(rows: Rows, log: (typeof logs)[number], person: Townsperson, at: string): Told {
    const { documentId, seed } = log
    const start = log.seq + 1
    // The seed is in the log already.
    const via = start === 1 ? 'template' : 'edit'
    const writer = start === 1 ? first : person
    const updates: { seq: number; at: string; bytes: string }[] = []
    const length = start === 1 ? 1 : 1 + Math.floor(random() ** 3 * 8)
    for (let i = 0; i < length; i += 1) {
      log.seq += 1
      if (start === 1) {
        updates.push({ seq: 1, at, bytes: Buffer.from(seed).toString('base64') })
        continue
      }
      const typed = log.typed.get(person.pid) ?? 0
      log.typed.set(person.pid, typed + 1)
      const bytes = Buffer.from(buffer.subarray(0, writeTyped(buffer, 0, people.indexOf(person), typed)))
      updates.push({ seq: log.seq, at, bytes: bytes.toString('base64') })
      rows.document_update.push({
        document_id: documentId,
        seq: log.seq,
        user_id: person.userId,
        session_id: person.sessionId,
        via,
        bytes: bytea(bytes),
        stored_at: at,
      })
    }
    return {
      type: 'update-batch',
      person: writer,
      documentId,
      counts: { updates: length, from: start, to: log.seq },
      payload: { document: documentId, session: opaqueId(utf8(writer.sessionId), planId), via, updates },
    }
  }

  return {
    get seq() {
      return seq
    },
    get next() {
      return seq < count ? timeOf(seq + 1) : Number.POSITIVE_INFINITY
    },
    write(rows) {
      const at = new Date(timeOf(seq + 1)).toISOString()
      const { type, person, documentId, payload, counts, content, refs, gone } = tell(rows, at)
      seq += 1
      const salt = randomBytes(32)
      const text = payload === undefined ? undefined : canonicalText(payload)
      const { text: body, hash } = sealEntry({
        v: 1,
        type,
        plan: planId,
        seq,
        prev: toHex(prev),
        at,
        actor: person && { pid: person.pid, side: person.sector, role: 'drafter' },
        ...(text !== undefined && { commit: { payload: payloadCommitment(salt, text, sha256), public: true } }),
        ...(content && { content }),
        ...(refs && { refs }),
      })
      prev = hash
      rows.record_entry.push({
        plan_id: planId,
        seq,
        body,
        hash: bytea(hash),
        type,
        at,
        pid: person?.pid ?? null,
        group_id: person?.groupId ?? null,
        document_id: documentId ?? null,
        counts: counts === undefined ? null : canonicalText(counts),
      })
      if (text !== undefined && !gone) {
        rows.record_payload.push({ plan_id: planId, seq, salt: bytea(salt), payload: text })
      }
    },
    ends: () => ({
      hash: prev,
      at: new Date(timeOf(seq)).toISOString(),
      heads: logs.map(({ documentId, seq }) => ({ documentId, seq })),
    }),
  }
}

function someone(person: Townsperson | undefined): Townsperson {
  if (!person) throw new Error('a plan without people')
  return person
}
