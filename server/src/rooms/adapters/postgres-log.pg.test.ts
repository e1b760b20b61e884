import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writingRoles } from '../../auth/rules.ts'
import { logContract } from '../log.contract.ts'
import type { Writer } from '../ports.ts'
import { createPostgresLog } from './postgres-log.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const writerOf = ({ userId, sessionId, groupId }: { userId: string; sessionId: string; groupId: string }): Writer => ({
  userId,
  sessionId,
  groupId,
})

logContract('PostgreSQL', async () => {
  const { db, pool } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', beto: 'coordinator', reader: 'reviewer' })
  return {
    log: createPostgresLog(pool, { writers: writingRoles }),
    writers: { ana: writerOf(people.ana), beto: writerOf(people.beto), reader: writerOf(people.reader) },
    newDocument: () => plantDocument(db, planId, people.ana, 'Cuentas claras'),
    async setStatus(documentId, status) {
      await db.updateTable('document').set({ status }).where('id', '=', documentId).execute()
    },
  }
})

describe('the log in PostgreSQL', () => {
  const prepare = async () => {
    const { db, pool } = database
    const { planId, people } = await plantPlan(db, { ana: 'drafter' })
    const documentId = await plantDocument(db, planId, people.ana, 'Cuentas claras')
    const log = createPostgresLog(pool, { writers: writingRoles })
    const nothing = Uint8Array.of(0, 0)
    const append = (baseSeq: number, title?: string) =>
      log.append([
        {
          documentId,
          planId,
          epoch: 1,
          baseSeq,
          rows: [{ writer: writerOf(people.ana), via: 'edit', bytes: nothing, newClients: [] }],
          ...(title !== undefined && { title }),
        },
      ])
    return { db, documentId, people, append }
  }

  test('[RM24] refuses a writer whose session has ended, or who was suspended, at the commit itself', async () => {
    const { db, people, append } = await prepare()
    expect(await append(1)).toMatchObject([{ kind: 'stored' }])
    await db.updateTable('session').set({ endedAt: new Date() }).where('id', '=', people.ana.sessionId).execute()
    expect(await append(2)).toEqual([{ kind: 'refused', reason: 'forbidden' }])
    await db.updateTable('session').set({ endedAt: null }).where('id', '=', people.ana.sessionId).execute()
    await db.updateTable('member').set({ suspendedAt: new Date() }).where('userId', '=', people.ana.userId).execute()
    expect(await append(2)).toEqual([{ kind: 'refused', reason: 'forbidden' }])
  })

  test('[RM2] of writers who believe in the same head only one is stored', async () => {
    const { append } = await prepare()
    const outcomes = (await Promise.all([append(1), append(1), append(1), append(1)])).flat()
    expect(outcomes.filter(({ kind }) => kind === 'stored')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(3)
  })

  test('keeps the title and who changed the document last, with the row', async () => {
    const { db, documentId, people, append } = await prepare()
    await append(1, 'Agua\u0000 para todos')
    const row = await db
      .selectFrom('document')
      .select(['title', 'changedBy', 'headSeq'])
      .where('id', '=', documentId)
      .executeTakeFirst()
    expect(row).toEqual({ title: 'Agua para todos', changedBy: people.ana.userId, headSeq: 2 })
  })

  test('rows and bindings can be neither changed nor removed', async () => {
    const { db, documentId, append } = await prepare()
    await append(1)
    await expect(db.deleteFrom('documentUpdate').where('documentId', '=', documentId).execute()).rejects.toThrow(
      'append-only',
    )
    await expect(
      db.updateTable('documentUpdate').set({ seq: 9 }).where('documentId', '=', documentId).execute(),
    ).rejects.toThrow('append-only')
    await expect(db.deleteFrom('documentClient').where('documentId', '=', documentId).execute()).rejects.toThrow(
      'append-only',
    )
  })
})
