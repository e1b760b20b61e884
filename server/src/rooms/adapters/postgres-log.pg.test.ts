import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { newcomer } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
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

describe('the log in a workshop [RM24] [WS40]', () => {
  const prepare = async () => {
    const { db, pool } = database
    const { ask, cookieOf } = createTestApp(database)
    const world = await plantWorkshopWorld(database, ask, cookieOf)
    const workshop = await world.open()
    const { userId } = await world.join(workshop.way, 'Luz')
    const session = await db.selectFrom('session').where('userId', '=', userId).select('id').executeTakeFirstOrThrow()
    const luz: Writer = { userId, sessionId: session.id, groupId: world.groupId }
    const log = createPostgresLog(pool, { writers: writingRoles })
    const [inside = '', outside = ''] = world.commitments.map(({ documentId }) => documentId)
    const heads = new Map<string, number>()
    /** Appends a row of each writer as one batch; by a client id that is new, or by none. */
    const append = async (writers: readonly Writer[], documentId = inside, newClient?: number) => {
      const baseSeq = heads.get(documentId) ?? 1
      const [outcome] = await log.append([
        {
          documentId,
          planId: world.planId,
          epoch: 1,
          baseSeq,
          rows: writers.map((writer) => ({
            writer,
            via: 'edit',
            bytes: Uint8Array.of(0, 0),
            newClients: newClient === undefined ? [] : [newClient],
          })),
        },
      ])
      if (outcome?.kind === 'stored') heads.set(documentId, outcome.headSeq)
      return outcome?.kind === 'refused' ? outcome.reason : outcome?.kind
    }
    return { world, workshop, luz, ask, append, outside, db }
  }

  test('stores what a guest writes in the workshop’s documents, whole and plain, and nothing elsewhere', async () => {
    const { luz, append, outside, world } = await prepare()
    expect(await append([luz])).toBe('stored')
    expect(await append([luz], undefined, 77)).toBe('stored')
    expect(await append([luz, writerOf(world.people.ana)])).toBe('stored')
    expect(await append([luz], outside)).toBe('forbidden')
    expect(await append([writerOf(world.people.ana), luz], outside)).toBe('forbidden')
    expect(await append([writerOf(world.people.ana)], outside)).toBe('stored')
  })

  test.each([
    ['muted', 'update workshop_participant set muted_at = now() where user_id = $u'],
    ['removed', 'update workshop_participant set removed_at = now() where user_id = $u'],
    [
      'somebody else by now',
      'update workshop_participant set merged_into = opened_by from workshop w where user_id = $u and w.id = workshop_id',
    ],
    ['the workshop is closed', 'update workshop set closed_at = now() where id = $w'],
    ['the workshop is over', 'update workshop set ends_at = now() where id = $w'],
    ['it works on something else', 'delete from workshop_document where workshop_id = $w'],
    ['the session has ended', 'update session set ended_at = now() where user_id = $u'],
    ['suspended in the plan', 'update member set suspended_at = now() where user_id = $u'],
  ])('[T5] refuses a guest at the commit itself: %s', async (_, statement) => {
    const { workshop, luz, append, db, world } = await prepare()
    expect(await append([luz])).toBe('stored')
    await sql.raw(statement.replace('$w', `'${workshop.id}'`).replace('$u', `'${luz.userId}'`)).execute(db)
    expect(await append([luz])).toBe('forbidden')
    expect(await append([luz], undefined, 78)).toBe('forbidden')
    expect(await append([writerOf(world.people.ana)])).toBe('stored')
  })

  test('[WS43] refuses those who attend in a role that may not write', async () => {
    const { workshop, world, ask, append } = await prepare()
    expect(await append([writerOf(world.people.parti)])).toBe('forbidden')
    for (const name of ['parti', 'lector', 'moni'] as const) {
      await ask('POST /api/workshops/join', { as: world.as[name], body: newcomer(workshop.way, 'x', world.groupId) })
    }
    expect(await append([writerOf(world.people.parti)])).toBe('stored')
    expect(await append([writerOf(world.people.lector)])).toBe('forbidden')
    expect(await append([writerOf(world.people.moni)])).toBe('forbidden')
  })
})
