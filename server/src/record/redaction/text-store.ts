/** The texts that a redaction reads and rewrites. The document's threads and then its row must be held. */
import { createHash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { BesideText, NewText, Row, VersionText } from './texts.ts'

/** Where a document stands. */
export interface Head {
  epoch: number
  headSeq: number
}

/** Holds the document, so that neither rows nor versions are added meanwhile; undefined when the plan has none such. */
export function holdDocument(
  trx: Transaction<Database>,
  planId: string,
  documentId: string,
): Promise<Head | undefined> {
  return headOf(trx, planId, documentId).forNoKeyUpdate().executeTakeFirst()
}

/** Reads where a document stands; undefined when the plan has none such. */
export function findDocument(db: Kysely<Database>, planId: string, documentId: string): Promise<Head | undefined> {
  return headOf(db, planId, documentId).executeTakeFirst()
}

function headOf(db: Kysely<Database>, planId: string, documentId: string) {
  return db
    .selectFrom('document')
    .select(['epoch', 'headSeq'])
    .where('id', '=', documentId)
    .where('planId', '=', planId)
}

/** Reads rows of a document after `after` and up to `upTo`, in order. */
export function findRows(
  db: Kysely<Database>,
  documentId: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<Row[]> {
  return db
    .selectFrom('documentUpdate')
    .select(['seq', 'bytes'])
    .where('documentId', '=', documentId)
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .execute()
}

/** Reads what versions up to a row say, in the order of what they hold. */
export function findTexts(db: Kysely<Database>, documentId: string, upTo: number): Promise<VersionText[]> {
  return db
    .selectFrom('version')
    .select(['id', 'number', 'seq', 'content'])
    .where('documentId', '=', documentId)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .orderBy('number')
    .execute()
}

/** Reads what versions of a document are called. */
export function findNames(
  db: Kysely<Database>,
  documentId: string,
): Promise<{ id: string; name: string | null; note: string | null }[]> {
  return db.selectFrom('version').select(['id', 'name', 'note']).where('documentId', '=', documentId).execute()
}

/** Writes the texts of versions anew. Those from before the record have no page that was hashed, and get none. */
export async function updateTexts(trx: Transaction<Database>, texts: readonly NewText[]): Promise<void> {
  for (const { id, content, contentHash, html } of texts) {
    await trx
      .updateTable('version')
      .set({ content, contentHash, html: sql<string>`case when html is not null then ${html} end` })
      .where('id', '=', id)
      .execute()
  }
}

/** Writes what a version is called anew. */
export async function updateName(
  trx: Transaction<Database>,
  id: string,
  words: { name: string | null; note: string | null },
): Promise<void> {
  await trx.updateTable('version').set(words).where('id', '=', id).execute()
}

/** Raises the document's epoch, under which nothing that any device holds goes on, and writes its title where it has one. */
export async function raiseEpoch(trx: Transaction<Database>, documentId: string, title: string | null): Promise<void> {
  await trx
    .updateTable('document')
    .set(({ eb }) => ({ epoch: eb('epoch', '+', 1), ...(title !== null && { title }) }))
    .where('id', '=', documentId)
    .execute()
}

/** Drops every snapshot of a document, and who wrote what in it, and keeps this one instead. */
export async function replaceSnapshots(
  trx: Transaction<Database>,
  documentId: string,
  { seq, state }: { seq: number; state: Uint8Array },
): Promise<void> {
  await trx.deleteFrom('documentSnapshot').where('documentId', '=', documentId).execute()
  await trx.deleteFrom('documentAuthorship').where('documentId', '=', documentId).execute()
  await trx
    .insertInto('documentSnapshot')
    .values({ documentId, seq, state: Buffer.from(state) })
    .execute()
}

/** Reads the drafts of a document, those put away too. */
export function findDrafts(db: Kysely<Database>, documentId: string): Promise<{ id: string; bytes: Uint8Array }[]> {
  return db.selectFrom('documentDraft').select(['id', 'bytes']).where('documentId', '=', documentId).execute()
}

/** Reads which drafts a document has. */
export function findDraftIds(db: Kysely<Database>, documentId: string): Promise<{ id: string }[]> {
  return db.selectFrom('documentDraft').select('id').where('documentId', '=', documentId).execute()
}

/**
 * Writes a draft anew, with the hash of what it holds now: what the same device hands in again gets the same filler. The
 * hash of the words would let somebody who guesses them be sure.
 */
export async function updateDraft(trx: Transaction<Database>, id: string, bytes: Uint8Array): Promise<void> {
  const bytesHash = createHash('sha256').update(bytes).digest('hex')
  await sql`
    update document_draft d set bytes = ${Buffer.from(bytes)}, bytes_hash = case when exists (
      select from document_draft other where other.document_id = d.document_id and other.user_id = d.user_id
        and other.bytes_hash = ${bytesHash}
    ) then d.id else ${bytesHash} end
    where d.id = ${id}`.execute(trx)
}

/** An entry of the record with its payload. */
export interface Told {
  seq: number
  payload: string
}

/** Reads the batches that hold these rows of a document. */
export async function findBatches(
  trx: Transaction<Database>,
  planId: string,
  { documentId, seqs }: { documentId: string; seqs: readonly number[] },
): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select e.seq, p.payload from record_entry e
    join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.document_id = ${documentId} and e.type = 'update-batch'
      and exists (
        select from unnest(${seqs}::bigint[]) as n (seq)
        where n.seq between (e.counts::jsonb ->> 'from')::bigint and (e.counts::jsonb ->> 'to')::bigint
      )
    order by e.seq`.execute(trx)
  return rows
}

/** Reads what entries tell word for word, of versions of a document and of positions on it, in which these words stand. */
export async function findTelling(
  trx: Transaction<Database>,
  planId: string,
  { documentId, words }: { documentId: string; words: string },
): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select e.seq, p.payload from record_entry e
    join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.document_id = ${documentId} and e.type in ('version', 'dissent')
      and strpos(p.payload, ${words}) > 0
    order by e.seq`.execute(trx)
  return rows
}

/** Reads which entry tells of which version of a document. */
export async function findVersionEntries(
  trx: Transaction<Database>,
  planId: string,
  documentId: string,
): Promise<{ seq: number; number: number }[]> {
  const { rows } = await sql<{ seq: number; number: number }>`
    select seq, (body::jsonb -> 'content' ->> 'number')::int as number from record_entry
    where plan_id = ${planId} and document_id = ${documentId} and type = 'version'
    order by seq`.execute(trx)
  return rows
}

/** Rewrites rows, for the redaction that was entered in this transaction. */
export async function rewriteRows(
  trx: Transaction<Database>,
  { planId, seq }: { planId: string; seq: number },
  changed: ReadonlyMap<number, Uint8Array>,
): Promise<void> {
  const bytes = [...changed.values()].map((bytes) => Buffer.from(bytes))
  await sql`select redact_updates(${planId}, ${seq}, ${[...changed.keys()]}::bigint[], ${bytes}::bytea[])`.execute(trx)
}

/** Puts other payloads, with salts of their own, in the place of those of entries that the redaction names. */
export async function rewritePayloads(
  trx: Transaction<Database>,
  { planId, seq }: { planId: string; seq: number },
  payloads: readonly { seq: number; salt: Uint8Array; payload: string }[],
): Promise<void> {
  const seqs = payloads.map((one) => one.seq)
  const salts = payloads.map(({ salt }) => Buffer.from(salt))
  const texts = payloads.map(({ payload }) => payload)
  await sql`select redact_payloads(${planId}, ${seq}, ${seqs}::bigint[], ${salts}::bytea[], ${texts}::text[])`.execute(
    trx,
  )
}

/** Reads what is written beside a document. */
export async function findBeside(trx: Transaction<Database>, documentId: string): Promise<BesideText> {
  const ofDocument = sql`in (select id from thread where document_id = ${documentId})`
  // Also those whose link was taken away: what they say did not change with it.
  const ofInputs = sql`in (select input_id from input_link where document_id = ${documentId})`
  const ofProposals = sql`in (select id from proposal where document_id = ${documentId})`
  const ofOwnText = sql`in (select plan_id from document where id = ${documentId} and kind = 'plan')`
  const read = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(trx)).rows
  return {
    quotes: await read(sql<BesideText['quotes'][number]>`
      select id, quote, origins from thread where document_id = ${documentId} and quote is not null`),
    comments: await read(sql<BesideText['comments'][number]>`
      select id, body from thread_comment where thread_id ${ofDocument}`),
    wordings: await read(sql<BesideText['wordings'][number]>`
      select w.comment_id as id, w.number, w.body from comment_wording w
      join thread_comment c on c.id = w.comment_id where c.thread_id ${ofDocument}`),
    reasons: await read(sql<BesideText['reasons'][number]>`
      select thread_id as id, number, reason from thread_step where thread_id ${ofDocument}`),
    inputs: await read(sql<BesideText['inputs'][number]>`
      select i.id, i.words, i.place, p.name from input i left join input_person p on p.input_id = i.id
      where i.id ${ofInputs}`),
    answers: await read(sql<BesideText['answers'][number]>`
      select input_id as id, number, reason from input_answer where input_id ${ofInputs}`),
    passages: await read(sql<BesideText['passages'][number]>`
      select input_id as id, number, quote, origins from input_link
      where document_id = ${documentId} and quote is not null`),
    notes: await read(sql<BesideText['notes'][number]>`
      select id, note from proposal where document_id = ${documentId}`),
    hunks: await read(sql<BesideText['hunks'][number]>`
      select proposal_id as id, number, target, before, after, origins from proposal_hunk where proposal_id ${ofProposals}`),
    decisions: await read(sql<BesideText['decisions'][number]>`
      select proposal_id as id, number, reason from proposal_step where proposal_id ${ofProposals}`),
    dissents: await read(sql<BesideText['dissents'][number]>`
      select id, position, quote, origins from dissent where document_id = ${documentId}`),
    steps: await read(sql<BesideText['steps'][number]>`
      select s.commitment_id as id, s.number, s.reason from commitment_step s
      join commitment c on c.id = s.commitment_id where c.document_id = ${documentId} and s.reason is not null`),
    requests: await read(sql<BesideText['requests'][number]>`
      select id, note, end_reason from approval_request where document_id = ${documentId}`),
    verdicts: await read(sql<BesideText['verdicts'][number]>`
      select d.request_id as id, d.entry::int, d.reason from approval_decision d
      join approval_request r on r.id = d.request_id where r.document_id = ${documentId}`),
    reports: await read(sql<BesideText['reports'][number]>`
      select document_id as id, number, words, link from milestone_report where document_id = ${documentId}`),
    assessments: await read(sql<BesideText['assessments'][number]>`
      select document_id as id, number, reason from completion_assessment where document_id = ${documentId}`),
    rulings: await read(sql<BesideText['rulings'][number]>`
      select input_id as id, number, reason from input_moderation where input_id ${ofInputs}`),
    endorsements: await read(sql<BesideText['endorsements'][number]>`
      select e.id, e.withdrawn_reason as reason from endorsement e
      join endorsement_text t on t.endorsement_id = e.id
      where t.document_id = ${documentId} and e.withdrawn_reason is not null`),
    planSteps: await read(sql<BesideText['planSteps'][number]>`
      select plan_id as id, number, reason from plan_step where plan_id ${ofOwnText} and reason is not null`),
    letters: await read(sql<BesideText['letters'][number]>`
      select plan_id as id, number, withdrawn_reason as reason from letter
      where plan_id ${ofOwnText} and withdrawn_reason is not null`),
  }
}

/**
 * Writes what was changed of it. What was said in other words no longer is what its entry holds by hash: the salt goes, and
 * with it what could be guessed from.
 */
export async function updateBeside(trx: Transaction<Database>, changed: BesideText): Promise<void> {
  for (const { id, quote } of changed.quotes)
    await sql`update thread set quote = ${quote} where id = ${id}`.execute(trx)
  for (const { id, body } of changed.comments)
    await sql`update thread_comment set body = ${body}, salt = '' where id = ${id}`.execute(trx)
  for (const { id, number, body } of changed.wordings)
    await sql`
      update comment_wording set body = ${body}, salt = '' where comment_id = ${id} and number = ${number}`.execute(trx)
  for (const { id, number, reason } of changed.reasons)
    await sql`update thread_step set reason = ${reason}, salt = '' where thread_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, words, place, name } of changed.inputs) {
    await sql`
      update input set salt = case when words = ${words} then salt else '' end, words = ${words}, place = ${place}
      where id = ${id}`.execute(trx)
    if (name !== null) await sql`update input_person set name = ${name} where input_id = ${id}`.execute(trx)
  }
  for (const { id, number, reason } of changed.answers)
    await sql`update input_answer set reason = ${reason}, salt = '' where input_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, number, quote } of changed.passages)
    await sql`update input_link set quote = ${quote} where input_id = ${id} and number = ${number}`.execute(trx)
  for (const { id, note } of changed.notes)
    await sql`update proposal set note = ${note}, salt = '' where id = ${id}`.execute(trx)
  for (const { id, number, before, after } of changed.hunks) {
    await sql`
      update proposal_hunk set before = ${before}, after = ${after}, blank = true
      where proposal_id = ${id} and number = ${number}`.execute(trx)
    await sql`update proposal set salt = '' where id = ${id}`.execute(trx)
  }
  for (const { id, number, reason } of changed.decisions)
    await sql`
      update proposal_step set reason = ${reason}, salt = '' where proposal_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, position, quote } of changed.dissents)
    await sql`update dissent set position = ${position}, quote = ${quote} where id = ${id}`.execute(trx)
  for (const { id, number, reason } of changed.steps)
    await sql`
      update commitment_step set reason = ${reason}, salt = null where commitment_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, note, endReason } of changed.requests)
    await sql`
      update approval_request set salt = case when note = ${note} then salt end, note = ${note},
        end_salt = case when end_reason is not distinct from ${endReason} then end_salt end, end_reason = ${endReason}
      where id = ${id}`.execute(trx)
  for (const { id, entry, reason } of changed.verdicts)
    await sql`
      update approval_decision set reason = ${reason}, salt = null where request_id = ${id} and entry = ${entry}`.execute(
      trx,
    )
  // One salt is of the words and the link together.
  for (const { id, number, words, link } of changed.reports)
    await sql`
      update milestone_report set words = ${words}, link = ${link}, salt = ''
      where document_id = ${id} and number = ${number}`.execute(trx)
  for (const { id, number, reason } of changed.assessments)
    await sql`
      update completion_assessment set reason = ${reason}, salt = '' where document_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, number, reason } of changed.rulings)
    await sql`
      update input_moderation set reason = ${reason}, salt = null where input_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, reason } of changed.endorsements)
    await sql`
      update endorsement set withdrawn_reason = ${reason}, withdrawn_salt = null where id = ${id}`.execute(trx)
  for (const { id, number, reason } of changed.planSteps)
    await sql`update plan_step set reason = ${reason}, salt = null where plan_id = ${id} and number = ${number}`.execute(
      trx,
    )
  for (const { id, number, reason } of changed.letters)
    await sql`
      update letter set withdrawn_reason = ${reason}, withdrawn_salt = null
      where plan_id = ${id} and number = ${number}`.execute(trx)
}

/** Drops why proposals are being accepted whose edits were on their way when the process died. */
export async function forgetAccepting(trx: Transaction<Database>, documentId: string): Promise<void> {
  await sql`update proposal_accepting set reason = '' where document_id = ${documentId}`.execute(trx)
}
