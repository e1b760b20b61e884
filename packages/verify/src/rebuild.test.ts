import { canonicalText } from '@cabildo/record/canonical-json'
import type { Actor } from '@cabildo/record/entry'
import type { KnownUpdate } from '@cabildo/record/known-updates'
import type { Behalf } from '@cabildo/record/payloads'
import type { RebuildSource } from '@cabildo/record/verify'
import { contentHash } from '@cabildo/schema/canonical'
import { contentOf, seedDocument } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createRebuilding } from './rebuild.ts'

const ana: Actor = { pid: 'a'.repeat(16), side: 'government', role: 'drafter' }
const ben: Actor = { pid: 'b'.repeat(16), side: 'civil_society', role: 'drafter' }

/** A document in which Ana planted the title and Ben wrote one paragraph, with a version of the whole. */
function written() {
  const doc = new Y.Doc()
  const seed = seedDocument('Agua', 7)
  Y.applyUpdate(doc, seed)
  doc.clientID = 8
  let typed = new Uint8Array()
  doc.once('update', (update: Uint8Array) => {
    typed = new Uint8Array(update)
  })
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('Falta en verano')])
    doc.getXmlFragment('problem').delete(0, doc.getXmlFragment('problem').length)
    doc.getXmlFragment('problem').insert(0, [paragraph])
  })
  return { rows: [seed, typed], content: contentOf(doc) }
}

function sourceOf(
  rows: readonly Uint8Array[],
  content: unknown,
  authors = [ana, ben],
  hidden = false,
  behalf: { readonly [place: number]: Behalf } = {},
): RebuildSource {
  const manifest = { plan: { id: 'plan', slug: 'plan', title: 'Plan' }, origin: 'town/record', size: 3, head: null }
  const document = 'doc'
  const updateOf = (bytes: Uint8Array, place: number): KnownUpdate => {
    const by = { entry: place + 1, actor: authors[place] ?? ana, behalf: behalf[place], via: 'edit' }
    return { seq: place + 1, ...by, bytes }
  }
  const reference = { document, number: 1, seq: 2, sha256: contentHash(content), html: `sha256:${'0'.repeat(64)}` }
  return {
    manifest,
    hidden,
    progress: () => undefined,
    documents: () => [{ document, updates: () => rows.map(updateOf) }],
    versions: () => [{ seq: 3, content: reference, json: () => canonicalText(content) }],
  }
}

test('[RC120] the updates give the version’s text again, and who wrote what stands', async () => {
  const { rows, content } = written()
  const { rebuild, authorship } = createRebuilding()
  expect(await rebuild(sourceOf(rows, content))).toEqual([])
  expect(authorship).toEqual([
    {
      document: 'doc',
      title: 'Agua',
      seq: 2,
      sides: [
        { side: 'civil_society', written: 15, share: 15 / 19 },
        { side: 'government', written: 4, share: 4 / 19 },
      ],
    },
  ])
})

test('[RC120] what somebody wrote stays with the side they were on then', async () => {
  const { rows, content } = written()
  const { rebuild, authorship } = createRebuilding()
  const later: Actor = { ...ana, side: 'civil_society' }
  expect(await rebuild(sourceOf(rows, content, [{ ...ana, side: null }, later]))).toEqual([])
  expect(authorship[0]?.sides).toEqual([
    { side: 'civil_society', written: 15, share: 15 / 19 },
    { side: null, written: 4, share: 4 / 19 },
  ])
})

test('[RC115] words typed for somebody are theirs and of their side, and come under client ids of their own', async () => {
  const { rows, content } = written()
  const rosa: Behalf = { pid: 'r'.repeat(16), side: 'community' }
  const { rebuild, authorship } = createRebuilding()
  expect(await rebuild(sourceOf(rows, content, [ana, ana], false, { 1: rosa }))).toEqual([])
  expect(authorship[0]?.sides).toEqual([
    { side: 'community', written: 15, share: 15 / 19 },
    { side: 'government', written: 4, share: 4 / 19 },
  ])
  const [seed = new Uint8Array(), typed = new Uint8Array()] = rows
  const twice = sourceOf([seed, typed, typed], content, [ana, ana, ana], false, { 1: rosa })
  const findings = await createRebuilding().rebuild(twice)
  expect(findings.map(({ code, seq }) => [code, seq])).toEqual([['foreign-client', 3]])
})

test('[RC120] a version whose text the updates do not give is damage, and names its entry', async () => {
  const { rows, content } = written()
  const { fields, ...rest } = content
  const other = { ...rest, fields: { ...fields, title: fields.problem } }
  const findings = await createRebuilding().rebuild(sourceOf(rows, other))
  expect(findings.map(({ level, code, seq }) => [level, code, seq])).toEqual([['damaged', 'rebuild-differs', 3]])
})

test('[RC120] where changes were taken out, a version that does not come out is no damage', async () => {
  const { rows, content } = written()
  const findings = await createRebuilding().rebuild(sourceOf(rows.slice(0, 1), content, [ana], true))
  expect(findings.map(({ level, code }) => [level, code])).toEqual([['note', 'rebuild-hidden']])
})

test('[RC121] text under the identity of somebody else is damage', async () => {
  const { rows, content } = written()
  const doc = new Y.Doc()
  for (const row of rows) Y.applyUpdate(doc, row)
  doc.clientID = 8
  let forged = new Uint8Array()
  doc.once('update', (update: Uint8Array) => {
    forged = new Uint8Array(update)
  })
  doc.getMap('facts').set('ogpId', 'x')
  const findings = await createRebuilding().rebuild(sourceOf([...rows, forged], content, [ana, ben, ana]))
  expect(findings.map(({ code, seq }) => [code, seq])).toEqual([['foreign-client', 3]])
})
