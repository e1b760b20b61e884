// @vitest-environment jsdom
import { applyContent, type Content, contentOf } from '@cabildo/schema/content'
import { fieldText } from '@cabildo/schema/text'
import { createRandom, type Random } from '@cabildo/testkit/random'
import type { Slice } from '@tiptap/pm/model'
import { beforeAll, expect, test } from 'vitest'
import { createAuthorship } from './authorship.ts'
import { type Desk, openRoom, preparePage, type Room } from './desks/desk.ts'

/*
 * The truth is known here: everybody types letters of an alphabet of their own, so that each letter says who wrote it.
 */
const alphabets: Readonly<Record<string, string>> = {
  A: 'abcdefghijklm',
  B: 'nopqrstuvwxyz',
  C: 'ABCDEFGHIJKLM',
  D: 'NOPQRSTUVWXYZ',
}
const long = process.env.LONG === '1'
beforeAll(preparePage)

const word = (random: Random, letters: string, longest: number): string =>
  Array.from({ length: random.integer(1, longest) }, () => letters[random.integer(0, letters.length - 1)]).join('')

/** A position inside some text of the editor. */
function somewhere(random: Random, { editor }: Desk): number {
  const blocks: [from: number, to: number][] = []
  editor.state.doc.descendants((node, pos) => {
    if (node.isTextblock) blocks.push([pos + 1, pos + 1 + node.content.size])
  })
  const [from, to] = random.pick(blocks)
  return random.integer(from, to)
}

function selectSomething(random: Random, desk: Desk, most: number): boolean {
  const from = somewhere(random, desk)
  const room = desk.editor.state.doc.resolve(from)
  const to = Math.min(from + random.integer(1, most), room.end())
  if (to > from) desk.select(from, to)
  return to > from
}

const caret = (random: Random, desk: Desk) => desk.editor.chain().setTextSelection(somewhere(random, desk))

/** What the structural half of the acts is. */
const structural: ((random: Random, desk: Desk, kept: { slice?: Slice }) => void)[] = [
  (random, desk) => caret(random, desk).splitBlock().run(),
  (random, desk) => {
    const at = desk.editor.state.doc.resolve(somewhere(random, desk))
    desk.editor.chain().setTextSelection(at.start()).joinBackward().run()
  },
  (random, desk) => caret(random, desk).toggleHeading({ level: 2 }).run(),
  (random, desk) => caret(random, desk).toggleBulletList().run(),
  (random, desk) => {
    const { childCount } = desk.editor.state.doc
    if (childCount > 1) desk.move(random.integer(0, childCount - 1), random.integer(0, childCount - 2))
  },
  (random, desk, kept) => {
    if (selectSomething(random, desk, 40)) kept.slice = desk.cut()
  },
  (random, desk, kept) => {
    if (kept.slice) desk.paste(somewhere(random, desk), kept.slice)
    delete kept.slice
  },
  (_random, desk) => desk.undo(),
  (_random, desk) => desk.redo(),
]

interface Play {
  seed: number
  /** How much of it is structure. */
  share: number
  names: readonly string[]
  restores?: boolean
  /** Whether people go away and come back with what they did meanwhile. They then write sentences, not words. */
  away?: boolean
}

function act(random: Random, desk: Desk, { share, away = false }: Play, kept: { slice?: Slice }): void {
  if (random.chance(share)) random.pick(structural)(random, desk, kept)
  else if (random.chance(0.75))
    desk.type(somewhere(random, desk), word(random, alphabets[desk.author] ?? '', away ? 60 : 9))
  else if (selectSomething(random, desk, 12)) desk.cut()
}

/** How many letters there are, and how many are not credited to whoever typed them. */
function judge(room: Room): { letters: number; wrong: number; raw: number } {
  const authorship = createAuthorship()
  for (const row of room.rows) authorship.apply(row)
  const view = authorship.view()
  expect(view.unreadable).toEqual([])
  const content = contentOf(room.doc)
  const runs = view.fields.problem?.runs ?? []
  expect(runs.map(({ text }) => text).join('')).toBe(fieldText(content.fields.problem))
  const totals = { letters: 0, wrong: 0, raw: 0 }
  for (const { text, author, editedBy } of runs) {
    for (const letter of text) {
      const truth = Object.keys(alphabets).find((key) => alphabets[key]?.includes(letter))
      if (truth === undefined) continue
      totals.letters++
      if (truth !== author) totals.wrong++
      if (truth !== editedBy) totals.raw++
    }
  }
  return totals
}

function play(scene: Play): Room {
  const { seed, names, restores = false, away = false } = scene
  const random = createRandom(seed)
  const room = openRoom()
  const desks = names.map((name, index) => room.sit(name, 1000 + index))
  const kept = desks.map(() => ({}))
  const gone = new Set<Desk>()
  desks[0]?.type(1, 'abc')
  const versions: Content[] = []
  for (let i = 0; i < acts; i++) {
    const which = random.integer(0, desks.length - 1)
    const [desk, slice] = [desks[which], kept[which]]
    if (desk && slice) act(random, desk, scene, slice)
    if (desk && away && random.chance(0.05)) {
      if (gone.delete(desk)) desk.comeBack()
      else if (gone.add(desk)) desk.leave()
    }
    if (!restores) continue
    if (i % 40 === 0) versions.push(contentOf(room.doc))
    if (i % 150 === 149) room.edit('D', 'restore', (doc) => applyContent(doc, random.pick(versions.slice(-3))))
  }
  for (const desk of gone) desk.comeBack()
  for (const desk of desks) desk.close()
  return room
}

const seeds = long ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2]
const acts = long ? 900 : 450

test.each(seeds)(
  '[AU10] three people, half of it structure: at most 3 in 100 letters are miscredited (seed %i)',
  (seed) => {
    const { letters, wrong, raw } = judge(play({ seed, share: 0.45, names: ['A', 'B', 'C'] }))
    process.stderr.write(`${letters} letters, ${wrong} miscredited; by who sent them last, ${raw}\n`)
    expect(letters).toBeGreaterThan(200)
    expect(wrong / letters).toBeLessThanOrEqual(0.03)
    // The acts do move the words about.
    expect(raw / letters).toBeGreaterThan(0.2)
  },
  300_000,
)

test('[AU10] with versions brought back now and then, too', () => {
  const { letters, wrong } = judge(play({ seed: 11, share: 0.45, names: ['A', 'B', 'C'], restores: true }))
  process.stderr.write(`with restores ${letters} letters, ${wrong} miscredited\n`)
  expect(wrong / letters).toBeLessThanOrEqual(0.03)
}, 300_000)

test.each(seeds)(
  '[AU10] where people also work alone for a while (seed %i)',
  (seed) => {
    const { letters, wrong } = judge(play({ seed: seed + 30, share: 0.45, names: ['A', 'B', 'C'], away: true }))
    process.stderr.write(`with absences ${letters} letters, ${wrong} miscredited\n`)
    expect(wrong / letters).toBeLessThanOrEqual(0.1)
  },
  300_000,
)

test('[AU10] where people only type and delete, not one letter is miscredited', () => {
  const { letters, wrong, raw } = judge(play({ seed: 21, share: 0, names: ['A', 'B', 'C', 'D'] }))
  expect(letters).toBeGreaterThan(200)
  expect([wrong, raw]).toEqual([0, 0])
}, 300_000)
