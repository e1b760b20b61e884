/** What open proposals would change, as places of an editor: what goes, what comes, what would only look otherwise. */
import { canonicalJson } from '@cabildo/schema/canonical'
import { fieldOf, type JsonNode } from '@cabildo/schema/content'
import { type DiffPiece, diffText } from '@cabildo/schema/diff'
import { fits } from '@cabildo/schema/hunks/apply'
import { gapsBetween } from '@cabildo/schema/hunks/compare'
import { type BlocksHunk, kindOf, type WordsHunk, wordsOf } from '@cabildo/schema/hunks/hunk'
import { findBlocks } from '@cabildo/schema/hunks/places'
import { fieldKind } from '@cabildo/schema/rules'
import { childrenOf, fieldText } from '@cabildo/schema/text'
import type { Node } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import type { Language } from '../../lib/language.ts'
import { type Finder, finderIn, piecesOf } from '../../sync/anchors.ts'
import { attributeChanges, looksLike } from './milestone-changes.ts'

/** Positions of an editor. `block`: whole blocks, not words inside one. */
export type ProposedMark =
  | { kind: 'goes' | 'looks'; from: number; to: number; block: boolean }
  | { kind: 'comes'; at: number; words: string; block: boolean }

/** A hunk that changes text. */
export type TextHunk = WordsHunk | BlocksHunk

/** A field as it stands in an editor and in its document, looked at once for many hunks. */
export interface Standing {
  doc: Y.Doc
  field: string
  /** What the editor draws. */
  node: Node
  /** Of what milestones say beside their words. */
  language: Language
  /** Finds letters of the field where the editor has them. */
  find: Finder
  /** What its blocks say, canonically; undefined where blocks cannot be told by counting. */
  blocks: readonly string[] | undefined
}

/** Looks at a field. The editor must show what the document says. */
export function standingOf(doc: Y.Doc, field: string, node: Node, language: Language): Standing {
  const fragment = doc.getXmlFragment(field)
  const kind = fieldKind(field)
  const said = kind ? childrenOf(fieldOf(doc, field, kind)) : []
  const countable = said.length === fragment.length && said.length === node.childCount
  return {
    ...{ doc, field, node, language },
    find: finderIn(piecesOf(fragment, (name) => node.type.schema.nodes[name]?.isLeaf ?? false)),
    blocks: countable ? said.map((block) => canonicalJson(block)) : undefined,
  }
}

/** The marks of a hunk, in reading order; undefined where its place is gone or says something else: nothing is guessed. */
export function proposedMarks(standing: Standing, hunk: TextHunk): ProposedMark[] | undefined {
  return hunk.target === 'words' ? wordMarks(standing, hunk) : blockMarks(standing, hunk)
}

function wordMarks({ doc, find }: Standing, hunk: WordsHunk): ProposedMark[] | undefined {
  if (!fits(doc, hunk)) return undefined
  const [stretch, ...others] = find(hunk.ids)
  if (!stretch || others.length > 0) return undefined
  if (kindOf(hunk) === 'formatting') return [{ kind: 'looks', ...stretch, block: false }]
  const pieces = compared.get(hunk) ?? diffText(wordsOf(hunk.before), wordsOf(hunk.after))
  compared.set(hunk, pieces)
  return inWords(pieces, stretch.from)
}

/** What a hunk changes in words is compared once: it is drawn anew whenever somebody else writes in its field. */
const compared = new WeakMap<WordsHunk, readonly DiffPiece[]>()

function inWords(pieces: readonly DiffPiece[], start: number): ProposedMark[] {
  const marks: ProposedMark[] = []
  let at = start
  for (const { kind, text } of pieces) {
    if (kind === 'added') marks.push({ kind: 'comes', at, words: text, block: false })
    else {
      if (kind === 'removed') marks.push({ kind: 'goes', from: at, to: at + text.length, block: false })
      at += text.length
    }
  }
  return marks
}

function blockMarks({ doc, field, node, language, blocks }: Standing, hunk: BlocksHunk): ProposedMark[] | undefined {
  const run = blocks && findBlocks(doc, field, hunk.ids)
  if (!run || run.to - run.from !== hunk.before.length) return undefined
  if (hunk.before.some((block, at) => canonicalJson(block) !== blocks[run.from + at])) return undefined
  const children = childrenIn(node, 0)
  const marks: ProposedMark[] = []
  const start = children[run.from]?.at ?? node.content.size
  compare(hunk.before, hunk.after, children.slice(run.from, run.to), start, { marks, language })
  return marks
}

interface Child {
  node: Node
  at: number
}

function childrenIn(parent: Node, start: number): Child[] {
  const children: Child[] = []
  parent.forEach((node, offset) => {
    children.push({ node, at: start + offset })
  })
  return children
}

interface Collecting {
  marks: ProposedMark[]
  language: Language
}

/** `children` say `before`; `start` is where the first of them stands, or would. */
function compare(
  before: readonly JsonNode[],
  after: readonly JsonNode[],
  children: readonly Child[],
  start: number,
  to: Collecting,
): void {
  const endOf = (count: number) => {
    const last = children[count - 1]
    return last ? last.at + last.node.nodeSize : start
  }
  for (const { i, toI, j, toJ } of gapsBetween(before, after)) {
    const [gone, come] = [before.slice(i, toI), after.slice(j, toJ)]
    const alike = gone.length === come.length && gone.every((was, at) => isAlike(was, come[at], children[i + at]))
    if (alike) {
      for (const [at, was] of gone.entries()) inside(was, come[at] as JsonNode, children[i + at] as Child, to)
      continue
    }
    const words = linesOf(come, to.language)
    const kind = words === linesOf(gone, to.language) ? 'looks' : 'goes'
    for (const { node, at } of children.slice(i, toI))
      to.marks.push({ kind, from: at, to: at + node.nodeSize, block: true })
    if (kind === 'goes' && come.length > 0) to.marks.push({ kind: 'comes', at: endOf(toI), words, block: true })
  }
}

/** Rows and cells are drawn by the browser's own rules: nothing is put between them. */
const isAlike = (was: JsonNode, is: JsonNode | undefined, child: Child | undefined): boolean =>
  is !== undefined && child !== undefined && was.type !== 'table' && looksLike(was, is)

function inside(was: JsonNode, is: JsonNode, { node, at }: Child, to: Collecting): void {
  if (!node.isTextblock) {
    compare(childrenOf(was), childrenOf(is), childrenIn(node, at + 1), at + 1, to)
    const changes = was.type === 'milestone' ? attributeChanges(was, is, to.language) : []
    // What they are stands in fields of their own, which take no marks: what they would be stands below.
    const words = changes.map(({ name, is }) => `${name}: ${is || '—'}`).join('\n')
    if (words !== '') to.marks.push({ kind: 'comes', at: at + node.nodeSize, words, block: true })
    return
  }
  const [before, after] = [wordsOf([was]), wordsOf([is])]
  if (before === after) to.marks.push({ kind: 'looks', from: at, to: at + node.nodeSize, block: true })
  else to.marks.push(...inWords(diffText(before, after), at + 1))
}

/** A milestone is told without a number: which one it is to be stands in the text. */
const linesOf = (blocks: readonly JsonNode[], language: Language) =>
  blocks.some(({ type }) => type === 'milestone')
    ? blocks.map((block) => fieldText({ type: 'doc', content: [block] }, language).replace(/^1\. ?/, '')).join('\n')
    : fieldText({ type: 'doc', content: [...blocks] }, language)
