// @vitest-environment jsdom
import { applyContent, contentOf } from '@cabildo/schema/content'
import { fieldText } from '@cabildo/schema/text'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type AuthorshipView, createAuthorship } from './authorship.ts'
import { type Desk, openRoom, preparePage, type Room } from './desks/desk.ts'

beforeAll(preparePage)
const open: Desk[] = []
afterEach(() => {
  for (const desk of open.splice(0)) desk.close()
})

/** A room in which A has typed two paragraphs, and B has sat down. */
function written(): { room: Room; a: Desk; b: Desk } {
  const room = openRoom()
  const a = room.sit('A', 1001)
  a.type(1, 'Hello wonderful world')
  a.select(a.editor.state.doc.content.size - 1)
  a.editor.commands.splitBlock()
  a.type(a.editor.state.doc.content.size - 1, 'The second paragraph')
  const b = room.sit('B', 2002)
  open.push(a, b)
  return { room, a, b }
}

function viewOf(room: Room): AuthorshipView {
  const authorship = createAuthorship()
  for (const row of room.rows) authorship.apply(row)
  const view = authorship.view()
  const content = contentOf(room.doc)
  for (const [name, field] of Object.entries(view.fields)) {
    expect(field.runs.map(({ text }) => text).join('')).toBe(fieldText(content.fields[name]))
  }
  expect(view.unreadable).toEqual([])
  return view
}

/** `A:… B:…`: who wrote what. */
const said = (room: Room): string => {
  const parts: [string | null, string][] = []
  for (const { author, text } of viewOf(room).fields.problem?.runs ?? []) {
    const last = parts.at(-1)
    if (last && last[0] === author) last[1] += text
    else parts.push([author, text])
  }
  return parts.map(([author, text]) => `${author}:${text}`).join('|')
}

const both = 'Hello wonderful world\n\nThe second paragraph'
const acts: [string, (b: Desk) => void, string, string][] = [
  [
    'splits a paragraph',
    (b) => b.editor.chain().setTextSelection(7).splitBlock().run(),
    'Hello \n\nwonderful world\n\nThe second paragraph',
    both,
  ],
  [
    'joins two',
    (b) => b.editor.chain().setTextSelection(24).joinBackward().run(),
    'Hello wonderful worldThe second paragraph',
    both,
  ],
  ['makes a heading', (b) => b.editor.chain().setTextSelection(3).toggleHeading({ level: 2 }).run(), both, both],
  [
    'makes a list',
    (b) => b.editor.chain().setTextSelection({ from: 3, to: 30 }).toggleBulletList().run(),
    '• Hello wonderful world\n• The second paragraph',
    both,
  ],
  [
    'makes a quote',
    (b) => b.editor.chain().setTextSelection(3).setNode('paragraph').toggleWrap('blockquote').run(),
    '> Hello wonderful world\n\nThe second paragraph',
    both,
  ],
  ['moves a block', (b) => b.move(1, 0), 'The second paragraph\n\nHello wonderful world', both],
  [
    'deletes two letters',
    (b) => {
      b.select(2, 4)
      b.cut()
    },
    'Hlo wonderful world\n\nThe second paragraph',
    both,
  ],
  [
    'deletes a word',
    (b) => {
      b.select(7, 17)
      b.cut()
    },
    'Hello world\n\nThe second paragraph',
    both,
  ],
]

test.each(acts)('[AU5] when B %s, and undoes it, all words stay A’s', (_what, act, after, before) => {
  const { room, b } = written()
  act(b)
  expect(said(room)).toBe(`A:${after}`)
  b.undo()
  expect(said(room)).toBe(`A:${before}`)
  b.redo()
  expect(said(room)).toBe(`A:${after}`)
})

test('[AU5] what B types in between is B’s, and only that', () => {
  const { room, b } = written()
  b.type(7, 'very ')
  b.editor.chain().setTextSelection(9).splitBlock().run()
  b.editor.chain().setTextSelection(3).toggleHeading({ level: 2 }).run()
  expect(said(room)).toBe('A:Hello |B:ve\n\nry |A:wonderful world\n\nThe second paragraph')
  const { people } = viewOf(room)
  expect([...people]).toEqual([
    ['A', { proposed: 41, written: 41 }],
    ['B', { proposed: 5, written: 5 }],
  ])
})

test('[AU5] a heading and a list taken back by hand leave the words their authors’', () => {
  const { room, b } = written()
  b.editor.chain().setTextSelection(3).toggleHeading({ level: 2 }).run()
  b.editor.chain().setTextSelection(3).toggleHeading({ level: 2 }).run()
  b.editor.chain().setTextSelection({ from: 3, to: 30 }).toggleBulletList().run()
  b.editor.chain().setTextSelection({ from: 5, to: 30 }).toggleBulletList().run()
  expect(said(room)).toBe(`A:${both}`)
  expect(viewOf(room).fields.problem?.runs.some(({ editedBy }) => editedBy === 'B')).toBe(true)
})

test('[AU6] cut here and pasted there is still A’s; with a short piece too', () => {
  const { room, b } = written()
  b.select(7, 17)
  const slice = b.cut()
  b.paste(1, slice)
  expect(said(room)).toBe('A:wonderful Hello world\n\nThe second paragraph')
  b.select(11, 14)
  const short = b.cut()
  b.paste(b.editor.state.doc.content.size - 1, short)
  expect(said(room)).toBe('A:wonderful lo world\n\nThe second paragraphHel')
})

test('[AU6] cut on one device and pasted on another of the same person', () => {
  const { room, b } = written()
  const phone = room.sit('B', 3003)
  open.push(phone)
  b.select(7, 12)
  const slice = b.cut()
  phone.paste(1, slice)
  expect(said(room)).toBe('A:wondeHello rful world\n\nThe second paragraph')
})

test('[AU5] two who work apart and meet again', () => {
  const { room, a, b } = written()
  b.leave()
  b.editor.chain().setTextSelection(7).splitBlock().run()
  b.type(1, 'Well, ')
  b.move(2, 0)
  a.type(a.editor.state.doc.content.size - 1, ' is here')
  b.comeBack()
  expect(room.doc.getXmlFragment('problem').toString()).toBe(b.doc.getXmlFragment('problem').toString())
  expect(said(room).replace(/A:.*?wo/s, '')).not.toContain('B:Hello')
  for (const { author, text } of viewOf(room).fields.problem?.runs ?? []) {
    if (author === 'B') expect(text.trim()).toBe('Well,')
  }
})

test('[AU8] a version brought back gives every word to whoever wrote it', () => {
  const { room, a, b } = written()
  b.type(1, 'Dear all! ')
  const then = contentOf(room.doc)
  const before = said(room)
  a.select(1, 12)
  a.cut()
  b.select(1, b.editor.state.doc.content.size - 1)
  b.cut()
  b.type(1, 'Something else altogether')
  room.edit('C', 'restore', (doc) => applyContent(doc, then))
  expect(said(room)).toBe(before)
  expect(viewOf(room).people.has('C')).toBe(false)
})

test('[AU9] the words of a draft are its author’s, whoever lets it in', () => {
  const { room } = written()
  room.edit('B', 'draft', (doc) => {
    const paragraph = doc.getXmlFragment('problem').get(0)
    const text = 'get' in paragraph ? paragraph.get(0) : undefined
    if (text && 'insert' in text) text.insert(0, 'From my train: ' as never)
  })
  const last = room.rows.at(-1)
  if (last) last.writtenBy = 'C'
  expect(said(room)).toBe(`C:From my train: |A:${both}`)
  expect(viewOf(room).fields.problem?.runs[0]?.editedBy).toBe('B')
})
