import { randomInt } from 'node:crypto'
import { seedDocument } from '@cabildo/schema/content'
import { schemaHash } from '@cabildo/schema/rules'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { newId } from '../../server/src/db/ids.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { insertDocument } from '../../server/src/rooms/adapters/new-document.ts'
import type { Writer } from '../../server/src/rooms/ports.ts'
import { yProtocol } from '../harness/dialects.ts'
import type { Cluster } from '../harness/postgres.ts'
import { startServer } from '../harness/server-process.ts'
import type { Site } from './site.ts'

/** The people of the bench: drafters of one plan, each with a session of their own. */
interface Town {
  planId: string
  drafters: { writer: Writer; cookie: string }[]
}

const people = 200
const towns = new WeakMap<Cluster, Town>()

/** Cabildo on a database with a plan and two hundred drafters; rooms are real documents, seeded from the template. */
export const openCabildo = opener({})

/** The same without entering what is written into the record: what the record costs is the difference. */
export const openUnrecorded = opener({ RECORD: 'off' })

function opener(env: Record<string, string>) {
  return (cluster: Cluster, core: number | undefined): Promise<Site> => open(cluster, core, env)
}

async function open(cluster: Cluster, core: number | undefined, env: Record<string, string>): Promise<Site> {
  const database = await cluster.createDatabase('cabildo', async (url) => {
    towns.set(cluster, await found(url))
  })
  const town = towns.get(cluster)
  if (!town) throw new Error('The database of Cabildo was made without its people')
  const query = `schema=${encodeURIComponent(schemaHash)}&caps=saved1`

  return {
    async makeRooms(count) {
      const pool = createPool({ connectionString: database.url })
      const names = Array.from({ length: count }, newId)
      await createDb(pool)
        .transaction()
        .execute(async (trx) => {
          for (const documentId of names) await insertDocument(trx, newDocument(documentId, town))
        })
      await pool.end()
      return names
    },
    start: ({ idleAfter } = {}) =>
      startServer({
        entry: 'cabildo.ts',
        env: { ...env, DATABASE_URL: database.url, ...(idleAfter ? { IDLE_AFTER: String(idleAfter) } : {}) },
        core,
      }),
    door: ({ port }) => ({
      port,
      dialect: yProtocol,
      request: (room, person) => ({
        path: `/rooms/${room}?${query}`,
        headers: {
          Origin: `http://127.0.0.1:${port}`,
          Cookie: town.drafters[person % people]?.cookie ?? '',
        },
      }),
    }),
    end: database.drop,
  }
}

function newDocument(documentId: string, { planId, drafters }: Town) {
  const [first] = drafters
  if (!first) throw new Error('A plan without drafters')
  const clientId = randomInt(2 ** 31)
  const title = 'Cuentas claras'
  const state = seedDocument(title, clientId)
  const { writer } = first
  return {
    documentId,
    planId,
    kind: 'commitment' as const,
    template: 'ogp-commitment',
    templateVersion: 1,
    title,
    writer,
    state,
    clientId,
  }
}

async function found(url: string): Promise<Town> {
  const pool = createPool({ connectionString: url })
  try {
    await migrate(pool)
    const db = createDb(pool)
    const sessions = createSessions(db, { secure: false })
    const planId = newId()
    const groupId = newId()
    await db.insertInto('plan').values({ id: planId, slug: 'bench', title: 'A plan', place: 'A town' }).execute()
    await db
      .insertInto('stakeholderGroup')
      .values({ id: groupId, planId, name: 'Neighbours', sector: 'community' })
      .execute()
    const drafters: Town['drafters'] = []
    for (let i = 0; i < people; i++) {
      const userId = newId()
      const name = `Drafter ${i + 1}`
      await db
        .insertInto('userAccount')
        .values({ id: userId, email: `drafter-${i + 1}@bench.test`, name })
        .execute()
      await db.insertInto('member').values({ planId, userId, groupId, role: 'drafter' }).execute()
      const { sessionId, cookie } = await sessions.begin(userId)
      drafters.push({ writer: { userId, sessionId, groupId }, cookie: cookie.split(';', 1)[0] ?? '' })
    }
    return { planId, drafters }
  } finally {
    await pool.end()
  }
}
