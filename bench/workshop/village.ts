import { consentText } from '@cabildo/protocol/consent'
import { schemaHash } from '@cabildo/schema/rules'

import { plantDocument } from '../../packages/testkit/src/factories.ts'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { newId } from '../../server/src/db/ids.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import type { Door } from '../harness/crowd.ts'
import { yProtocol } from '../harness/dialects.ts'
import type { Cluster } from '../harness/postgres.ts'
import { createCaller } from './caller.ts'

/** A plan with a facilitator and one commitment, in a database of its own. */
export interface Village {
  databaseUrl: string
  /** Opens a workshop at the server on this port; answers the token of its QR. */
  openWorkshop(port: number): Promise<string>
  /** Looks, joins and reads the document's opening, as a phone does after the camera; answers its cookies. */
  join(port: number, token: string, name: string): Promise<string>
  documentId: string
  /** The way into the document for phones with these cookies. */
  door(port: number, cookies: readonly string[]): Door
  end(): Promise<void>
}

/** Founds the village. */
export async function foundVillage(cluster: Cluster): Promise<Village> {
  const database = await cluster.createDatabase('workshop', async (url) => {
    const pool = createPool({ connectionString: url })
    await migrate(pool).finally(() => pool.end())
  })
  const { planId, groupId, commitmentId, documentId, facilitator } = await plant(database.url)

  return {
    databaseUrl: database.url,
    documentId,
    async openWorkshop(port) {
      const caller = createCaller(port)
      const { body } = await caller.ask('POST', `/api/plans/${planId}/workshops`, {
        cookie: facilitator,
        body: {
          title: 'A workshop',
          place: 'A school',
          heldOn: '2026-11-28',
          tables: [],
          commitmentIds: [commitmentId],
        },
      })
      caller.end()
      const url = (body as { wayIn?: { url: string } }).wayIn?.url
      if (!url) throw new Error(`No workshop was opened: ${JSON.stringify(body)}`)
      return url.split('#')[1] ?? ''
    },
    async join(port, token, name) {
      const caller = createCaller(port)
      await caller.ask('POST', '/api/workshops/look', { body: { token } })
      const consent = { version: consentText.version, way: 'screen' }
      const joined = await caller.ask('POST', '/api/workshops/join', { body: { token, name, groupId, consent } })
      if (joined.status !== 201)
        throw new Error(`Joining was answered ${joined.status}: ${JSON.stringify(joined.body)}`)
      await caller.ask('GET', `/api/documents/${documentId}`, { cookie: joined.cookies })
      caller.end()
      return joined.cookies
    },
    door: (port, cookies) => ({
      port,
      dialect: yProtocol,
      request: (room, person) => ({
        path: `/rooms/${room}?schema=${encodeURIComponent(schemaHash)}&caps=saved1&mode=edit`,
        headers: { Origin: `http://127.0.0.1:${port}`, Cookie: cookies[person] ?? '' },
      }),
    }),
    end: database.drop,
  }
}

async function plant(url: string) {
  const pool = createPool({ connectionString: url })
  try {
    const db = createDb(pool)
    const [planId, groupId, userId, commitmentId] = [newId(), newId(), newId(), newId()]
    await db.insertInto('plan').values({ id: planId, slug: 'bench', title: 'A plan', place: 'A town' }).execute()
    await db
      .insertInto('stakeholderGroup')
      .values({ id: groupId, planId, name: 'Neighbours', sector: 'community' })
      .execute()
    await db.insertInto('userAccount').values({ id: userId, email: 'facilitator@bench.test', name: 'F' }).execute()
    await db.insertInto('member').values({ planId, userId, groupId, role: 'facilitator' }).execute()
    const { sessionId, cookie } = await createSessions(db, { secure: false }).begin(userId)
    const documentId = await plantDocument(db, planId, { userId, sessionId, groupId }, 'Cuentas claras')
    await db
      .insertInto('commitment')
      .values({ id: commitmentId, planId, documentId, number: 1, createdBy: userId })
      .execute()
    return { planId, groupId, commitmentId, documentId, facilitator: cookie.split(';', 1)[0] ?? '' }
  } finally {
    await pool.end()
  }
}
