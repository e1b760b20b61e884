import { type DocumentServer, serveDocuments } from '@cabildo/testkit/document-server'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeeper, keeperLimits } from '../authorship/keeper.ts'
import { authorKey } from '../authorship/rules.ts'
import { createStandings } from './standing.ts'

let database: FreshDatabase
let server: DocumentServer
let ann: Someone
let ben: Someone
let documentId: string
beforeAll(async () => {
  database = await freshDatabase()
  server = serveDocuments(database)
  const { planId, people } = await plantPlan(database.db, { ann: 'drafter', ben: 'drafter' })
  ;({ ann, ben } = people)
  documentId = await plantDocument(database.db, planId, ann, 'Agua')
  for (const [by, words] of [
    [ann, 'uno '],
    [ben, 'dos '],
    [ann, 'tres '],
  ] as const) {
    const typist = await sitDown(server.rooms, documentId, by)
    typeInto(typist.doc, 'problem', words)
    await typist.saved()
    typist.leave()
  }
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

test('[RC87] any moment is the same in whatever order it is asked for, in steps of any size, kept or not', async () => {
  const small = { documents: 1, views: 1 }
  const keepers = { ...keeperLimits, page: 1, sliceMs: 0 }
  const written = async (standings: ReturnType<typeof createStandings>, seqs: number[]) => {
    const views = await standings.at(documentId, seqs)
    return seqs.map((seq) => {
      const people = views.get(seq)?.fields.problem?.people
      return [ann, ben].map(({ userId, groupId }) => people?.get(authorKey(userId, groupId))?.written ?? 0)
    })
  }
  const expected = [
    [0, 0],
    [4, 0],
    [4, 4],
    [9, 4],
  ]
  for (const limits of [undefined, small]) {
    const keeper = createKeeper(database.db, limits && keepers)
    const standings = createStandings(database.db, keeper, limits)
    expect(await written(standings, [1, 2, 3, 4])).toEqual(expected)
    expect(await written(standings, [4, 2])).toEqual([expected[3], expected[1]])
    expect(await written(standings, [1])).toEqual([expected[0]])
    expect(await written(standings, [3, 4])).toEqual(expected.slice(2))
  }
  await expect(createStandings(database.db, createKeeper(database.db)).at(documentId, [99])).rejects.toThrow(
    'rows are missing',
  )
})
