/** Races that the life of a commitment and its approval must decide. */
import type { Standing } from '@cabildo/protocol/http/approvals'
import { contentHash } from '@cabildo/schema/canonical'
import { contentOfState } from '@cabildo/schema/content'
import { approvalScene } from '@cabildo/testkit/approval-scene'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sitDown, type Typist, typeInto } from '@cabildo/testkit/typist'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(async () => {
  await world.rooms.drain()
  await database.drop()
})

const scene = () => approvalScene(database, world)

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

test('[AP10] [AP20] of 20 freezes against 4 writers nothing is stored beyond the frozen head, and whoever came late is told', async () => {
  const random = createRandom()
  const { toFinal, save, request, ask, document, documentId, people } = await scene()
  await toFinal()
  const names = ['ana', 'ben', 'cora', 'ana'] as const
  const kept: string[] = []
  const refused: string[] = []
  let stale = 0
  for (let round = 0; round < 20; round++) {
    const typists: Typist[] = await Promise.all(names.map((name) => sitDown(world.rooms, documentId, people[name])))
    let frozen: Standing['requests'][number] | undefined
    for (let attempt = 0; attempt < 40 && !frozen; attempt++) {
      const version = await save()
      const asking = request(version)
      // Some while it is heard, some after.
      const typing = typists.map(async (typist, at) => {
        const word = `<${round}.${attempt}.${at}> `
        if (random.chance(0.7)) await asking
        else await turns(random.integer(0, 30_000))
        typeInto(typist.doc, 'summary', word)
        const isSaved = await typist.saved().then(
          () => true,
          () => false,
        )
        ;(isSaved ? kept : refused).push(word)
      })
      const [{ status, body }] = await Promise.all([asking, ...typing])
      if (status === 201) frozen = (body as Standing).requests[0]
      else {
        expect(body.code).toBe('stale_version')
        stale++
      }
    }
    if (!frozen) throw new Error('never frozen')
    const { headSeq, status } = await document()
    expect([status, headSeq]).toEqual(['frozen', frozen.version.seq])
    const { rows } = await sql<{ last: number }>`
      select max(seq)::int as last from document_update where document_id = ${documentId}`.execute(database.db)
    expect(rows[0]?.last).toBe(headSeq)
    const state = await world.rooms.stateAt(documentId, headSeq)
    const content = contentOfState(state?.state ?? new Uint8Array())
    expect(contentHash(content)).toBe(frozen.version.contentHash)
    const text = JSON.stringify(content)
    expect(kept.filter((word) => !text.includes(word))).toEqual([])
    expect(refused.filter((word) => text.includes(word))).toEqual([])
    for (const typist of typists) {
      // What was on its way at that moment is refused with its room; who comes back with it is told that it is frozen.
      expect([undefined, 'frozen', 'storage_unavailable']).toContain(typist.closed())
      typist.leave()
    }
    const withdrawn = await ask('ana', `POST /approvals/${frozen.id}/withdrawal`, { reason: 'Otra vuelta' })
    expect(withdrawn.status).toBe(201)
  }
  // The race was one: some words came before the freeze, and some writers too late, who were told.
  expect([refused.length > 0, stale > 0]).toEqual([true, true])
})

test('[AP20] of concurrent requests, decisions and withdrawals one is heard each time', async () => {
  const { toFinal, save, request, ask, decide, standing, step } = await scene()
  await toFinal()
  const outcomes = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const version = await save()
    const requests = await Promise.all([request(version), request(version, 'cora')])
    expect(requests.map(({ status }) => status).toSorted()).toEqual([201, 409])
    const [open] = (await standing()).requests
    if (!open) throw new Error('no request')
    const twice = await Promise.all([decide('aval', open, 'approve'), decide('aval', open, 'approve')])
    expect(twice.map(({ status, body }) => (status === 201 ? 'heard' : body.code)).toSorted()).toEqual([
      'already_decided',
      'heard',
    ])
    const [returned, withdrawn] = await Promise.all([
      decide('mayor', open, 'return', { reason: 'Falta algo' }),
      ask('cora', `POST /approvals/${open.id}/withdrawal`, { reason: 'Se corrige' }),
    ])
    expect([returned.status, withdrawn.status].toSorted()).toEqual([201, 409])
    const { state, requests: after } = await standing()
    const heard = returned.status === 201
    expect([state, after[0]?.state]).toEqual(heard ? ['response', 'returned'] : ['final', 'withdrawn'])
    outcomes.add(String(after[0]?.state))
    if (heard) expect((await step('ana', 'propose', 'response')).status).toBe(201)
  }
  expect(outcomes.size).toBeGreaterThan(0)
})
