import { type Kysely, sql } from 'kysely'

/**
 * What may rewrite a text asks for more than an entry of its kind: two different people stand behind it who coordinate or
 * facilitate the plan now, or the program alone, without anybody's approval; every row that changes is one of a batch that
 * the entry names; and what comes in its place holds filler.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`select quote_ident(current_schema()) as name`.execute(db)
  const schema = sql.raw(rows[0]?.name ?? 'public')
  await sql`
    create or replace function redaction_now(wanted_plan text, wanted_seq bigint) returns record_entry
    language plpgsql stable set search_path = ${schema}, pg_temp as $$
    declare found record_entry; approver text; hosts bigint;
    begin
      select e.* into found from record_entry e
        where e.plan_id = wanted_plan and e.seq = wanted_seq and e.type = 'redaction'
          and e.xmin::text = (pg_current_xact_id()::xid)::text;
      if found.seq is null then
        raise exception 'nothing is taken out without an entry that says so';
      end if;
      select p.payload::jsonb ->> 'approver' into approver from record_payload p
        where p.plan_id = wanted_plan and p.seq = wanted_seq;
      if found.pid is null and approver is null then
        return found;
      end if;
      select count(distinct r.user_id) into hosts from record_person r
        join member m on m.plan_id = r.plan_id and m.user_id = r.user_id
        where r.plan_id = wanted_plan and r.pid in (found.pid, approver)
          and m.role in ('coordinator', 'facilitator') and m.suspended_at is null;
      if found.pid is null or approver is null or hosts <> 2 then
        raise exception 'two people who may do so take something out';
      end if;
      return found;
    end $$`.execute(db)
  await sql`
    create or replace function redact_updates(wanted_plan text, wanted_seq bigint, seqs bigint[], redacted bytea[])
    returns bigint language plpgsql security definer set search_path = ${schema}, pg_temp as $$
    declare entry record_entry := redaction_now(wanted_plan, wanted_seq); changed bigint;
    begin
      if exists (
        select from unnest(seqs) as n (seq)
        where n.seq is null or n.seq not in (
          select (u.value ->> 'seq')::bigint
          from jsonb_array_elements_text(entry.body::jsonb -> 'refs') as named (seq)
          join record_entry e on e.plan_id = wanted_plan and e.seq = named.seq::bigint
            and e.type = 'update-batch' and e.document_id = entry.document_id
          join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
          cross join lateral jsonb_array_elements(p.payload::jsonb -> 'updates') as u (value)
        )
      ) then
        raise exception 'the entry does not name what is to be taken out';
      end if;
      if exists (select from unnest(redacted) as n (bytes) where coalesce(position('\\xe29688'::bytea in n.bytes), 0) = 0) then
        raise exception 'what stands in the place of words is filler';
      end if;
      perform set_config('cabildo.redacting', wanted_seq::text, true);
      update document_update u set bytes = n.bytes
        from unnest(seqs, redacted) as n (seq, bytes)
        where u.document_id = entry.document_id and u.seq = n.seq;
      get diagnostics changed = row_count;
      perform set_config('cabildo.redacting', '', true);
      return changed;
    end $$`.execute(db)
}
