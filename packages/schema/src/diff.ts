import { canonicalJson } from './canonical.ts'
import type { Content, JsonNode } from './content.ts'
import { milestoneAttributes } from './milestone-words.ts'
import { commonRuns, numbered } from './myers.ts'
import { shapeNamed } from './templates/shapes.ts'
import { childrenOf, textOf } from './text.ts'

/**
 * Compares two contents. First the blocks of a field are aligned (Myers, over what a block says and how it looks), then
 * what is left over in one gap is paired by the words it shares, then words are aligned inside a pair.
 */

/** Text that stayed, came or went. */
export interface DiffPiece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/**
 * One block of a field, in reading order. `path` names the nodes it stands in, outermost first
 * (`bulletList/listItem/paragraph`); a heading ends in its level (`heading/2`); the dates and actors of a milestone are
 * blocks too, under `milestone/due` and so on, with the stored value as text. `before` is null for `added`, `after` for
 * `removed`. Pieces without the added ones give `before`, without the removed ones `after`.
 * `moved` stands at its new place only. `cell` says where in a table it stood and stands.
 */
export interface DiffBlock {
  kind: 'same' | 'added' | 'removed' | 'changed' | 'reformatted' | 'moved'
  path: string
  before: string | null
  after: string | null
  pieces: DiffPiece[]
  cell?: { before: CellPlace | null; after: CellPlace | null }
}

/** A cell of a table, from 0: which table of the field, row and column of its grid (merged cells count as all they cover). */
export interface CellPlace {
  table: number
  row: number
  column: number
  /** It heads its row or column. */
  head: boolean
}

/** What differs between two contents. Totals are characters (code points) of text that came and went. */
export interface ContentDiff {
  fields: { field: string; changed: boolean; blocks: DiffBlock[] }[]
  facts: { key: string; before: unknown; after: unknown }[]
  totals: { added: number; removed: number }
}

/**
 * What changed from `before` (null: nothing was there) to `after`, which are of one form. Every field is listed, only facts
 * that differ are.
 */
export function diffContents(before: Content | null, after: Content): ContentDiff {
  const shape = shapeNamed(after)
  const fields = shape.fields.map(({ name }) => {
    const blocks = diffBlocks(flatten(before?.fields[name]), flatten(after.fields[name]))
    return { field: name, changed: blocks.some(({ kind }) => kind !== 'same'), blocks }
  })
  const facts = shape.facts
    .map(({ key }) => ({ key, before: before?.facts[key] ?? null, after: after.facts[key] ?? null }))
    .filter((fact) => canonicalJson(fact.before) !== canonicalJson(fact.after))
  const pieces = fields.flatMap(({ blocks }) => blocks.flatMap((block) => block.pieces))
  const count = (kind: DiffPiece['kind']) =>
    pieces.reduce((sum, piece) => sum + (piece.kind === kind ? [...piece.text].length : 0), 0)
  return { fields, facts, totals: { added: count('added'), removed: count('removed') } }
}

/** A stretch of text that stands by itself. Two with one `key` say the same and look the same. */
interface Block {
  path: string
  text: string
  key: string
  /** What it is known by when it moves: its text; for a date or an actor also whose it is. */
  identity: string
  /** The cell of the outermost table it stands in. */
  cell: CellPlace | null
}

function flatten(doc: JsonNode | undefined): Block[] {
  const blocks: Block[] = []
  let tables = 0
  for (const child of childrenOf(doc)) collect(child, '', blocks, null, () => tables++)
  return blocks
}

function collect(
  node: JsonNode,
  above: string,
  blocks: Block[],
  cell: CellPlace | null,
  nextTable: () => number,
): void {
  const path = above + node.type + (node.type === 'heading' ? `/${node.attrs?.level}` : '')
  const children = childrenOf(node)
  if (children.some(isInline)) {
    const text = textOf(node)
    blocks.push({ path, text, key: `${path}\n${children.map(look).join('')}`, identity: text, cell })
    return
  }
  if (node.type === 'table' && cell === null) {
    for (const { child, place } of cellsOf(node, nextTable())) {
      collect(child, `${path}/tableRow/`, blocks, place, nextTable)
    }
    return
  }
  for (const child of children) collect(child, `${path}/`, blocks, cell, nextTable)
  if (node.type !== 'milestone') return
  for (const name of milestoneAttributes) {
    const text = node.attrs?.[name]
    if (typeof text !== 'string' || text === '') continue
    const key = `${path}/${name}\n${text}`
    blocks.push({ path: `${path}/${name}`, text, key, identity: `${key}\n${textOf(children[0])}`, cell })
  }
}

/** The cells of a table with their places in its grid, in reading order. */
function cellsOf(table: JsonNode, number: number): { child: JsonNode; place: CellPlace }[] {
  const covered = new Set<string>()
  return childrenOf(table).flatMap((line, row) => {
    let column = 0
    return childrenOf(line).map((child) => {
      while (covered.has(`${row} ${column}`)) column += 1
      const place = { table: number, row, column, head: child.type === 'tableHeader' }
      const [across, down] = [spanOf(child, 'colspan'), spanOf(child, 'rowspan')]
      for (let n = 1; n < down; n += 1) {
        for (let m = 0; m < across; m += 1) covered.add(`${row + n} ${column + m}`)
      }
      column += across
      return { child, place }
    })
  })
}

const spanOf = ({ attrs }: JsonNode, name: 'colspan' | 'rowspan'): number => {
  const span = attrs?.[name]
  return typeof span === 'number' && span > 0 ? span : 1
}

const isInline = ({ type }: JsonNode) => type === 'text' || type === 'hardBreak'
const look = (node: JsonNode) => textOf(node) + (node.marks ? `\u0000${JSON.stringify(node.marks)}\u0000` : '')

type Row =
  | { before: Block; after: null }
  | { before: null; after: Block }
  | { before: Block; after: Block; moved?: boolean }

function diffBlocks(before: readonly Block[], after: readonly Block[]): DiffBlock[] {
  const { gaps, matched } = align(before, after)
  const moved = movedIdentities(gaps)
  const rows = gaps.flatMap((gap, index) => {
    const same = matched[index]
    return same ? [...pairUp(gap, moved), same] : pairUp(gap, moved)
  })
  return withMoves(rows, moved).map(asDiffBlock)
}

/** What stands between two matched blocks on either side. */
interface Gap {
  removed: readonly Block[]
  added: readonly Block[]
}

/** The blocks that are the same on both sides, in order, and the gaps before, between and after them. */
function align(before: readonly Block[], after: readonly Block[]): { gaps: Gap[]; matched: Row[] } {
  const known = new Map<string, number>()
  const keys = (blocks: readonly Block[]) =>
    numbered(
      blocks.map(({ key }) => key),
      known,
    )
  const gaps: Gap[] = []
  const matched: Row[] = []
  let i = 0
  let j = 0
  for (const run of commonRuns(keys(before), keys(after))) {
    for (let n = 0; n < run.length; n += 1) {
      const [left, right] = [before[run.left + n], after[run.right + n]]
      if (!left || !right) continue
      gaps.push({ removed: before.slice(i, run.left + n), added: after.slice(j, run.right + n) })
      matched.push({ before: left, after: right })
      i = run.left + n + 1
      j = run.right + n + 1
    }
  }
  gaps.push({ removed: before.slice(i), added: after.slice(j) })
  return { gaps, matched }
}

/** What went in one place and came, to the letter, in one other. Within one gap it may also have changed its form only. */
function movedIdentities(gaps: readonly Gap[]): ReadonlySet<string> {
  const gone = onlyOnce(gaps.flatMap(({ removed }) => removed))
  const come = onlyOnce(gaps.flatMap(({ added }) => added))
  return new Set([...gone.keys()].filter((identity) => come.has(identity)))
}

/** Two blocks that share no more than this part of their words are not one block that changed. */
const leastLikeness = 0.35
/** In a long gap a block is held against so many on the other side only; in a gap beyond `largestGap` cells, none. */
const narrowest = 12
const mostComparisons = 20_000
const largestGap = 1_000_000

/** Pairs what went with what came in one gap, in order, so that the pairs together are as alike as can be. */
function pairUp({ removed, added }: Gap, moved: ReadonlySet<string>): Row[] {
  if (removed.length === 0) return added.map((after) => ({ before: null, after }))
  if (added.length === 0) return removed.map((before) => ({ before, after: null }))
  const width = added.length + 1
  const numbers = new Map<string, number>()
  const small = removed.length * added.length <= largestGap
  const own = small ? removed.map((block) => words(block, numbers)) : []
  const other = small ? added.map((block) => words(block, numbers)) : []
  const band = Math.max(narrowest, mostComparisons / (2 * Math.max(removed.length, added.length)))
  // best[i, j]: how alike the best pairs of removed[i…] and added[j…] are; gain[i, j]: what pairing these two adds.
  const best = new Float32Array(small ? (removed.length + 1) * width : 0)
  const gain = new Float32Array(best.length)
  for (let i = removed.length - 1; small && i >= 0; i -= 1) {
    const middle = (i * added.length) / removed.length
    for (let j = added.length - 1; j >= 0; j -= 1) {
      const at = i * width + j
      const skip = Math.max(best[at + width] ?? 0, best[at + 1] ?? 0)
      best[at] = skip
      const [before, after] = [removed[i], added[j]]
      if (Math.abs(middle - j) > band || !before || !after) continue
      const alike = likeness(before, own[i], after, other[j], moved)
      if (alike <= leastLikeness) continue
      gain[at] = alike
      best[at] = Math.max(skip, alike + (best[at + width + 1] ?? 0))
    }
  }
  const rows: Row[] = []
  let i = 0
  let j = 0
  while (i < removed.length || j < added.length) {
    const at = i * width + j
    const [before, after] = [removed[i], added[j]]
    const alike = gain[at] ?? 0
    if (before && after && alike > 0 && best[at] === Math.fround(alike + (best[at + width + 1] ?? 0))) {
      rows.push({ before, after })
      i += 1
      j += 1
    } else if (before && (!after || best[at] === best[at + width])) {
      rows.push({ before, after: null })
      i += 1
    } else if (after) {
      rows.push({ before: null, after })
      j += 1
    }
  }
  return rows
}

const attributePaths: ReadonlySet<string> = new Set(milestoneAttributes.map((name) => `milestone/${name}`))
const isAttribute = ({ path }: Block) => attributePaths.has(path)

type Words = Int32Array | undefined

function likeness(before: Block, own: Words, after: Block, other: Words, moved: ReadonlySet<string>): number {
  // What stands to the letter somewhere else is not a changed form of this.
  if (before.identity === after.identity) return 1
  if (moved.has(before.identity) || moved.has(after.identity)) return 0
  if (isAttribute(before) || isAttribute(after)) return before.path === after.path ? 1 : 0
  return own && other ? overlap(own, other) : 0
}

/** The words of a block as sorted numbers, each word always the same number. */
const words = ({ text }: Block, known: Map<string, number>): Int32Array =>
  numbered(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [], known).sort()

/** The part of all words of two sorted lists that stands in both, from 0 to 1. */
function overlap(left: Int32Array, right: Int32Array): number {
  let shared = 0
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const [a, b] = [left[i] ?? 0, right[j] ?? 0]
    if (a === b) shared += 1
    if (a <= b) i += 1
    if (b <= a) j += 1
  }
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length)
}

/** Leaves what was moved only where it came. */
function withMoves(rows: readonly Row[], moved: ReadonlySet<string>): Row[] {
  const gone = onlyOnce(rows.flatMap((row) => (row.after === null ? [row.before] : [])))
  return rows.flatMap((row): Row[] => {
    if (row.after === null) return moved.has(row.before.identity) ? [] : [row]
    const before = row.before === null && moved.has(row.after.identity) ? gone.get(row.after.identity) : undefined
    return [before ? { before, after: row.after, moved: true } : row]
  })
}

function onlyOnce(blocks: readonly Block[]): Map<string, Block> {
  const found = new Map<string, Block>()
  const twice = new Set<string>()
  for (const block of blocks) {
    if (found.has(block.identity)) twice.add(block.identity)
    found.set(block.identity, block)
  }
  for (const identity of twice) found.delete(identity)
  return found
}

function asDiffBlock(row: Row): DiffBlock {
  const { before, after } = row
  if (before === null) return whole('added', after)
  if (after === null) return whole('removed', before)
  const texts = { path: after.path, before: before.text, after: after.text, ...placed(before.cell, after.cell) }
  if (before.text !== after.text) {
    const pieces = isAttribute(after) ? replaced(before.text, after.text) : diffText(before.text, after.text)
    return { kind: 'changed', ...texts, pieces }
  }
  const kind = row.moved ? 'moved' : before.key === after.key ? 'same' : 'reformatted'
  return { kind, ...texts, pieces: [{ kind: 'same', text: after.text }] }
}

function whole(kind: 'added' | 'removed', { path, text, cell }: Block): DiffBlock {
  const [before, after] = kind === 'added' ? [null, text] : [text, null]
  const place = kind === 'added' ? placed(null, cell) : placed(cell, null)
  return { kind, path, before, after, pieces: [{ kind, text }], ...place }
}

const placed = (before: CellPlace | null, after: CellPlace | null): Pick<DiffBlock, 'cell'> =>
  before || after ? { cell: { before, after } } : {}

const replaced = (before: string, after: string): DiffPiece[] => [
  { kind: 'removed', text: before },
  { kind: 'added', text: after },
]

/**
 * What changed between two texts, word by word. Changes with nothing but spaces between them are one change: what went,
 * then what came.
 */
export function diffText(before: string, after: string): DiffPiece[] {
  const [left, right] = [tokens(before), tokens(after)]
  const known = new Map<string, number>()
  const pieces: DiffPiece[] = []
  let removed = ''
  let added = ''
  const change = (i: number, toI: number, j: number, toJ: number) => {
    removed += left.slice(i, toI).join('')
    added += right.slice(j, toJ).join('')
  }
  const flush = () => {
    if (removed !== '') pieces.push({ kind: 'removed', text: removed })
    if (added !== '') pieces.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  let i = 0
  let j = 0
  for (const run of commonRuns(numbered(left, known), numbered(right, known))) {
    change(i, run.left, j, run.right)
    i = run.left + run.length
    j = run.right + run.length
    const same = left.slice(run.left, i).join('')
    const between = removed + added !== '' && (i < left.length || j < right.length)
    if (between && same.trim() === '') {
      removed += same
      added += same
      continue
    }
    flush()
    pieces.push({ kind: 'same', text: same })
  }
  change(i, left.length, j, right.length)
  flush()
  return pieces
}

const tokens = (text: string): string[] => text.match(/[\p{L}\p{M}]+|\p{N}+|\s+|./gsu) ?? []
