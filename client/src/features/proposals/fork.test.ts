import { applyContent, contentOf, seedDocument } from '@cabildo/schema/content'
import { applyHunks } from '@cabildo/schema/hunks/apply'
import { afterEach, describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { OwnState } from '../../sync/after-drawing.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { createFork, type Fork } from './fork.ts'

/** As much of an open document as a copy is made of. */
const open = () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedDocument('Agua', 1))
  return { doc, live: { doc } as DocumentSession }
}
const summaryOf = (doc: Y.Doc) => (doc.getXmlFragment('summary').get(0) as Y.XmlElement).get(0) as Y.XmlText
const storage = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage
}

test('nobody is told where one writes in a copy', () => {
  const { doc } = open()
  const awareness = new Awareness(doc)
  const live = { doc, awareness, ownState: awareness as OwnState } as DocumentSession
  const fork = createFork(live, 'a', storage())
  fork.session.setField('problem')
  fork.session.ownState.setLocalStateField('cursor', { anchor: 1 })
  expect(awareness.getLocalState()).toEqual({})
  fork.destroy()
  awareness.destroy()
})

describe('a copy to write proposals on', () => {
  let fork: Fork
  afterEach(() => fork.destroy())

  test('[PC2] takes what others write in the document, and gives nothing of its own', () => {
    const { doc, live } = open()
    fork = createFork(live, 'a', storage())
    summaryOf(doc).insert(0, 'Falta agua.')
    const before = Y.encodeStateVector(doc)
    summaryOf(fork.session.doc).insert(5, ' mucha')
    fork.session.setFact('leadInstitution', 'Tesorería')
    summaryOf(doc).insert(11, ' Siempre.')
    expect(summaryOf(fork.session.doc).toString()).toBe('Falta mucha agua. Siempre.')
    expect(summaryOf(doc).toString()).toBe('Falta agua. Siempre.')
    expect([...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()]).toEqual([...Y.decodeStateVector(before).keys()])
  })

  test('[PC1] its hunks make of the document what it says', () => {
    const { doc, live } = open()
    summaryOf(doc).insert(0, 'Falta agua en verano.')
    fork = createFork(live, 'a', storage())
    expect(fork.hunks()).toEqual([])
    summaryOf(fork.session.doc).insert(5, ' mucha')
    fork.session.setFact('leadInstitution', 'Tesorería')
    const hunks = fork.hunks()
    expect(hunks.map(({ target }) => target)).toEqual(['words', 'fact'])
    const there = new Y.Doc()
    Y.applyUpdate(there, Y.encodeStateAsUpdate(doc))
    there.transact(() => expect(applyHunks(there, hunks)).toEqual([]))
    expect(contentOf(there)).toEqual(contentOf(fork.session.doc))
  })

  test('[PC18] what says no more in the end than it did in the beginning is not kept as something unsent', () => {
    const { doc, live } = open()
    summaryOf(doc).insert(0, 'Falta agua.')
    const tab = storage()
    fork = createFork(live, 'a', tab)
    summaryOf(fork.session.doc).insert(5, ' mucha')
    fork.destroy()
    expect(tab.getItem('a')).not.toBeNull()
    fork = createFork(live, 'a', tab)
    summaryOf(fork.session.doc).delete(5, 6)
    fork.destroy()
    expect(tab.getItem('a')).toBeNull()
    // A proposal of one's own that was looked at once more.
    const copy = createFork(live, 'other', storage())
    summaryOf(copy.session.doc).insert(5, ' mucha')
    const proposed = copy.hunks().map((hunk, at) => ({ ...hunk, number: at + 1, state: 'open', blank: false }))
    copy.destroy()
    const hunks = proposed.map((hunk) => ({ ...hunk, places: 'ids' in hunk ? [{ ids: hunk.ids }] : [] }))
    fork = createFork(live, 'a', tab)
    fork.begin({ hunks: hunks as never })
    expect(tab.getItem('a')).not.toBeNull()
    fork.destroy()
    expect(tab.getItem('a')).toBeNull()
  })

  test('[PC18] an answer that comes late lets go of nothing that was written after what was sent', () => {
    const { doc, live } = open()
    summaryOf(doc).insert(0, 'Falta agua.')
    const tab = storage()
    fork = createFork(live, 'a', tab)
    summaryOf(fork.session.doc).insert(5, ' mucha')
    const sent = JSON.stringify(fork.hunks())
    summaryOf(fork.session.doc).insert(17, ' Siempre.')
    expect(fork.sent(sent)).toBe(false)
    expect(tab.getItem('a')).not.toBeNull()
    expect(fork.sent(JSON.stringify(fork.hunks()))).toBe(true)
    expect(tab.getItem('a')).toBeNull()
  })

  test('[PC7] a proposal is written anew from what it said, where it still fits', () => {
    const { doc, live } = open()
    summaryOf(doc).insert(0, 'Falta agua en verano.')
    fork = createFork(live, 'a', storage())
    summaryOf(fork.session.doc).insert(21, ' Siempre.')
    fork.session.setFact('leadInstitution', 'Tesorería')
    const hunks = fork.hunks().map((hunk, at) => ({
      ...{
        number: at + 1,
        kind: 'text' as const,
        target: hunk.target,
        state: 'open' as const,
        fits: true,
        blank: false,
      },
      ...{ field: hunk.target === 'fact' ? hunk.key : hunk.field, before: hunk.before, after: hunk.after },
      places: hunk.target === 'fact' ? [] : [{ field: hunk.field, text: '', start: 0, ids: hunk.ids }],
    }))
    const said = contentOf(fork.session.doc)
    fork.destroy()
    fork = createFork(live, 'b', storage())
    fork.begin({ hunks })
    expect(contentOf(fork.session.doc)).toEqual(said)
    fork.destroy()
    doc.getMap('facts').set('leadInstitution', 'Alcaldía')
    fork = createFork(live, 'c', storage())
    fork.begin({ hunks })
    expect(contentOf(fork.session.doc).facts.leadInstitution).toBe('Alcaldía')
    expect(summaryOf(fork.session.doc).toString()).toBe('Falta agua en verano. Siempre.')
  })

  test('what was written on it is there again after the page was loaded anew, until it is forgotten', () => {
    const { doc, live } = open()
    const kept = storage()
    fork = createFork(live, 'a', kept)
    summaryOf(fork.session.doc).insert(0, 'Falta agua.')
    fork.destroy()
    applyContent(doc, { ...contentOf(doc), facts: { leadInstitution: 'Alcaldía' } })
    fork = createFork(live, 'a', kept)
    expect(summaryOf(fork.session.doc).toString()).toBe('Falta agua.')
    expect(fork.session.facts.get('leadInstitution')).toBe('Alcaldía')
    fork.forget()
    fork.destroy()
    fork = createFork(live, 'a', kept)
    expect(fork.hunks()).toEqual([])
  })
})
