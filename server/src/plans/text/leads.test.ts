import { seedDocument } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Committed } from '../../rooms/ports.ts'
import { createLeads, type LedText } from './leads.ts'

/** Texts that name who leads, which of them were read, and how many at a time. */
function shelf() {
  const texts = new Map<string, Committed>()
  const reads: string[] = []
  let now = 0
  let most = 0
  const put = (documentId: string, lead: string, headSeq: number, epoch = 1) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, seedDocument(documentId, 1))
    doc.getMap('facts').set('leadInstitution', lead)
    texts.set(documentId, { planId: 'plan', status: 'open', headSeq, epoch, state: Y.encodeStateAsUpdate(doc) })
  }
  const read = async (documentId: string) => {
    reads.push(documentId)
    most = Math.max(most, ++now)
    await Promise.resolve()
    now--
    return texts.get(documentId)
  }
  /** What was read since it was asked last. */
  const wasRead = () => reads.splice(0)
  /** A text as the database has it. */
  const row = (documentId: string, number: number): LedText => {
    const { headSeq = 0, epoch = 0 } = texts.get(documentId) ?? {}
    return { documentId, number, headSeq, epoch }
  }
  return { put, read, row, wasRead, atMost: () => most }
}

test('[PD5] a text is read once for each state of it, and again once it says something else', async () => {
  const { put, read, row, wasRead } = shelf()
  put('a', 'Concejo', 4)
  put('b', 'Tesorería', 7)
  const leads = createLeads({ read })
  const ask = () => leads('plan', [row('a', 1), row('b', 2)])
  const first = [
    { number: 1, lead: 'Concejo' },
    { number: 2, lead: 'Tesorería' },
  ]
  expect([await ask(), wasRead()]).toEqual([first, ['a', 'b']])
  expect([await ask(), wasRead()]).toEqual([first, []])
  put('b', 'Planificación', 8)
  expect([await ask(), wasRead()]).toEqual([[first[0], { number: 2, lead: 'Planificación' }], ['b']])
  expect(await leads('plan', [row('gone', 9)])).toEqual([{ number: 9, lead: undefined }])
})

test('[RC96] what was taken out of a text is not remembered', async () => {
  const { put, read, row } = shelf()
  const leads = createLeads({ read })
  put('a', 'Juan Pérez', 4)
  await leads('plan', [row('a', 1)])
  put('a', 'Concejo', 4, 2)
  expect(await leads('plan', [row('a', 1)])).toEqual([{ number: 1, lead: 'Concejo' }])
})

test('a room that is behind the database is asked again, and one that is ahead is not', async () => {
  const { put, read, row, wasRead } = shelf()
  const leads = createLeads({ read })
  put('a', 'Concejo', 4)
  const [behind, ahead] = [row('a', 1), { ...row('a', 1), headSeq: 5 }]
  await leads('plan', [ahead])
  await leads('plan', [behind])
  expect(wasRead()).toEqual(['a'])
  put('a', 'Tesorería', 5)
  expect(await leads('plan', [ahead])).toEqual([{ number: 1, lead: 'Tesorería' }])
})

test('of fifty texts a few are read at a time, once, however many ask', async () => {
  const { put, read, row, wasRead, atMost } = shelf()
  const ids = Array.from({ length: 50 }, (_, at) => `document-${at}`)
  for (const id of ids) put(id, `Dirección ${id}`, 3)
  const leads = createLeads({ read })
  const texts = ids.map((id, at) => row(id, at + 1))
  const told = await Promise.all(Array.from({ length: 60 }, () => leads('plan', texts)))
  expect(told.at(-1)).toEqual(ids.map((id, at) => ({ number: at + 1, lead: `Dirección ${id}` })))
  expect(wasRead()).toEqual(ids)
  expect(atMost()).toBe(4)
})

test('the text read longest ago is forgotten first', async () => {
  const { put, read, row, wasRead } = shelf()
  for (const id of ['a', 'b', 'c']) put(id, 'Concejo', 1)
  const leads = createLeads({ read }, 2)
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await leads('plan', [row(id, 1)])
  expect(wasRead()).toEqual(['a', 'b', 'c', 'b'])
})
