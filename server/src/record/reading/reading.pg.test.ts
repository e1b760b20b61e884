import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEntry, type Fact } from '../service.ts'
import { findEntries, type RecordQuery } from './store.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

test('[RC131] whatever is asked for at once, exactly the entries that match are found, newest first', async () => {
  const { db } = database
  const random = createRandom()
  const { planId, people } = await plantPlan(db, { ana: 'drafter', ben: 'drafter', eva: 'drafter' })
  const other = await plantPlan(db, { zoe: 'drafter' })
  const { groupId } = people.ana
  const { userId: unseen } = people.eva
  await db.insertInto('displayChoice').values({ planId, userId: unseen, display: 'anonymous' }).execute()
  const documents = [
    await plantDocument(db, planId, people.ana, 'Agua'),
    await plantDocument(db, planId, people.ana, 'Luz'),
  ]
  const hash = `sha256:${'0'.repeat(64)}`

  const told: {
    seq: number
    type: string
    userId: string | null
    groupId: string | null
    documentId: string | null
    number: number | null
  }[] = []
  for (let place = 0; place < 60; place += 1) {
    const userId = random.pick([people.ana.userId, people.ben.userId, unseen, null])
    const documentId = random.pick([...documents, null])
    const number = documentId !== null && place % 5 === 0 ? 1 + (place % 3) : null
    const type = number === null ? random.pick(['update-batch', 'update-batch', 'group'] as const) : 'version'
    const about = userId === null && place % 2 === 0 ? groupId : undefined
    const fact: Fact = {
      type,
      userId,
      payload: { place },
      ...(documentId !== null && { documentId }),
      ...(about !== undefined && { groupId: about }),
      ...(documentId !== null &&
        number !== null && { content: { document: documentId, number, seq: 1, sha256: hash, html: hash } }),
    }
    const { seq } = await db.transaction().execute((trx) => appendEntry(trx, planId, fact))
    await db.transaction().execute((trx) => appendEntry(trx, other.planId, { ...fact, userId: null }))
    told.push({ seq, type, userId, groupId: userId === null ? (about ?? null) : groupId, documentId, number })
  }
  const known = await db.selectFrom('recordPerson').selectAll().where('planId', '=', planId).execute()
  const pidOf = (userId: string | null) => known.find((one) => one.userId === userId)?.pid

  const choices = {
    who: [undefined, pidOf(people.ana.userId), pidOf(unseen)],
    group: [undefined, groupId],
    type: [undefined, 'update-batch', 'version', 'group'],
    document: [undefined, documents[0]],
    version: [undefined, 2],
    below: [undefined, 40],
  }
  let asked: Partial<RecordQuery>[] = [{}]
  for (const [name, values] of Object.entries(choices)) {
    asked = asked.flatMap((query) => values.map((value) => ({ ...query, [name]: value })))
  }
  for (const query of asked) {
    const { who, group, type, document, version, below } = query
    const wanted = told.filter(
      (one) =>
        (who === undefined || pidOf(one.userId) === who) &&
        (group === undefined || (one.groupId === group && one.userId !== unseen)) &&
        (type === undefined || one.type === type) &&
        (document === undefined || one.documentId === document) &&
        (version === undefined || one.number === version) &&
        (below === undefined || one.seq < below),
    )
    const found = await findEntries(db, planId, { ...query, limit: 7 })
    expect(
      found.map(({ seq }) => seq),
      JSON.stringify(query),
    ).toEqual(
      wanted
        .map(({ seq }) => seq)
        .reverse()
        .slice(0, 7),
    )
  }
})
