/** Makes hunks of what somebody wrote on a copy: block by block, and words inside a block. */
import * as Y from 'yjs'
import { canonicalJson } from '../canonical.ts'
import { fieldOf, type JsonNode, tidyField } from '../content.ts'
import { diffText } from '../diff.ts'
import { commonRuns, numbered } from '../myers.ts'
import { fieldKind } from '../rules.ts'
import { childrenOf } from '../text.ts'
import { type BlocksHunk, type Hunk, saysSame, tidyWords, type WordsHunk, wordsOf } from './hunk.ts'
import { idsIn, idsInBlocks, readWords } from './places.ts'

/** The hunks that make of one field what `wanted` says. Each fits `doc`, and no two are in one place. */
export function hunksOfField(doc: Y.Doc, field: string, wanted: JsonNode): Hunk[] {
  const kind = fieldKind(field)
  if (kind === undefined) return []
  const before = childrenOf(fieldOf(doc, field, kind))
  const after = childrenOf(tidyField(wanted, kind))
  if (saysSame(before, after)) return []
  const whole: BlocksHunk = { target: 'blocks', field, ids: [], before: [...before], after: [...after] }
  const elements = doc.getXmlFragment(field).toArray()
  if (elements.length !== before.length) return [whole]
  const hunks: Hunk[] = []
  for (const gap of gapsBetween(before, after)) {
    const inside = wordHunksOf(field, elements, before, after, gap)
    if (inside) hunks.push(...inside)
    else {
      const blocks = blocksHunk(doc, field, before, after, gap)
      if (!blocks) return [whole]
      hunks.push(blocks)
    }
  }
  return hunks
}

/** Blocks `i` up to `toI` became blocks `j` up to `toJ`. */
export interface Gap {
  i: number
  toI: number
  j: number
  toJ: number
}

/** What differs between two lists of blocks: runs of the one that became runs of the other. */
export function gapsBetween(before: readonly JsonNode[], after: readonly JsonNode[]): Gap[] {
  const known = new Map<string, number>()
  const keys = (blocks: readonly JsonNode[]) =>
    numbered(
      blocks.map((block) => canonicalJson(block)),
      known,
    )
  const gaps: Gap[] = []
  let [i, j] = [0, 0]
  const until = (toI: number, toJ: number) => {
    if (i < toI || j < toJ) gaps.push({ i, toI, j, toJ })
  }
  for (const { left, right, length } of commonRuns(keys(before), keys(after))) {
    until(left, right)
    i = left + length
    j = right + length
  }
  until(before.length, after.length)
  return gaps
}

/** A gap as a hunk of blocks that begins and ends with blocks in which there is text, by which it is found again. */
function blocksHunk(
  doc: Y.Doc,
  field: string,
  before: readonly JsonNode[],
  after: readonly JsonNode[],
  { i, toI, j, toJ }: Gap,
): BlocksHunk | undefined {
  const hasText = (at: number) => wordsOf([before[at] ?? { type: '' }]) !== '' && idsOfBlock(at).length > 0
  const idsOfBlock = (at: number) => idsInBlocks(doc, { field, from: at, to: at + 1 })
  let [from, to] = [i, toI]
  while (from > 0 && (from === to || !hasText(from))) from -= 1
  while (to < before.length && (from === to || !hasText(to - 1))) to += 1
  // A neighbour that is part of another gap would be in two hunks: then the field is proposed whole.
  if (from === to || !hasText(from) || !hasText(to - 1)) return undefined
  const [added, kept] = [i - from, to - toI]
  if (!saysSame(before.slice(from, i), after.slice(j - added, j))) return undefined
  if (!saysSame(before.slice(toI, to), after.slice(toJ, toJ + kept))) return undefined
  const [first] = idsOfBlock(from)
  const last = idsOfBlock(to - 1).at(-1)
  if (!first || !last) return undefined
  return {
    ...{ target: 'blocks', field, ids: [[...first], [...last]] },
    before: before.slice(from, to),
    after: after.slice(j - added, toJ + kept),
  }
}

/** The words that differ, when the blocks of a gap differ in words of texts alone. */
function wordHunksOf(
  field: string,
  elements: readonly unknown[],
  before: readonly JsonNode[],
  after: readonly JsonNode[],
  { i, toI, j, toJ }: Gap,
): WordsHunk[] | undefined {
  if (toI - i !== toJ - j) return undefined
  const hunks: WordsHunk[] = []
  for (let n = 0; n < toI - i; n += 1) {
    const [was, is] = [before[i + n], after[j + n]]
    const inside = was && is && wordHunksIn(field, elements[i + n], was, is)
    if (!inside) return undefined
    hunks.push(...inside)
  }
  return hunks
}

function wordHunksIn(field: string, element: unknown, was: JsonNode, is: JsonNode): WordsHunk[] | undefined {
  if (saysSame(was, is)) return []
  if (was.type !== is.type || !saysSame(was.attrs ?? {}, is.attrs ?? {})) return undefined
  if (!(element instanceof Y.XmlElement)) return undefined
  const [old, fresh, elements] = [childrenOf(was), childrenOf(is), element.toArray()]
  if (old.some(({ type }) => type === 'text')) {
    const [text] = elements
    if (elements.length !== 1 || !(text instanceof Y.XmlText)) return undefined
    if (![...old, ...fresh].every(({ type }) => type === 'text')) return undefined
    return wordHunks(field, text, old, fresh)
  }
  if (old.length !== fresh.length || old.length !== elements.length || old.length === 0) return undefined
  const hunks: WordsHunk[] = []
  for (const [at, child] of old.entries()) {
    const next = fresh[at]
    const inside = next && wordHunksIn(field, elements[at], child, next)
    if (!inside) return undefined
    hunks.push(...inside)
  }
  return hunks
}

/** A change inside a text: units `i` up to `toI` became units `j` up to `toJ`. */
function wordHunks(field: string, text: Y.XmlText, old: readonly JsonNode[], fresh: readonly JsonNode[]): WordsHunk[] {
  const words = wordsOf(old)
  const changes = joined(changesBetween(old, fresh).map((change) => grown(change, words)))
  return changes.map(({ i, toI, j, toJ }) => ({
    ...{ target: 'words', field, ids: idsIn(text, i, toI) },
    before: readWords({ text, from: i, to: toI }),
    after: cut(fresh, j, toJ),
  }))
}

function changesBetween(old: readonly JsonNode[], fresh: readonly JsonNode[]): Gap[] {
  const changes: Gap[] = []
  let [i, j] = [0, 0]
  for (const { kind, text } of diffText(wordsOf(old), wordsOf(fresh))) {
    const [toI, toJ] = [kind === 'added' ? i : i + text.length, kind === 'removed' ? j : j + text.length]
    if (kind !== 'same') changes.push({ i, toI, j, toJ })
    else {
      for (const [from, to] of stretchesThatDiffer(cut(old, i, toI), cut(fresh, j, toJ)))
        changes.push({ i: i + from, toI: i + to, j: j + from, toJ: j + to })
    }
    i = toI
    j = toJ
  }
  return changes
}

/** Where the same words have other formatting. */
function stretchesThatDiffer(old: readonly JsonNode[], fresh: readonly JsonNode[]): [number, number][] {
  const looks = (nodes: readonly JsonNode[]) =>
    nodes.flatMap(({ text = '', marks = [] }) => Array.from({ length: text.length }, () => canonicalJson(marks)))
  const [was, is] = [looks(old), looks(fresh)]
  const found: [number, number][] = []
  for (let at = 0; at < was.length; at += 1) {
    if (was[at] === is[at]) continue
    const last = found.at(-1)
    if (last && last[1] === at) last[1] = at + 1
    else found.push([at, at + 1])
  }
  return found
}

/** With the word before it or after it when nothing was there: a place without a unit could not be found again. */
function grown(change: Gap, words: string): Gap {
  if (change.i < change.toI) return change
  const before = /[^\s]+\s*$|\s+$/u.exec(words.slice(0, change.i))?.[0].length ?? 0
  if (before > 0) return { ...change, i: change.i - before, j: change.j - before }
  const after = /^\s*[^\s]+|^\s+/u.exec(words.slice(change.toI))?.[0].length ?? 0
  return { ...change, toI: change.toI + after, toJ: change.toJ + after }
}

/** Changes that touch or overlap since they grew are one. */
function joined(changes: readonly Gap[]): Gap[] {
  const list: Gap[] = []
  for (const change of changes) {
    const last = list.at(-1)
    if (last && change.i < last.toI) {
      // One that grew over words after it counted them as unchanged: where it ends now is what the later one says.
      last.toJ = change.toJ + Math.max(0, last.toI - change.toI)
      last.toI = Math.max(last.toI, change.toI)
    } else list.push({ ...change })
  }
  return list
}

/** Units `from` up to `to` of text nodes. */
function cut(nodes: readonly JsonNode[], from: number, to: number): JsonNode[] {
  const kept: JsonNode[] = []
  let at = 0
  for (const node of nodes) {
    const { text = '' } = node
    const [first, last] = [Math.max(from, at), Math.min(to, at + text.length)]
    if (first < last) kept.push({ ...node, text: text.slice(first - at, last - at) })
    at += text.length
  }
  return tidyWords(kept)
}
