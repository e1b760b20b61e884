import { sql } from 'kysely'

/** The last ruling on what the public said in an input, a row known as `i` in the query; null while there is none. */
export const lastRuling = sql`(
  select m.verdict from input_moderation m where m.input_id = i.id order by m.number desc limit 1)`

/** Whether an input, a row known as `i` in the query, is neither taken back nor hidden from everybody: what counts. */
export const stands = sql`(i.taken_back_at is null and (not i.held or ${lastRuling} is distinct from 'hidden'))`
