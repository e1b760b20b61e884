import type { Caller } from '../workshop/caller.ts'
import { rareAt } from './entries.ts'
import { groupPlaces, type Town } from './town.ts'

/** Something that somebody who looks through a record asks. */
export interface Question {
  label: string
  path: string
}

const cursorOf = (seq: number) => encodeURIComponent(Buffer.from(JSON.stringify(seq)).toString('base64url'))

/**
 * What the record's page asks, and each way of looking for something: for what is everywhere, for what is hardly anywhere,
 * for what is nowhere, and for two things that never come together.
 */
export function questionsAbout({ slug, people, documents, groupIds }: Town, count: number): Question[] {
  const page = (query: string) => `/api/plans/${slug}/record?limit=50${query}`
  const [first, second] = people
  const lonely = people.at(-1)
  const unseen = people.at(groupPlaces.unseen)
  const [busy, last] = [documents[0]?.documentId, documents.at(-1)?.documentId]
  const [from, to] = [new Date(Date.now() - 90 * day), new Date(Date.now() - 60 * day)].map((at) => at.toISOString())
  const asks: [label: string, query: string][] = [
    ['the newest page', ''],
    ['a page from the middle', `&cursor=${cursorOf(Math.floor(count / 2))}`],
    ['the oldest page', `&cursor=${cursorOf(51)}`],
    ['who: somebody who wrote much', `&who=${first?.pid}`],
    ['who: somebody who wrote three entries at the beginning', `&who=${lonely?.pid}`],
    ['who: nobody', '&who=AAAAAAAAAAAAAAAA'],
    ['who: somebody who is not shown', `&who=${unseen?.pid}`],
    ['group: a large one', `&group=${groupIds[0]}`],
    ['group: one with an entry in ten thousand', `&group=${groupIds[groupPlaces.few]}`],
    ['group: one in which nobody is shown', `&group=${groupIds[groupPlaces.unseen]}`],
    ['kind: typed text', '&type=update-batch'],
    ['kind: versions, the oldest page', `&type=version&cursor=${cursorOf(rareAt.redaction * 2)}`],
    ['kind: one entry of a hundred thousands', '&type=redaction'],
    ['kind: none', '&type=recovery'],
    ['commitment: the busiest', `&document=${busy}`],
    ['commitment: the quietest, from the middle', `&document=${last}&cursor=${cursorOf(Math.floor(count / 2))}`],
    ['version: a number, of any commitment', '&version=3'],
    ['version: a number that there is not', '&version=2000000'],
    ['date: a month', `&from=${from}&to=${to}`],
    ['date: before there was anything', '&to=2001-01-01T00:00:00.000Z'],
    ['who and commitment: both much', `&who=${second?.pid}&document=${busy}`],
    ['who and commitment: never together', `&who=${lonely?.pid}&document=${last}`],
    ['who and kind: much, and never together', `&who=${first?.pid}&type=workshop`],
    ['who, commitment and kind: versions of somebody', `&who=${first?.pid}&document=${last}&type=version`],
    ['group, commitment and a month', `&group=${groupIds[0]}&document=${last}&from=${from}&to=${to}`],
    ['two that exclude each other: a kind and its wrong commitment', `&type=redaction&document=${busy}`],
  ]
  return [
    ...asks.map(([label, query]) => ({ label, path: page(query) })),
    { label: 'one entry with its proof: the newest', path: `/api/plans/${slug}/record/entries/${count}` },
    { label: 'one entry with its proof: from the middle', path: `/api/plans/${slug}/record/entries/${count >> 1}` },
    { label: 'one entry with its proof: the first', path: `/api/plans/${slug}/record/entries/1` },
    { label: 'who stands in the record', path: `/api/plans/${slug}/record/people` },
    { label: 'the record’s part of the plan’s page', path: `/api/plans/${slug}/record/head` },
    { label: 'how the record stands, for everybody', path: '/api/record/status' },
  ]
}

const day = 24 * 60 * 60 * 1000

/** Milliseconds that each of `times` answers took, one after another. Throws for an answer that is none. */
export async function ask(caller: Caller, path: string, cookie: string, times: number): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < times; i += 1) {
    const begun = performance.now()
    const { status, body } = await caller.ask('GET', path, { cookie })
    took.push(performance.now() - begun)
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body).slice(0, 300)}`)
  }
  return took
}
