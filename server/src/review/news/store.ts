/** What is read of news, from what happened; and how far somebody was told. */
import type { NewsMail } from '@cabildo/protocol/http/news'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { stands } from '../../db/standing-input.ts'
import { partInWorkshop } from '../../db/taking-part.ts'
import { textNumber } from '../../db/text-number.ts'
import type { Database } from '../../db/types.ts'
import { type NewsRow, type Reader, type Seen, type Setting, type TextRow, usualSetting } from './rules.ts'

/** Which news are wanted, newest first. */
export interface NewsQuery {
  below?: number | undefined
  above?: number | undefined
  since?: Date | undefined
  /** How far the reader had seen: what one line stands for is either seen or not. */
  seen?: number | undefined
  /** The last entry of the record that is told of, so that all pages tell of the same. */
  head?: number | undefined
  mine?: boolean | undefined
  limit: number
}

/** Read once for all rows: asking for each would cost more than everything else. */
const isGone = (userId: RawBuilder<unknown>) =>
  sql`${userId} in (select id from user_account where erased_at is not null)`

/** What happened, one query for each kind. Every one answers the same columns. */
function sources(
  { planId, userId: me, documentIds }: Reader,
  { above, since, seen, head }: Pick<NewsQuery, 'above' | 'since' | 'seen' | 'head'>,
): RawBuilder<unknown>[] {
  const reached = (column: RawBuilder<unknown>) =>
    documentIds === null ? sql`true` : sql`${column} = any(${[...documentIds]}::text[])`
  // Who said something in a thread before; what came earlier was not because of them. Where they said anything is looked
  // up once for all rows.
  const inThread = (at: string) => sql`(t.opened_by = ${me} or (
    t.id in (select thread_id from thread_comment where author_id = ${me} and removed_at is null)
    and exists (
      select from thread_comment own
      where own.thread_id = t.id and own.author_id = ${me} and own.removed_at is null
        and own.written_at < ${sql.ref(at)})))`
  const own = sql`(i.typed_by = ${me} or i.from_id is not distinct from ${me})`
  // A guest reads what is theirs alone.
  const readable = documentIds === null ? sql`true` : own
  // Of the inputs of an hour those alone that are asked for are counted; `below` stands between lines, never within one.
  const counted = sql.join(
    [
      sql`true`,
      ...(above === undefined ? [] : [sql`i.entry > ${above}`]),
      ...(since === undefined ? [] : [sql`i.brought_at >= ${since}`]),
      ...(head === undefined ? [] : [sql`i.entry <= ${head}`]),
    ],
    sql` and `,
  )
  const forMe = sql`i.from_id is not distinct from ${me}`
  const apart = seen === undefined ? forMe : sql`${forMe}, i.entry > ${seen}`
  const isMine = (condition: RawBuilder<unknown>, cause: string) => sql`case when ${condition} then ${cause}::text end`
  return [
    sql`
      select c.entry, 'commented' as kind,
        case when c.id in (select comment_id from comment_mention where user_id = ${me}) then 'mention'
          when ${inThread('c.written_at')} then 'thread' end as cause,
        coalesce(c.edited_at, c.written_at) as at, c.author_id as by_id, t.document_id,
        t.id as thread_id, t.number as thread_number, null::text as proposal_id, null::int as proposal_number,
        null::text as input_id, null::int as input_number, null::text as version_id, null::int as version_number,
        null::text as outcome, 1 as count, c.body as words
      from thread_comment c join thread t on t.id = c.thread_id
      where t.plan_id = ${planId} and ${reached(sql`t.document_id`)} and c.author_id <> ${me} and c.removed_at is null
        and not ${isGone(sql`c.author_id`)}`,
    sql`
      select s.entry, s.step, ${isMine(inThread('s.at'), 'thread')}, s.at, s.by_id, t.document_id,
        t.id, t.number, null, null, null, null, null, null, null, 1, s.reason
      from thread_step s join thread t on t.id = s.thread_id
      where t.plan_id = ${planId} and ${reached(sql`t.document_id`)} and s.by_id <> ${me} and not ${isGone(sql`s.by_id`)}`,
    // What its author withdrew whole, or put another in place of, is no news any more.
    sql`
      select p.entry, 'proposed', null, p.made_at, p.author_id, p.document_id,
        null, null, p.id, p.number, null, null, null, null, null, 1, p.note
      from proposal p
      where p.plan_id = ${planId} and ${reached(sql`p.document_id`)} and p.author_id <> ${me}
        and not ${isGone(sql`p.author_id`)} and exists (
          select from proposal_hunk h where h.proposal_id = p.id and h.state in ('open', 'accepted', 'rejected'))`,
    sql`
      select s.entry, s.step, ${isMine(sql`p.author_id = ${me}`, 'proposal')}, s.at, s.by_id, p.document_id,
        null, null, p.id, p.number, null, null, null, null, null, 1, s.reason
      from proposal_step s join proposal p on p.id = s.proposal_id
      where p.plan_id = ${planId} and ${reached(sql`p.document_id`)} and s.by_id <> ${me}
        and s.step in ('accepted', 'rejected') and not ${isGone(sql`p.author_id`)}`,
    sql`
      select g.entry, 'brought', g.cause, g.at, null, null, null, null, null, null,
        last.id, g.number, null, null, null, g.count, last.words
      from (
        select max(i.entry) as entry, max(i.brought_at) as at, max(i.number) as number, count(*)::int as count,
          ${isMine(sql`bool_or(${forMe})`, 'input')} as cause
        from input i
        where i.plan_id = ${planId} and ${readable} and i.typed_by is distinct from ${me} and ${stands}
          and i.words <> '' and not ${isGone(sql`coalesce(i.from_id, i.typed_by, '')`)} and ${counted}
        group by i.typed_by, date_trunc('hour', i.brought_at), ${apart}
      ) g join input last on last.plan_id = ${planId} and last.number = g.number`,
    sql`
      select a.entry, 'answered', ${isMine(own, 'input')}, a.answered_at, a.by_id, coalesce(a.document_id, (
          select l.document_id from input_link l
          where l.input_id = i.id and l.removed_at is null order by l.number limit 1)),
        null, null, null, null, i.id, i.number, a.version_id, v.number, a.outcome, 1, a.reason
      from input_answer a join input i on i.id = a.input_id left join version v on v.id = a.version_id
      where a.plan_id = ${planId} and i.plan_id = ${planId} and ${readable} and a.by_id <> ${me} and i.taken_back_at is null`,
    sql`
      select l.entry, 'shown', 'input', l.linked_at, l.by_id, l.document_id,
        null, null, null, null, i.id, i.number, l.version_id, v.number, null, 1, ''
      from input_link l join input i on i.id = l.input_id join version v on v.id = l.version_id
      where i.plan_id = ${planId} and ${own} and l.by_id <> ${me} and l.removed_at is null and i.taken_back_at is null`,
    sql`
      select e.seq, 'version', null, v.created_at, v.created_by, v.document_id,
        null, null, null, null, null, null, v.id, v.number, null, 1, coalesce(v.name, '')
      from record_entry e
      join version v on v.document_id = e.document_id and v.number = ((e.body::jsonb) #>> '{content,number}')::int
      where e.plan_id = ${planId} and e.type = 'version' and ${reached(sql`e.document_id`)}
        and v.kind in ('named', 'restored') and v.created_by is distinct from ${me}`,
  ]
}

/**
 * How plans and commitments were moved, approved and dissented from: the columns of the other sources, and the state that
 * something went to. A person who was asked, or who asked, is who it happened because of.
 */
function lifeSources({ planId, userId: me, documentIds }: Reader): RawBuilder<unknown>[] {
  const reached = (column: RawBuilder<unknown>) =>
    documentIds === null ? sql`true` : sql`${column} = any(${[...documentIds]}::text[])`
  const nothing = sql.raw('null::text, null::int, null::text, null::int, null::text, null::int')
  const isAsked = sql`exists (select from approval_decider a where a.request_id = r.id and a.user_id = ${me})`
  const ofRequest = sql`r.plan_id = ${planId} and ${reached(sql`r.document_id`)}`
  // Who decides clause by clause has approved with the last one.
  const isLast = sql`not exists (
    select from approval_clause c where c.request_id = r.id and c.approved_by is null and not exists (
      select from approval_decision o
      where o.request_id = r.id and o.user_id = d.user_id and o.entry <= d.entry and c.clause = any(o.clauses)))`
  return [
    // What decisions brought about is told as them.
    sql`
      select s.entry, 'moved', null::text, s.at, s.by_id, c.document_id, ${nothing},
        null::text, null::int, null::text, 1, coalesce(s.reason, ''), s.state
      from commitment_step s join commitment c on c.id = s.commitment_id
      where s.plan_id = ${planId} and ${reached(sql`c.document_id`)} and s.by_id is distinct from ${me}
        and s.act not in ('endorse', 'return', 'recall') and not ${isGone(sql`coalesce(s.by_id, '')`)}`,
    sql`
      select s.entry, 'moved', null::text, s.at, s.by_id, null::text, ${nothing},
        null::text, null::int, null::text, 1, coalesce(s.reason, ''), s.state
      from plan_step s
      where s.plan_id = ${planId} and s.by_id is distinct from ${me} and not ${isGone(sql`coalesce(s.by_id, '')`)}`,
    sql`
      select r.entry, 'asked', case when ${isAsked} then 'approval' end, r.requested_at, r.requested_by, r.document_id,
        ${nothing}, v.id, v.number, null::text, 1, r.note, null::text
      from approval_request r join version v on v.id = r.version_id
      where ${ofRequest} and r.requested_by <> ${me} and not ${isGone(sql`r.requested_by`)}`,
    sql`
      select d.entry, case d.verdict when 'approve' then 'approved' else 'returned' end,
        case when r.requested_by = ${me} then 'approval' end, d.decided_at, d.user_id, r.document_id,
        ${nothing}, v.id, v.number, null::text, 1, d.reason, null::text
      from approval_decision d join approval_request r on r.id = d.request_id join version v on v.id = r.version_id
      where ${ofRequest} and d.user_id <> ${me} and not ${isGone(sql`d.user_id`)}
        and (d.clauses is null or d.verdict = 'return' or ${isLast})`,
    sql`
      select e.seq, 'recalled', case when ${isAsked} or r.requested_by = ${me} then 'approval' end, e.at, r.ended_by,
        r.document_id, ${nothing}, v.id, v.number, null::text, 1, coalesce(r.end_reason, ''), null::text
      from approval_request r join version v on v.id = r.version_id
      join record_entry e on e.plan_id = r.plan_id and e.type = 'approval' and e.document_id = r.document_id
        and e.body::jsonb -> 'refs' @> to_jsonb(r.entry)
      where ${ofRequest} and r.state = 'withdrawn' and r.ended_by <> ${me} and not ${isGone(sql`r.ended_by`)}
        and not exists (select from approval_decision d where d.entry = e.seq and d.request_id = r.id)`,
    sql`
      select d.entry, 'dissented', null::text, d.stated_at, d.by_id, d.document_id, ${nothing},
        null::text, null::int, null::text, 1, d.position, null::text
      from dissent d
      where d.plan_id = ${planId} and ${reached(sql`d.document_id`)} and d.by_id <> ${me} and d.withdrawn_at is null
        and not ${isGone(sql`d.by_id`)}`,
  ]
}

function union(reader: Reader, query: NewsQuery): RawBuilder<unknown> {
  const { below, above, since, head, mine, limit } = query
  const columns = sql.raw(`s (entry, kind, cause, at, by_id, document_id, thread_id, thread_number, proposal_id,
    proposal_number, input_id, input_number, version_id, version_number, outcome, count, words, state)`)
  // A column that is null throughout has no type of its own.
  const typed = sql.raw(`entry, kind, cause, at, by_id, document_id, thread_id, thread_number::int, proposal_id,
    proposal_number::int, input_id, input_number::int, version_id, version_number::int, outcome, count, words, state`)
  const conditions = sql.join(
    [
      sql`true`,
      ...(below === undefined ? [] : [sql`entry < ${below}`]),
      ...(above === undefined ? [] : [sql`entry > ${above}`]),
      ...(since === undefined ? [] : [sql`at >= ${since}`]),
      ...(head === undefined ? [] : [sql`entry <= ${head}`]),
      ...(mine ? [sql`cause is not null`] : []),
    ],
    sql` and `,
  )
  // What moves nothing leads to no state.
  const stateless = sources(reader, query).map((source) => sql`select s.*, null::text from (${source}) s`)
  const cut = [...stateless, ...lifeSources(reader)].map(
    (source) =>
      sql`(select ${typed} from (${source}) as ${columns} where ${conditions} order by entry desc limit ${limit})`,
  )
  return sql.join(cut, sql` union all `)
}

/** The number by which a document is named, where there is one. */
const numberOf = sql`case when d.id is not null then ${textNumber(sql.ref('d.id'))} end`

/** Reads what happened in a plan, newest first. */
export async function findNews(db: Kysely<Database>, reader: Reader, query: NewsQuery): Promise<NewsRow[]> {
  const { rows } = await sql<NewsRow>`
    select n.*, ${numberOf} as commitment, d.title, coalesce(jsonb_array_length(s.hunks) < (
        select count(*) from proposal_hunk h where h.proposal_id = n.proposal_id), false) as is_part
    from (${union(reader, query)}) n
    left join document d on d.id = n.document_id
    left join proposal_step s on s.proposal_id = n.proposal_id and s.entry = n.entry
    order by n.entry desc limit ${query.limit}`.execute(db)
  return rows
}

/** Counts what happened after an entry: all of it, and what is because of the reader. At most `limit` of each kind. */
export async function countNews(
  db: Kysely<Database>,
  reader: Reader,
  query: Pick<NewsQuery, 'above' | 'limit'>,
): Promise<{ all: number; mine: number }> {
  // Whoever has seen all is asked about most often, and to plan the question below takes 29 ms.
  if (query.above !== undefined && (await findHead(db, reader.planId)) <= query.above) return { all: 0, mine: 0 }
  const { rows } = await sql<{ all: number; mine: number }>`
    select count(*)::int as all, count(cause)::int as mine from (${union(reader, query)}) n`.execute(db)
  return rows[0] ?? { all: 0, mine: 0 }
}

/** Reads the texts that somebody else changed after a moment, and how far they went until then. */
export async function findTexts(
  db: Kysely<Database>,
  { planId, userId, documentIds }: Reader,
  after: Date,
): Promise<TextRow[]> {
  const reached = documentIds === null ? sql`true` : sql`d.id = any(${[...documentIds]}::text[])`
  const { rows } = await sql<TextRow>`
    select d.id as document_id, ${numberOf} as commitment, d.title, d.changed_at, before.seq as since
    from document d
    cross join lateral (
      select coalesce((
        select u.seq from document_update u where u.document_id = d.id and u.stored_at <= ${after}
        order by u.seq desc limit 1), 0) as seq
    ) before
    where d.plan_id = ${planId} and ${reached} and d.changed_at > ${after}
      and exists (
        select from document_update u
        where u.document_id = d.id and u.seq > before.seq and coalesce(u.behalf_id, u.user_id) <> ${userId})
    order by 2`.execute(db)
  return rows
}

/** The documents of a plan that an open workshop lets somebody into. */
export async function findReached(db: Kysely<Database>, planId: string, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from document d
    where d.plan_id = ${planId} and ${partInWorkshop(sql`${userId}`, sql`d.id`)} is not null`.execute(db)
  return rows.map(({ id }) => id)
}

/** Reads the number of the last entry of a plan's record: all that is numbered less can be read by now. */
export async function findHead(db: Kysely<Database>, planId: string): Promise<number> {
  const row = await db.selectFrom('recordHead').select('seq').where('planId', '=', planId).executeTakeFirst()
  return Number(row?.seq ?? 0)
}

/** Reads how far somebody has seen a plan, and was written to; who never looked, since they came. Undefined for who has no part in it. */
export async function findSeen(
  db: Kysely<Database>,
  planId: string,
  userId: string,
): Promise<(Seen & { mailed: number; mailedAt: Date | null }) | undefined> {
  const { rows } = await sql<Seen & { mailed: number; mailedAt: Date | null }>`
    select coalesce(n.seen_at, m.created_at) as seen_at, n.mailed_at, coalesce(n.mailed, 0) as mailed,
      case when n.seen_at is not null then n.seen else coalesce((
        select e.seq from record_entry e where e.plan_id = m.plan_id and e.at <= m.created_at
        order by e.at desc, e.seq desc limit 1), 0) end as seen
    from member m left join news_mark n on n.plan_id = m.plan_id and n.user_id = m.user_id
    where m.plan_id = ${planId} and m.user_id = ${userId}`.execute(db)
  const [row] = rows
  return row && { ...row, seen: Number(row.seen), mailed: Number(row.mailed) }
}

/** Says how far somebody has seen a plan. Never goes back. */
export async function keepSeen(
  db: Kysely<Database>,
  planId: string,
  userId: string,
  { seen, seenAt }: Seen,
): Promise<void> {
  await sql`
    insert into news_mark as n (plan_id, user_id, seen, seen_at) values (${planId}, ${userId}, ${seen}, ${seenAt})
    on conflict (plan_id, user_id) do update set
      seen = greatest(n.seen, excluded.seen), seen_at = greatest(n.seen_at, excluded.seen_at)`.execute(db)
}

/** Says how far a letter that was taken told of a plan. */
export async function keepMailed(
  db: Kysely<Database>,
  planId: string,
  userId: string,
  { mailed, mailedAt }: { mailed: number; mailedAt: Date },
): Promise<void> {
  await sql`
    insert into news_mark as n (plan_id, user_id, mailed, mailed_at)
    select plan_id, user_id, ${mailed}, ${mailedAt} from member where plan_id = ${planId} and user_id = ${userId}
    on conflict (plan_id, user_id) do update set
      mailed = greatest(n.mailed, excluded.mailed), mailed_at = greatest(n.mailed_at, excluded.mailed_at)`.execute(db)
}

/** A plan that somebody takes part in. */
export interface PartOfPlan {
  planId: string
  slug: string
  title: string
  role: string
}

/** Reads the plans somebody takes a live part in, by slug. */
export async function findParts(db: Kysely<Database>, userId: string): Promise<PartOfPlan[]> {
  return db
    .selectFrom('member')
    .innerJoin('plan', 'plan.id', 'member.planId')
    .innerJoin('userAccount', 'userAccount.id', 'member.userId')
    .where('member.userId', '=', userId)
    .where('member.suspendedAt', 'is', null)
    .where('userAccount.suspendedAt', 'is', null)
    .select(['plan.id as planId', 'plan.slug', 'plan.title', 'member.role'])
    .orderBy('plan.slug')
    .execute()
}

/** Reads a plan's name, address and state. */
export function findPlanWords(
  db: Kysely<Database>,
  planId: string,
): Promise<{ slug: string; title: string; state: string }> {
  return db.selectFrom('plan').select(['slug', 'title', 'state']).where('id', '=', planId).executeTakeFirstOrThrow()
}

/** Reads how somebody wishes to be told, and whether there is an address. */
export async function findSetting(
  db: Kysely<Database>,
  userId: string,
): Promise<{ setting: Setting; hasAddress: boolean }> {
  const row = await db
    .selectFrom('userAccount')
    .leftJoin('newsSetting', 'newsSetting.userId', 'userAccount.id')
    .where('userAccount.id', '=', userId)
    .select(['mail', 'about', 'language', 'email'])
    .executeTakeFirst()
  return { setting: settingOf(row), hasAddress: typeof row?.email === 'string' }
}

/** Checks in the database hold these columns to their values. */
function settingOf(row?: { mail: string | null; about: string | null; language: string | null }): Setting {
  return {
    mail: (row?.mail ?? usualSetting.mail) as NewsMail,
    about: (row?.about ?? usualSetting.about) as Setting['about'],
    language: (row?.language ?? usualSetting.language) as Setting['language'],
  }
}

/** Keeps how somebody wishes to be told; of who was erased nothing is kept. */
export async function keepSetting(
  db: Kysely<Database>,
  userId: string,
  { mail, about, language }: Setting,
): Promise<void> {
  await sql`
    insert into news_setting (user_id, mail, about, language)
    select id, ${mail}, ${about}, ${language} from user_account where id = ${userId} and erased_at is null
    on conflict (user_id) do update
    set mail = excluded.mail, about = excluded.about, language = excluded.language`.execute(db)
}

/** Stops letters to somebody; of who was erased nothing is kept. */
export async function stopMail(db: Kysely<Database>, userId: string): Promise<void> {
  await sql`
    insert into news_setting (user_id, mail)
    select id, 'off' from user_account where id = ${userId} and erased_at is null
    on conflict (user_id) do update set mail = 'off'`.execute(db)
}

const isDue = (day: string) => sql`(
  coalesce(s.mail, ${usualSetting.mail}) <> 'off' and (s.mailed_on is null
    or s.mailed_on + case when s.mail = 'weekly' then 7 else 1 end <= ${day}::date))`

/**
 * Reads who may be written to on a day, by id: an account with an address, live, that has had no letter for as long as it
 * wishes. Who is due and has no news stays due, so each page goes on after the last id of the one before.
 */
export async function findDue(
  db: Kysely<Database>,
  day: string,
  { after, limit }: { after: string; limit: number },
): Promise<{ userId: string; setting: Setting }[]> {
  const { rows } = await sql<{ userId: string; mail: string | null; about: string | null; language: string | null }>`
    select u.id as user_id, s.mail, s.about, s.language
    from user_account u left join news_setting s on s.user_id = u.id
    where u.id > ${after} and u.email is not null and u.kind <> 'guest' and u.erased_at is null and u.suspended_at is null and ${isDue(day)}
      and exists (select from member m where m.user_id = u.id and m.suspended_at is null)
    order by u.id limit ${limit}`.execute(db)
  return rows.map(({ userId, ...setting }) => ({ userId, setting: settingOf(setting) }))
}

/**
 * Takes somebody's one letter of a day, and answers where it goes; undefined when somebody else took it, or when they stopped
 * letters or were erased in between. What is taken is not given back: better a letter too few than one too many.
 */
export async function takeLetter(
  db: Kysely<Database>,
  userId: string,
  day: string,
): Promise<{ email: string; name: string } | undefined> {
  const { rows } = await sql<{ email: string; name: string }>`
    with taken as (
      insert into news_setting as s (user_id, mailed_on)
      select id, ${day}::date from user_account
      where id = ${userId} and email is not null and erased_at is null and suspended_at is null
      on conflict (user_id) do update set mailed_on = excluded.mailed_on where ${isDue(day)}
      returning user_id
    )
    select u.email, u.name from taken join user_account u on u.id = taken.user_id`.execute(db)
  return rows[0]
}
