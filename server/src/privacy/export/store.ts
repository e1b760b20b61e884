import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Every part of an export by its name: one query each, of rows that are about this person alone. */
const parts: Readonly<Record<string, (userId: string) => RawBuilder<Record<string, unknown>>>> = {
  account: (me) => sql`
    select id, kind, name, email, password_hash is not null as has_password, password_changed_at, suspended_at, created_at
    from user_account where id = ${me}`,
  authenticator: (me) => sql`select created_at, confirmed_at from totp where user_id = ${me}`,
  recoveryCodes: (me) => sql`
    select count(*)::int as made, count(used_at)::int as used from recovery_code where user_id = ${me}`,
  passkeys: (me) => sql`
    select id, label, transports, created_at, used_at from passkey where user_id = ${me} order by created_at`,
  identities: (me) => sql`
    select issuer, subject, created_at from external_identity where user_id = ${me} order by created_at`,
  sessions: (me) => sql`
    select id, label, created_at, seen_at, ended_at, least(idle_expires_at, absolute_expires_at) as expires_at,
      second_factor_at, workshop_id, device_id
    from session where user_id = ${me} order by created_at`,
  devices: (me) => sql`
    select d.id, d.created_at, d.seen_at, p.workshop_id, p.added_at
    from device_person p join device d on d.id = p.device_id where p.user_id = ${me} order by p.added_at`,
  memberships: (me) => sql`
    select p.id as plan_id, p.slug as plan_slug, p.title as plan_title, m.role, g.id as group_id, g.name as group_name,
      g.sector, m.suspended_at, m.created_at as joined_at
    from member m join plan p on p.id = m.plan_id left join stakeholder_group g on g.id = m.group_id
    where m.user_id = ${me} order by p.slug`,
  display: (me) => sql`select plan_id, display, chosen_at from display_choice where user_id = ${me} order by plan_id`,
  consents: (me) => sql`
    select plan_id, workshop_id, text_version, way, given_at, withdrawn_at
    from consent where user_id = ${me} order by given_at`,
  events: (me) => sql`
    select e.plan_id, e.kind, e.at, e.role, e.was_role, g.name as group_name, was.name as was_group_name, e.workshop_id,
      case when e.actor_id = ${me} then 'you' when e.actor_id is null then 'program' else 'somebody' end as by
    from membership_event e
    left join stakeholder_group g on g.id = e.group_id
    left join stakeholder_group was on was.id = e.was_group_id
    where e.user_id = ${me} order by e.id`,
  workshops: (me) => sql`
    select w.id, w.plan_id, w.title, w.place, w.held_on::text as held_on, t.name as table_name, p.gender, p.age_band,
      p.joined_at, p.muted_at, p.removed_at, p.merged_into is not null as merged
    from workshop_participant p
    join workshop w on w.id = p.workshop_id
    left join workshop_table t on t.id = p.table_id
    where p.user_id = ${me} order by p.joined_at`,
  workshopsOpened: (me) => sql`
    select id, plan_id, title, place, held_on::text as held_on, opened_at from workshop
    where opened_by = ${me} order by opened_at`,
  // Also what an invitation to one's own address says of one, used or not, in plans one has been in: nobody has shown that
  // the address of an account is theirs, so it opens no other plan.
  links: (me) => sql`
    select l.kind, l.plan_id, l.name, l.email, l.role, l.created_at, l.expires_at, l.used_at, l.revoked_at
    from access_link l
    where l.used_by = ${me} or l.user_id = ${me} or (
      lower(l.email) = (select lower(email) from user_account where id = ${me})
      and l.plan_id in (select plan_id from membership_event where user_id = ${me}))
    order by l.created_at`,
  factorResets: (me) => sql`
    select plan_id, reason, asked_at, expires_at, outcome, ended_at, seen_at
    from factor_reset where user_id = ${me} order by asked_at`,
  redactions: (me) => sql`
    select plan_id, document_id, basis, reason, asked_at, outcome, ended_at
    from redaction where asked_by = ${me} order by asked_at`,
  // Also what others typed for one; what one typed for them is theirs, and that one did is told apart.
  written: (me) => writtenWhere(sql`(u.user_id = ${me} and u.behalf_id is null) or u.behalf_id = ${me}`),
  typedForOthers: (me) => writtenWhere(sql`u.user_id = ${me} and u.behalf_id is not null`),
  comments: (me) => sql`
    select t.plan_id, t.document_id, t.number as thread, t.kind, c.number, c.body, c.written_at, c.edited_at, c.removed_at
    from thread_comment c join thread t on t.id = c.thread_id where c.author_id = ${me} order by c.written_at`,
  earlierWordings: (me) => sql`
    select t.document_id, t.number as thread, c.number as comment, w.body, w.until
    from thread_comment c join thread t on t.id = c.thread_id join comment_wording w on w.comment_id = c.id
    where c.author_id = ${me} order by w.until`,
  threadSteps: (me) => sql`
    select t.plan_id, t.document_id, t.number as thread, s.step, s.reason, s.at
    from thread_step s join thread t on t.id = s.thread_id where s.by_id = ${me} order by s.at`,
  reactions: (me) => sql`
    select t.plan_id, t.document_id, t.number as thread, c.number as comment, r.kind, r.given_at
    from comment_reaction r join thread_comment c on c.id = r.comment_id join thread t on t.id = c.thread_id
    where r.user_id = ${me} order by r.given_at`,
  // Also what others typed for one. What one typed for others is theirs, and that one did is told apart.
  inputs: (me) => sql`
    select plan_id, number, channel, place, said_on::text as said_on, language, words, consent, brought_at, taken_back_at,
      typed_by = ${me} as typed_by_me
    from input where from_id = ${me} order by brought_at`,
  inputsTypedForOthers: (me) => sql`
    select plan_id, count(*)::int as inputs, min(number) as first_number, max(number) as last_number
    from input where typed_by = ${me} and from_id is distinct from ${me} group by plan_id order by plan_id`,
  answers: (me) => sql`
    select i.plan_id, i.number as input, a.number, a.outcome, a.reason, a.answered_at
    from input_answer a join input i on i.id = a.input_id where a.by_id = ${me} order by a.answered_at`,
  inputLinks: (me) => sql`
    select i.plan_id, i.number as input, l.document_id, l.field, l.linked_at, l.removed_at
    from input_link l join input i on i.id = l.input_id where l.by_id = ${me} order by l.linked_at`,
  inputRulings: (me) => sql`
    select i.plan_id, i.number as input, m.verdict, m.reason, m.at
    from input_moderation m join input i on i.id = m.input_id where m.by_id = ${me} order by m.at`,
  dissents: (me) => sql`
    select plan_id, document_id, number, field, position, stated_at, withdrawn_at
    from dissent where by_id = ${me} order by stated_at`,
  inputAttachments: (me) => sql`
    select a.plan_id, i.number as input, a.number, a.kind, a.media_type, a.size, a.added_at, a.removed_at
    from input_attachment a join input i on i.id = a.input_id where a.by_id = ${me} or i.from_id = ${me}
    order by a.added_at`,
  meetings: (me) => sql`
    select plan_id, number, title, held_on::text as held_on, created_at from meeting
    where created_by = ${me} order by created_at`,
  meetingAttachments: (me) => sql`
    select a.plan_id, m.number as meeting, a.number, a.use, a.media_type, a.size, a.caption, a.added_at, a.removed_at
    from meeting_attachment a join meeting m on m.id = a.meeting_id where a.by_id = ${me} order by a.added_at`,
  proposals: (me) => sql`
    select p.plan_id, p.document_id, p.number, p.note, p.base_seq, p.made_at
    from proposal p where p.author_id = ${me} order by p.made_at`,
  proposedChanges: (me) => sql`
    select p.document_id, p.number as proposal, h.number, h.kind, h.field, h.after, h.state
    from proposal_hunk h join proposal p on p.id = h.proposal_id where p.author_id = ${me} order by p.made_at, h.number`,
  proposalSteps: (me) => sql`
    select p.plan_id, p.document_id, p.number as proposal, s.step, s.hunks, s.reason, s.at
    from proposal_step s join proposal p on p.id = s.proposal_id where s.by_id = ${me} order by s.at`,
  newsMarks: (me) => sql`
    select plan_id, seen, seen_at, mailed, mailed_at from news_mark where user_id = ${me} order by plan_id`,
  newsSettings: (me) => sql`
    select mail, about, language, mailed_on::text as mailed_on from news_setting where user_id = ${me}`,
  planPublications: (me) => sql`
    select plan_id, document_id, number, content_hash, published_at from plan_publication
    where by_id = ${me} order by published_at`,
  planSteps: (me) => sql`
    select plan_id, number, act, was, state, reason, at from plan_step where by_id = ${me} order by at`,
  commitmentSteps: (me) => sql`
    select s.plan_id, c.document_id, s.number, s.act, s.was, s.state, s.reason, s.at
    from commitment_step s join commitment c on c.id = s.commitment_id where s.by_id = ${me} order by s.at`,
  approvalRequests: (me) => sql`
    select plan_id, document_id, number, state, note, requested_at from approval_request
    where requested_by = ${me} order by requested_at`,
  approvalWithdrawals: (me) => sql`
    select plan_id, document_id, number, end_reason, closed_at from approval_request
    where ended_by = ${me} order by closed_at`,
  approvalDecisions: (me) => sql`
    select r.plan_id, r.document_id, r.number as request, a.party, d.verdict, d.clauses, d.reason, d.fresh, d.signing_key,
      d.decided_at
    from approval_decider a join approval_request r on r.id = a.request_id
    left join approval_decision d on d.request_id = a.request_id and d.user_id = a.user_id
    where a.user_id = ${me} order by r.requested_at, d.entry`,
  endorsements: (me) => sql`
    select plan_id, number, case when by_id = ${me} then name end as name,
      case when by_id = ${me} then office end as office, organisation, given_at, withdrawn_at,
      case when withdrawn_by_id = ${me} then withdrawn_reason end as reason
    from endorsement where by_id = ${me} or withdrawn_by_id = ${me} order by given_at`,
  letters: (me) => sql`
    select plan_id, number, side, organisation, media_type, size, added_at, withdrawn_at,
      case when withdrawn_by_id = ${me} then withdrawn_reason end as reason
    from letter where by_id = ${me} or withdrawn_by_id = ${me} order by added_at`,
  milestoneReports: (me) => sql`
    select plan_id, document_id, number, milestone, status, words, link, day::text as day, reported_at
    from milestone_report where by_id = ${me} order by reported_at`,
  assessments: (me) => sql`
    select plan_id, document_id, number, level, reason, assessed_at
    from completion_assessment where by_id = ${me} order by assessed_at`,
  versions: (me) => sql`
    select document_id, number, kind, name, note, created_at from version where created_by = ${me} order by created_at`,
  drafts: (me) => sql`
    select document_id, reason, created_at, dismissed_at from document_draft
    where user_id = ${me} order by created_at`,
}

const writtenWhere = (whose: RawBuilder<unknown>): RawBuilder<Record<string, unknown>> => sql`
  select u.document_id, d.plan_id, count(*)::int as rows, min(u.seq) as first_seq, max(u.seq) as last_seq,
    min(u.stored_at) as first_at, max(u.stored_at) as last_at
  from document_update u join document d on d.id = u.document_id
  where ${whose} group by u.document_id, d.plan_id order by min(u.stored_at)`

/** Parts of which there is one for each person. */
const single: ReadonlySet<string> = new Set(['account', 'recoveryCodes'])

/** Reads all that is stored about somebody, by part. Times are `Date`s. */
export async function readAbout(trx: Transaction<Database>, userId: string): Promise<Record<string, unknown>> {
  const about: Record<string, unknown> = {}
  for (const [name, query] of Object.entries(parts)) {
    const { rows } = await query(userId).execute(trx)
    about[name] = single.has(name) ? (rows[0] ?? null) : rows
  }
  return about
}
