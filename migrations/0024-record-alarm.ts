import { type Kysely, sql } from 'kysely'

/**
 * Heads that this installation's key signed and that are not of its tree: somebody was shown another record. `note` is
 * such a head with our own signatures alone; `lost`: it is larger than the tree, so what was published has been lost.
 * Only ever added to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table record_alarm (
      size bigint not null check (size > 0),
      root bytea not null check (length(root) = 32),
      kind text not null check (kind in ('forked', 'lost')),
      note text not null,
      at timestamptz not null,
      primary key (size, root)
    )`.execute(db)
  // How far each witness has come is asked for by everybody who opens a plan.
  await sql`create index record_cosignature_by_witness on record_cosignature (witness, size)`.execute(db)
  await sql`create trigger append_only before update or delete on record_alarm
    for each row execute function refuse_change()`.execute(db)
  await sql`create trigger append_only_truncate before truncate on record_alarm
    execute function refuse_change()`.execute(db)
}
