import { type Kysely, sql } from 'kysely'

/**
 * Taking personal data out of a text: somebody asks, somebody else decides. `quote` is the words themselves, encrypted,
 * and ends with the question. `ranges` say where they stood, by Yjs client and clock, for a database brought back from an
 * older copy. Nobody's name stands beside what was done again there.
 *
 * What may never change otherwise is changed by two functions alone, with the rights of the owner: they answer only to a
 * `redaction` entered in the same transaction, and touch nothing but bytes of the document that it names and payloads of
 * the entries that it names.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table redaction (
      id text primary key,
      plan_id text not null references plan (id),
      document_id text not null references document (id),
      quote bytea,
      basis text not null check (length(basis) between 1 and 200),
      reason text not null check (length(reason) <= 500),
      places integer not null check (places > 0),
      asked_by text references user_account (id),
      asked_at timestamptz not null default clock_timestamp(),
      outcome text check (outcome in ('approved', 'refused', 'taken_back', 'expired')),
      ended_by text references user_account (id),
      ended_at timestamptz,
      seq bigint,
      ranges jsonb,
      check ((outcome is null) = (ended_at is null)),
      check ((quote is null) = (outcome is not null)),
      check (coalesce(outcome, '') <> 'approved' or ended_by is null or (asked_by is not null and ended_by <> asked_by)),
      check ((coalesce(outcome, '') = 'approved') = (seq is not null and ranges is not null))
    )`.execute(db)
  await sql`create index redaction_by_plan on redaction (plan_id, asked_at)`.execute(db)
  await sql`create index redaction_by_document on redaction (document_id)`.execute(db)
  await sql`create unique index redaction_open on redaction (document_id) where outcome is null`.execute(db)

  const { rows } = await sql<{ name: string }>`select quote_ident(current_schema()) as name`.execute(db)
  const schema = sql.raw(rows[0]?.name ?? 'public')
  // Whether the entry is a redaction of this very transaction.
  await sql`
    create function redaction_now(wanted_plan text, wanted_seq bigint) returns record_entry
    language plpgsql stable set search_path = ${schema}, pg_temp as $$
    declare found record_entry;
    begin
      select e.* into found from record_entry e
        where e.plan_id = wanted_plan and e.seq = wanted_seq and e.type = 'redaction'
          and e.xmin::text = (pg_current_xact_id()::xid)::text;
      if found.seq is null then
        raise exception 'nothing is taken out without an entry that says so';
      end if;
      return found;
    end $$`.execute(db)
  await sql`
    create function redact_updates(wanted_plan text, wanted_seq bigint, seqs bigint[], redacted bytea[]) returns bigint
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
    declare entry record_entry := redaction_now(wanted_plan, wanted_seq); changed bigint;
    begin
      perform set_config('cabildo.redacting', wanted_seq::text, true);
      update document_update u set bytes = n.bytes
        from unnest(seqs, redacted) as n (seq, bytes)
        where u.document_id = entry.document_id and u.seq = n.seq;
      get diagnostics changed = row_count;
      perform set_config('cabildo.redacting', '', true);
      return changed;
    end $$`.execute(db)
  await sql`
    create function redact_payloads(wanted_plan text, wanted_seq bigint, seqs bigint[], salts bytea[], payloads text[])
    returns bigint language plpgsql security definer set search_path = ${schema}, pg_temp as $$
    declare entry record_entry := redaction_now(wanted_plan, wanted_seq); changed bigint;
    begin
      if exists (
        select from unnest(seqs) as n (seq)
        left join record_entry e on e.plan_id = wanted_plan and e.seq = n.seq
        where not (entry.body::jsonb -> 'refs') @> to_jsonb(n.seq) or e.type in ('redaction', 'erasure', 'key-rotation')
      ) then
        raise exception 'the entry does not name what is to be taken out';
      end if;
      perform set_config('cabildo.redacting', wanted_seq::text, true);
      update record_payload p set salt = n.salt, payload = n.payload
        from unnest(seqs, salts, payloads) as n (seq, salt, payload)
        where p.plan_id = wanted_plan and p.seq = n.seq and n.payload is not null;
      get diagnostics changed = row_count;
      delete from record_payload p using unnest(seqs, payloads) as n (seq, payload)
        where p.plan_id = wanted_plan and p.seq = n.seq and n.payload is null;
      perform set_config('cabildo.redacting', '', true);
      return changed;
    end $$`.execute(db)
  for (const call of [
    'redaction_now(text, bigint)',
    'redact_updates(text, bigint, bigint[], bytea[])',
    'redact_payloads(text, bigint, bigint[], bytea[], text[])',
  ]) {
    await sql`revoke all on function ${sql.raw(call)} from public`.execute(db)
  }

  // Inside those functions the user is the owner and the setting is set; the program's role can be only the latter.
  await sql`
    create function refuse_but_redaction() returns trigger language plpgsql as $$
    begin
      if coalesce(current_setting('cabildo.redacting', true), '') = ''
        or current_user <> (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        raise exception '% is append-only', tg_table_name;
      end if;
      if tg_table_name = 'document_update' then
        if tg_op <> 'UPDATE' then
          raise exception '% is append-only', tg_table_name;
        end if;
        if to_jsonb(new) - 'bytes' <> to_jsonb(old) - 'bytes' then
          raise exception '% is append-only', tg_table_name;
        end if;
      end if;
      return coalesce(new, old);
    end $$`.execute(db)
  await sql`drop trigger append_only on document_update`.execute(db)
  for (const table of ['document_update', 'record_payload']) {
    await sql`create trigger append_only before update or delete on ${sql.table(table)}
      for each row execute function refuse_but_redaction()`.execute(db)
  }
  await sql`create trigger append_only_truncate before truncate on record_payload
    execute function refuse_change()`.execute(db)
}
