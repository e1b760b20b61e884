/**
 * Open proposals, drawn in the text they are for. Nothing of it is part of the document.
 *   typing, own or of others   moves what is drawn; once it rests, or has gone on for long, what stands in the paragraphs that
 *                              changed is looked at anew
 *   anything else              is drawn anew from the ids of the places
 *   many at once               as they come are drawn a few at a time, when the browser is idle
 *   doubt                      a place that the server knows and is not found here: it is asked again where places stand
 */

import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { Mapping, StepMap } from '@tiptap/pm/transform'
import type { Decoration as Drawing, DecorationSet as Drawings } from '@tiptap/pm/view'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { type AtRest, createAtRest } from '../../lib/at-rest.ts'
import type { Language } from '../../lib/language.ts'
import { whenTypingRests } from '../../lib/when-idle.ts'
import { placeOf } from './next-place.ts'
import classes from './proposed.module.css'
import { type ProposedMark, proposedMarks, type Standing, standingOf, type TextHunk } from './proposed-marks.ts'

/** A hunk that is drawn. */
export interface DrawnHunk {
  proposalId: string
  /** Its number in its proposal. */
  number: number
  hunk: TextHunk
  /** Whose it is, as is printed beside it. */
  name: string
  sector: string
  /** The line of the sector. */
  line: string
}

/** What draws proposals, in the form that the editors take. */
export interface ProposedLayer {
  draw(field: string, state: EditorState, before: Drawings, transaction?: Transaction): Drawings
  press(event: MouseEvent): void
  /**
   * Draws these from the next time on; `at` stands out. Answers the fields in which something is to be drawn anew; those in
   * which nothing was have themselves drawn.
   */
  show(hunks: readonly DrawnHunk[], at: string | undefined): ReadonlySet<string>
  /** Draws what is not drawn yet in a field. */
  finish(field: string): void
  /** Counts changes of the text: what the server answers is of another one when there were some since it was asked. */
  changes(): number
  destroy(): void
}

interface LayerOptions {
  doc: Y.Doc
  language: Language
  /** What listeners are told of a mark. */
  told: (kind: ProposedMark['kind'], name: string) => string
  onPress: (proposalId: string) => void
  /** Has a field drawn anew. */
  redraw: (field: string) => void
  onDoubt: () => void
}

/** Looking at a field at every key would cost more than it shows; in one that never rests it is done at last. Milliseconds. */
const calm = 400
const atLast = 5000

/**
 * How many hunks are drawn at one go: at first, when the browser has yet to read the code, and then. A cheap phone takes some
 * milliseconds for each, in which no key is heard.
 */
const atFirst = 6
const atOnce = 12

/** What a field was drawn from. */
interface DrawnFrom {
  node: Node
  hunks: readonly DrawnHunk[] | undefined
  current: string | undefined
  /** How many of the hunks were drawn; the rest is asked for. */
  count: number
  standing: Standing | undefined
  /** The blocks of the field in which words are drawn: as long as one stands there, they are where they were moved to. */
  blocks: Map<DrawnHunk, Node>
}

/** Makes the layer of one document. */
export function createProposedLayer(options: LayerOptions): ProposedLayer {
  const { doc, language, told, onPress, redraw, onDoubt } = options
  let shown: ReadonlyMap<string, readonly DrawnHunk[]> = new Map()
  let current: string | undefined
  let changes = 0
  // In every field: of those far from what is in sight no editor tells.
  const count = () => {
    changes += 1
  }
  doc.on('update', count)
  /** Fields that are looked at anew once typing in them rests. */
  const waiting = new Map<string, AtRest>()
  /** Another layer over the text has a field drawn anew, too, and nothing is to be done then. */
  const drawnFrom = new Map<string, DrawnFrom>()
  /** Fields that are drawn in part and asked for once more. */
  const unfinished = new Set<string>()
  /** Fields that are to be drawn whole at the next go. */
  const finishing = new Set<string>()

  /** The elements that a field was last drawn with. Each field has one editor; the next one begins with none of them. */
  const elements = new Map<string, Map<string, HTMLElement>>()

  const later = (field: string) => {
    const asked = waiting.get(field) ?? createAtRest(() => redraw(field), { calm, atLast })
    waiting.set(field, asked)
    asked.ask()
  }
  const goOn = (field: string) => {
    if (unfinished.has(field)) return
    unfinished.add(field)
    whenTypingRests(() => {
      if (unfinished.delete(field)) redraw(field)
    })
  }
  const draw = (field: string, state: EditorState, before?: Drawings): Drawings => {
    const here = shown.get(field)
    const last = drawnFrom.get(field)
    const from = last?.hunks === here && last?.current === current ? last : undefined
    if (before && from?.node === state.doc && from.count === (here?.length ?? 0)) return before
    if (!here) {
      drawnFrom.set(field, {
        ...{ node: state.doc, hunks: here, current, count: 0 },
        standing: undefined,
        blocks: new Map(),
      })
      elements.delete(field)
      finishing.delete(field)
      return DecorationSet.empty
    }
    // As far as it is drawn it may stay: all of it in the same text, in another one what stands in the same blocks.
    const isSame = from?.node === state.doc
    const kept = before && from && (isSame || from.count === here.length) ? from : undefined
    const isWhole = last?.hunks !== undefined && last.hunks.length === last.count
    const goes = last?.count ? last.count + atOnce : atFirst
    const count = isWhole || finishing.has(field) ? here.length : Math.min(goes, here.length)
    const stay = new Set<Node | undefined>(kept ? childrenOf(state.doc) : [])
    const anew = isSame
      ? here.slice(kept?.count ?? 0, count)
      : here.slice(0, count).filter((drawn) => !kept || !stay.has(kept.blocks.get(drawn)))
    const standing = (isSame && kept?.standing) || standingOf(doc, field, state.doc, language)
    const { now, once } = keptFrom(elements.get(field), kept && elements.get(field))
    elements.set(field, now)
    const blocks = kept?.blocks ?? new Map<DrawnHunk, Node>()
    const drawings: Drawing[] = []
    for (const drawn of anew) {
      const marks = proposedMarks(standing, drawn.hunk)
      const isCurrent = placeOf(drawn.proposalId, drawn.number) === current
      const block = drawn.hunk.target === 'words' && marks?.[0] && blockAt(state.doc, marks[0])
      if (block) blocks.set(drawn, block)
      else blocks.delete(drawn)
      if (marks) drawings.push(...drawingsOf(marks, drawn, { isCurrent, told, once }))
      else onDoubt()
    }
    const rest = count < here.length
    drawnFrom.set(field, {
      node: state.doc,
      hunks: here,
      current,
      count,
      standing: rest ? standing : undefined,
      blocks,
    })
    if (rest) goOn(field)
    else finishing.delete(field)
    if (!before || !kept) return DecorationSet.create(state.doc, drawings)
    const old = isSame ? [] : drawnOf(before, new Set(anew))
    return before.remove(old).add(state.doc, drawings)
  }
  return {
    draw(field, state, before, transaction) {
      if (!transaction) {
        elements.delete(field)
        drawnFrom.delete(field)
        return draw(field, state)
      }
      if (transaction.getMeta('layer')) return draw(field, state, before)
      if (!transaction.docChanged) return before
      if (shown.has(field)) later(field)
      if (before === DecorationSet.empty) return before
      const sync: { isChangeOrigin?: boolean } | undefined = transaction.getMeta(ySyncPluginKey)
      // What others write comes as a whole text in place of the one before.
      if (!sync?.isChangeOrigin) return before.map(transaction.mapping, transaction.doc)
      const moved = before.map(changeOf(transaction.before, transaction.doc), transaction.doc)
      // Two people at both ends of a text, in one message: what stands between would be gone from sight until it is looked at.
      return moved.find().length === before.find().length ? moved : draw(field, state)
    },
    press(event) {
      const mark =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread], [data-proposal]') : null
      const id = mark?.dataset.proposal
      // Under a finger a press in what is written in puts the cursor.
      const isWriting = mark?.isContentEditable && window.matchMedia('(pointer: coarse)').matches
      if (id && !isWriting) onPress(id)
    },
    show(hunks, at) {
      const before = new Set(shown.keys())
      shown = Map.groupBy(hunks, ({ hunk }) => hunk.field)
      current = at
      for (const field of shown.keys()) if (!before.has(field)) goOn(field)
      return before
    },
    finish(field) {
      if ((drawnFrom.get(field)?.count ?? 0) === (shown.get(field)?.length ?? 0)) return
      // Put off while an input method composes, it is still drawn whole.
      finishing.add(field)
      redraw(field)
    },
    changes: () => changes,
    destroy() {
      doc.off('update', count)
      for (const asked of waiting.values()) asked.cancel()
      unfinished.clear()
      finishing.clear()
      elements.clear()
      shown = new Map()
    },
  }
}

const childrenOf = (node: Node): Node[] => {
  const children: Node[] = []
  node.forEach((child) => void children.push(child))
  return children
}

/** The block of a field in which a mark stands; null while the editor does not say yet what the document does. */
function blockAt(node: Node, mark: ProposedMark): Node | null {
  const at = mark.kind === 'comes' ? mark.at : mark.from
  return at <= node.content.size ? node.childAfter(at).node : null
}

/** What is drawn of some hunks. */
const drawnOf = (drawings: Drawings, hunks: ReadonlySet<DrawnHunk>): Drawing[] =>
  drawings.find(undefined, undefined, ({ drawn }) => hunks.has(drawn))

/** The one stretch in which two texts differ, as a mapping from the one to the other. */
function changeOf(before: Node, after: Node): Mapping {
  const from = before.content.findDiffStart(after.content)
  const ends = from === null ? null : before.content.findDiffEnd(after.content)
  if (from === null || !ends) return new Mapping()
  // Where a letter stands twice, both searches claim it.
  const twice = Math.max(0, from - Math.min(ends.a, ends.b))
  return new Mapping([new StepMap([from, ends.a + twice - from, ends.b + twice - from])])
}

function drawingsOf(
  marks: readonly ProposedMark[],
  drawn: DrawnHunk,
  { isCurrent, told, once }: { isCurrent: boolean; told: LayerOptions['told']; once: Once },
): Drawing[] {
  const attributes = (kind: string): Record<string, string> => ({
    class: `${classes.mark} ${classes[kind]}`,
    'data-proposal': drawn.proposalId,
    'data-hunk': String(drawn.number),
    'data-sector': drawn.sector,
    ...(isCurrent && { 'data-at': '' }),
  })
  const widget = (place: { at: number; side: number }, says: string, make: () => HTMLElement): Drawing => {
    const key = JSON.stringify([drawn.proposalId, drawn.number, drawn.name, drawn.sector, drawn.line, isCurrent, says])
    return Decoration.widget(place.at, once(key, make), { side: place.side, key, drawn })
  }
  const drawings = marks.map((mark, at): Drawing => {
    if (mark.kind === 'comes') {
      // The name stands once, where the hunk ends.
      const named = at === marks.length - 1
      const make = () => comes(mark.words, mark.block, attributes('comes'), named ? drawn : undefined)
      return widget({ at: mark.at, side: mark.block ? 1 : -1 }, `${at} ${named} ${mark.block} ${mark.words}`, make)
    }
    const attrs: Record<string, string> = { ...attributes(mark.kind), title: told(mark.kind, drawn.name) }
    if (mark.block)
      return Decoration.node(mark.from, mark.to, { ...attrs, class: `${attrs.class} ${classes.block}` }, { drawn })
    return Decoration.inline(
      mark.from,
      mark.to,
      { ...attrs, nodeName: mark.kind === 'goes' ? 'del' : 'span' },
      { drawn },
    )
  })
  const last = marks.at(-1)
  if (last && last.kind !== 'comes')
    drawings.push(widget({ at: last.to, side: -1 }, 'name', () => nameOf(drawn, attributes('name'))))
  return drawings
}

/** Answers what makes the element of a key: the one that stands in the page already, if one does. */
type Once = (key: string, make: () => HTMLElement) => () => HTMLElement

/**
 * The elements of one field, by key, from one drawing to the next. Whoever writes right after one has the editor ask for it
 * at every key: where it is the same, the browser has nothing to put in, to style and to lay out once more. `now`: those of
 * the drawing itself, which may have begun before.
 */
function keptFrom(
  before: ReadonlyMap<string, HTMLElement> | undefined,
  now = new Map<string, HTMLElement>(),
): { now: Map<string, HTMLElement>; once: Once } {
  const once: Once = (key, make) => {
    const kept = before?.get(key)
    if (kept) now.set(key, kept)
    return () => {
      const element = now.get(key) ?? make()
      now.set(key, element)
      return element
    }
  }
  return { now, once }
}

/** Looked at only: whoever listens is told of proposals one by one, and reads the text as it is. */
function made(tag: string, attributes: Record<string, string>): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.contentEditable = 'false'
  element.ariaHidden = 'true'
  return element
}

function comes(words: string, block: boolean, attributes: Record<string, string>, drawn: DrawnHunk | undefined) {
  const element = made('ins', attributes)
  if (block) element.classList.add(classes.block ?? '')
  element.append(words)
  if (drawn) element.append(nameOf(drawn, { class: classes.name ?? '', 'data-sector': drawn.sector }))
  return element
}

function nameOf({ name, line }: DrawnHunk, attributes: Record<string, string>): HTMLElement {
  const element = made('span', { ...attributes, 'data-line': line })
  element.append(name)
  return element
}
