import { type Kysely, sql } from 'kysely'

/**
 * What somebody was told of a plan, and how they wish to be told. News themselves have no rows: they are read from what
 * happened. A mark is the number of an entry of the plan's record, which comes in the order of commits: nothing that is
 * committed late can stand below it.
 *
 * `mailed_on` is the day on which a letter was begun last, by the calendar of the town: there is one a day at most.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table news_mark (
      plan_id text not null references plan (id),
      user_id text not null references user_account (id),
      seen bigint not null default 0 check (seen >= 0),
      seen_at timestamptz,
      mailed bigint not null default 0 check (mailed >= 0),
      mailed_at timestamptz,
      primary key (plan_id, user_id)
    )`.execute(db)
  await sql`
    create table news_setting (
      user_id text primary key references user_account (id),
      mail text not null default 'daily' check (mail in ('daily', 'weekly', 'off')),
      about text not null default 'mine' check (about in ('mine', 'all')),
      language text not null default 'es' check (language in ('es', 'en')),
      mailed_on date
    )`.execute(db)
}
