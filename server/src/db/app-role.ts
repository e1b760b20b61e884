/**
 * The role the program works as. It owns nothing: what the record is made of it can add to and read, and neither change
 * nor remove, whatever a defect or an injected statement asks for. Migrations run as the owner.
 */
import { randomInt } from 'node:crypto'
import pg from 'pg'

const role = 'cabildo_app'

/** Tables to which rows are only ever added; what a redaction takes out of two of them, the functions below do. */
export const appendOnly = [
  'document_update',
  'document_client',
  'membership_event',
  'record_entry',
  'record_payload',
  'record_leaf',
  'record_tile',
  'record_checkpoint',
  'record_cosignature',
  'record_alarm',
]

/** Functions that work with the owner's rights, and ask for an entry of the record that says what they do. */
const redacting = [
  'redact_updates(text, bigint, bigint[], bytea[])',
  'redact_payloads(text, bigint, bigint[], bytea[], text[])',
]

const insufficientPrivilege = '42501'

/** What is said where the role cannot be had. */
export interface AppRoleOptions {
  /** The role's name: another one only where several installations must not share it. */
  name?: string
  /** A login that is to work as the role by itself. */
  login?: string
  /** Hears why, in one sentence for whoever looks after the database. */
  warn?: (why: string) => void
}

/**
 * Makes the role where it is missing, lets the owner (and `login`) work as it, and grants it what the program needs on the
 * tables as they are now. Answers its name; undefined where that cannot be, as on some hosted servers: then triggers alone
 * refuse the changes.
 */
export async function prepareAppRole(
  owner: pg.Pool,
  { name = role, login, warn = () => {} }: AppRoleOptions = {},
): Promise<string | undefined> {
  const { rows } = await owner.query(`select current_user as me, current_setting('server_version_num')::int as version`)
  const { me, version } = rows[0] as { me: string; version: number }
  try {
    // Roles belong to the whole server: another database may be making the same one at this moment.
    await owner.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = ${pg.escapeLiteral(name)}) then
          begin
            create role ${pg.escapeIdentifier(name)} nologin;
          exception when duplicate_object or unique_violation then null;
          end;
        end if;
      end $$`)
    await letWork(owner, { name, me, login, version })
    await owner.query(grants(pg.escapeIdentifier(name), pg.escapeLiteral(name)))
    return name
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== insufficientPrivilege) throw error
    const grant = `grant ${name} to ${me}${version >= 160_000 ? ' with set true, inherit false' : ''}`
    warn(
      `The database user ${me} may not work as the role ${name}, so only triggers keep the record from being changed: ` +
        `have an administrator of PostgreSQL run "create role ${name} nologin" if there is none, and "${grant}".`,
    )
    return undefined
  }
}

/**
 * Lets the owner set the role, and nothing more, so that it cannot be had by mistake. Whoever makes a role on PostgreSQL 16
 * or later without being superuser may grant it, and may not set it until it is granted so. Then sets it once, to know.
 */
async function letWork(
  owner: pg.Pool,
  { name, me, login, version }: { name: string; me: string; login: string | undefined; version: number },
): Promise<void> {
  const client = await owner.connect()
  const role = pg.escapeIdentifier(name)
  try {
    await client.query('begin')
    // Granting the same role twice at once fails.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [name])
    const knows = version >= 160_000 ? 'SET' : 'MEMBER'
    const can = async (who: string) => {
      const { rows } = await client.query('select pg_has_role($1, $2, $3) as can', [who, name, knows])
      return rows[0]?.can === true
    }
    const options = version >= 160_000 ? ' with set true, inherit false' : ''
    if (!(await can(me))) await client.query(`grant ${role} to ${pg.escapeIdentifier(me)}${options}`)
    if (login !== undefined && !(await can(login))) {
      const inherits = version >= 160_000 ? ' with set true, inherit true' : ''
      await client.query(`grant ${role} to ${pg.escapeIdentifier(login)}${inherits}`)
    }
    await client.query('commit')
    await client.query(`begin; set local role ${role}; rollback`)
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const grants = (role: string, literal: string): string => `
  do $$ declare name text; begin
    -- Granting the same function twice at once fails.
    perform pg_advisory_xact_lock(hashtext(${literal}));
    execute format('grant usage on schema %I to ${role}', current_schema());
    execute format('grant select, insert, update, delete on all tables in schema %I to ${role}', current_schema());
    execute format('grant usage, select on all sequences in schema %I to ${role}', current_schema());
    foreach name in array array[${appendOnly.map((table) => `'${table}'`).join(', ')}] loop
      execute format('revoke update, delete, truncate on %I from ${role}', name);
    end loop;
    foreach name in array array[${redacting.map((call) => `'${call}'`).join(', ')}] loop
      execute format('grant execute on function %s to ${role}', name);
    end loop;
    for name in select table_name from information_schema.tables
      where table_schema = current_schema() and table_name like 'kysely_%' loop
      execute format('revoke insert, update, delete, truncate on %I from ${role}', name);
    end loop;
  end $$`

/**
 * Why a login of its own for the program would be none: it leads elsewhere than the owner, could change what the record is
 * made of all the same, or could not work, since it only may take the role `name` on. Undefined when all is well.
 */
export async function faultOfLogin(app: pg.Pool, owner: pg.Pool, name = role): Promise<string | undefined> {
  const table = await sharedTable(app, owner)
  if (table === undefined) return 'it leads to another database than DATABASE_URL'
  const { rows } = await app.query(
    `select r.rolsuper or r.rolcreaterole as mighty, pg_has_role(current_user, c.relowner, 'MEMBER') as owns,
      has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT') as adds,
      (select bool_or(has_table_privilege(t::regclass, 'UPDATE, DELETE, TRUNCATE')) from unnest($2::text[]) t) as changes
    from pg_roles r, pg_class c where c.oid = $1 and r.rolname = current_user`,
    [table, appendOnly],
  )
  const { mighty, owns, adds, changes } = rows[0] as Record<'mighty' | 'owns' | 'adds' | 'changes', boolean>
  if (mighty) return 'its user must be neither a superuser nor one who may make roles'
  if (owns) return 'its user must not be, or belong to, the owner of the tables'
  if (changes)
    return 'its user may change what the record is made of; take from it all that it was granted on the tables'
  return adds
    ? undefined
    : `its user does not have the rights of the role ${name} by itself; grant it "with inherit true"`
}

/**
 * The table of the record, by its number, where both find the same one: a lock that nobody else can name, taken by the one
 * in its database, is seen by the other in its own. Numbers of tables alone are alike in copies of a database.
 */
async function sharedTable(app: pg.Pool, owner: pg.Pool): Promise<number | undefined> {
  const key = [randomInt(2 ** 31 - 1), randomInt(2 ** 31 - 1)]
  const tableOf = `select to_regclass('record_entry')::oid as "table"`
  const client = await owner.connect()
  try {
    await client.query('begin')
    const { rows: own } = await client.query(`${tableOf}, pg_advisory_xact_lock($1, $2)`, key)
    const { rows: seen } = await app.query(
      `${tableOf}, exists (
        select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
        where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.objsubid = 2 and l.granted) as here`,
      key,
    )
    const { table } = own[0] as { table: number | null }
    return table !== null && seen[0]?.here === true && seen[0].table === table ? table : undefined
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}
