import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../db/types.ts'
import { hasDemoPlan } from './store.ts'

/** What the demo's questions need. */
export interface DemoDeps {
  db: Kysely<Database>
  config: Pick<Config, 'demo' | 'openid'>
}

/** Whether a visitor may be shown the demo's accounts: the demo is on, and its plan is in this database. */
export async function isDemo({ db, config }: DemoDeps): Promise<boolean> {
  return config.demo && (await hasDemoPlan(db))
}
