import * as Y from 'yjs'
import { applyElement, applyField, buildField, factOf, type JsonNode } from '../content.ts'
import { diffText } from '../diff.ts'
import { factsRoot, fieldKind } from '../rules.ts'
import { gapsBetween } from './compare.ts'
import { type BlocksHunk, type FactHunk, type Hunk, saysSame, type WordsHunk, wordsOf } from './hunk.ts'
import { findBlocks, findWords, readBlocks, readWords } from './places.ts'

/** Whether the place of a hunk is there and says what the hunk replaces. Its ids are those under which units stand now. */
export function fits(doc: Y.Doc, hunk: Hunk): boolean {
  switch (hunk.target) {
    case 'fact':
      return saysSame(factOf(doc, hunk.key), hunk.before)
    case 'words': {
      const words = findWords(doc, hunk.field, hunk.ids)
      return words !== undefined && saysSame(readWords(words), hunk.before)
    }
    case 'blocks': {
      const blocks = findBlocks(doc, hunk.field, hunk.ids)
      return blocks !== undefined && saysSame(readBlocks(doc, blocks) ?? null, hunk.before)
    }
  }
}

/**
 * Makes all of these changes, or none: answers the places in the list of those that do not fit, none when it is done. To be
 * called inside a transaction of `doc`. No two may be in one place.
 */
export function applyHunks(doc: Y.Doc, hunks: readonly Hunk[]): number[] {
  const misfits = [...hunks.keys()].filter((at) => !fits(doc, hunks[at] as Hunk))
  if (misfits.length > 0) return misfits
  for (const hunk of hunks) applyOne(doc, hunk)
  return []
}

/** Whatever is told as accepted is in the text: a transaction that throws leaves nothing of its caller's. */
const brokenByAnother = 'a change of the same proposal took away the place of this one'

function applyOne(doc: Y.Doc, hunk: Hunk): void {
  if (hunk.target === 'fact') setFact(doc, hunk)
  else if (hunk.target === 'words') applyWords(doc, hunk)
  else applyBlocks(doc, hunk)
}

function setFact(doc: Y.Doc, { key, after }: FactHunk): void {
  const facts = doc.getMap(factsRoot)
  if (after === null) facts.delete(key)
  else facts.set(key, after)
}

/** Changes the blocks that stand there, and no others: one beside them may say the same. */
function applyBlocks(doc: Y.Doc, { field, ids, before, after }: BlocksHunk): void {
  const kind = fieldKind(field)
  const blocks = findBlocks(doc, field, ids)
  if (!kind || !blocks) throw new Error(brokenByAnother)
  const fragment = doc.getXmlFragment(field)
  const wanted = buildField({ content: after }, kind)
  // From the last on, so that places stay what they are.
  for (const { i, toI, j, toJ } of gapsBetween(before, after).reverse()) {
    const both = Math.min(toI - i, toJ - j)
    const at = blocks.from + i
    if (toI - i > both) fragment.delete(at + both, toI - i - both)
    for (let n = toJ - j - 1; n >= 0; n -= 1) {
      const node = wanted.child(j + n)
      const old: unknown = n < both ? fragment.get(at + n) : undefined
      if (old instanceof Y.XmlElement && old.nodeName === node.type.name) {
        applyElement(doc, old, node)
        continue
      }
      if (n < both) fragment.delete(at + n, 1)
      const element = new Y.XmlElement(node.type.name)
      fragment.insert(at + Math.min(n, both), [element])
      applyElement(doc, element, node)
    }
  }
  // A field without a paragraph is none that an editor would leave behind.
  if (fragment.length === 0 && kind !== 'milestones')
    applyField(doc, field, kind, { type: 'doc', content: [{ type: 'paragraph' }] })
}

/** Changes words where they differ, so that whoever wrote the others stays their author. */
function applyWords(doc: Y.Doc, { field, ids, before, after }: WordsHunk): void {
  const words = findWords(doc, field, ids)
  if (!words) throw new Error(brokenByAnother)
  const { text } = words
  const [old, fresh] = [unitsOf(before), unitsOf(after)]
  let at = words.from
  let [was, is] = [0, 0]
  for (const piece of diffText(wordsOf(before), wordsOf(after))) {
    const size = piece.text.length
    if (piece.kind === 'removed') {
      text.delete(at, size)
      was += size
      continue
    }
    for (const { from, to, attributes } of evenRuns(fresh, is, is + size)) {
      const part = piece.text.slice(from - is, to - is)
      if (piece.kind === 'added') text.insert(at, part, attributes)
      else reformat(text, at, old.slice(was + from - is, was + to - is), attributes)
      at += to - from
    }
    is += size
    if (piece.kind === 'same') was += size
  }
}

type Attributes = Record<string, unknown>

/** The formatting of each unit, as y-tiptap writes it. */
function unitsOf(nodes: readonly JsonNode[]): Attributes[] {
  return nodes.flatMap(({ text = '', marks = [] }) => {
    const attributes = Object.fromEntries(marks.map(({ type, attrs }) => [type, attrs ?? {}]))
    return Array.from({ length: text.length }, () => attributes)
  })
}

/** Stretches of one formatting. */
function evenRuns(
  units: readonly Attributes[],
  from: number,
  to: number,
): { from: number; to: number; attributes: Attributes }[] {
  const runs: { from: number; to: number; attributes: Attributes }[] = []
  for (let at = from; at < to; at += 1) {
    const attributes = units[at] ?? {}
    const last = runs.at(-1)
    if (last && last.attributes === attributes) last.to = at + 1
    else runs.push({ from: at, to: at + 1, attributes })
  }
  return runs
}

/** Gives units that stay other formatting, where theirs differs. */
function reformat(text: Y.XmlText, at: number, old: readonly Attributes[], attributes: Attributes): void {
  for (const run of evenRuns(old, 0, old.length)) {
    if (saysSame(run.attributes, attributes)) continue
    const gone = Object.keys(run.attributes).filter((name) => !(name in attributes))
    const change = { ...Object.fromEntries(gone.map((name) => [name, null])), ...attributes }
    text.format(at + run.from, run.to - run.from, change)
  }
}
