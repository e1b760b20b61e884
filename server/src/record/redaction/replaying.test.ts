import { contentOf } from '@cabildo/schema/content'
import { filler } from '@cabildo/verify/redact'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createReplay, type Parts } from './replay.ts'
import { replayLimits, withReplay } from './replaying.ts'
import type { VersionText } from './texts.ts'

/** A document's rows, each with what it says after it. */
function written(write: (text: Y.XmlText, doc: Y.Doc) => void) {
  const doc = new Y.Doc()
  const rows: Parts['rows'][number][] = []
  const versions: VersionText[] = []
  doc.on('update', (bytes: Uint8Array) => {
    const seq = rows.length + 1
    rows.push({ seq, bytes })
    versions.push({ id: `v${seq}`, number: seq, seq, content: JSON.stringify(contentOf(doc)) })
  })
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  doc.getXmlFragment('problem').insert(0, [paragraph])
  write(text, doc)
  return { rows, versions, doc }
}

const quote = 'Ana Paz'
const sought = { quote, ranges: [] }
const textOf = (state: Uint8Array) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc.getXmlFragment('problem').toString()
}

test('[RC150] a log that came in parts gives what it gives as a whole, also where later letters complete the words', async () => {
  const { rows, versions, doc } = written((text) => {
    text.insert(0, 'Vive aquí Ana .')
    text.insert(0, 'Nadie más. ')
    text.insert(text.length - 1, 'Paz')
    text.insert(text.length, ' Fin.')
    text.delete(0, 6)
  })
  const away = new Y.Doc()
  Y.applyUpdate(away, Y.encodeStateAsUpdate(doc))
  const paragraph = away.getXmlFragment('problem').get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).insert(0, `Otra vez ${quote}. `)
  const drafts = [{ id: 'd', bytes: Y.encodeStateAsUpdate(away, Y.encodeStateVector(doc)) }]
  const whole = createReplay(sought).read({ rows, versions, drafts })
  expect(textOf(whole.state)).toContain(`Vive aquí ${filler.repeat(7)}. Fin.`)
  for (let cut = 0; cut <= rows.length; cut += 1) {
    const replay = createReplay(sought)
    replay.read({ rows: rows.slice(0, cut), versions: versions.slice(0, cut), drafts: [] })
    expect(replay.read({ rows: rows.slice(cut), versions, drafts })).toEqual(whole)
    // A version may be made of a moment that was passed already.
    const late = createReplay(sought)
    late.read({ rows, versions: [], drafts: [] })
    expect(late.read({ rows: [], versions, drafts })).toEqual(whole)
  }
  expect(whole.places).toBe(1)
  expect([...whole.changed.keys()]).toEqual([2, 4])
  expect(new TextDecoder().decode(whole.drafts.get('d'))).not.toMatch(/Ana|Paz/)

  expect(await withReplay(sought, (replay) => replay.read({ rows, versions, drafts }))).toEqual(whole)
})

test('[RC150] a search that takes too long, or too much memory, ends with an error that says so', async () => {
  const { rows } = written((text) => text.insert(0, `De ${quote}`))
  const parts = { rows, versions: [], drafts: [] }
  await expect(withReplay(sought, (replay) => replay.read(parts), { ...replayLimits, time: 1 })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('too long'),
  })
  const large = Array.from({ length: 40 }, () => rows[1]).flatMap((row) => row ?? [])
  const heavy = written((text) => {
    for (let at = 0; at < 4000; at += 1) text.insert(0, `${quote} `)
  })
  await expect(
    withReplay(sought, (replay) => replay.read({ ...parts, rows: [...heavy.rows, ...large] }), {
      ...replayLimits,
      memory: 8,
    }),
  ).rejects.toMatchObject({ code: 'too_large', message: expect.stringContaining('too long to be searched') })
  const one = { ...replayLimits, atOnce: 1 }
  const second = withReplay(sought, async () => withReplay(sought, async () => undefined, one), one)
  await expect(second).rejects.toMatchObject({ code: 'unavailable' })
  expect((await withReplay(sought, (replay) => replay.read(parts))).places).toBe(1)
})

test('[RC150] what cannot be played ends the search, with what was wrong', async () => {
  const parts = { rows: [{ seq: 1, bytes: Uint8Array.of(1, 2) }], versions: [], drafts: [] }
  await expect(withReplay(sought, (replay) => replay.read(parts))).rejects.toThrow()
  await expect(withReplay({ ...sought, quote: '' }, (replay) => replay.read(parts))).rejects.toThrow(
    'nothing to look for',
  )
})
