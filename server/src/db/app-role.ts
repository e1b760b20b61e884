/**
 * The role the program works as. It owns nothing: what the record is made of it can add to and read, and neither change
 * nor remove, whatever a defect or an injected statement asks for. Migrations run as the owner.
 */
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

/**
 * Makes the role where it is missing, and grants it what the program needs on the tables as they are now. Answers its
 * name; undefined where the owner may not make roles, as on some hosted servers: then triggers alone refuse the changes.
 */
export async function prepareAppRole(owner: pg.Pool): Promise<string | undefined> {
  try {
    // Roles belong to the whole server: another database may be making the same one at this moment.
    await owner.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then
          begin
            create role ${role} nologin;
          exception when duplicate_object or unique_violation then null;
          end;
        end if;
        if not pg_has_role(current_user, '${role}', 'member') then
          execute format('grant ${role} to %I', current_user);
        end if;
      end $$`)
    await owner.query(`
      do $$ declare name text; begin
        -- Granting the same function twice at once fails.
        perform pg_advisory_xact_lock(hashtext('${role}'));
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
      end $$`)
    return role
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === insufficientPrivilege) return undefined
    throw error
  }
}
