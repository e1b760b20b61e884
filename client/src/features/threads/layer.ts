/**
 * The words that threads are on, drawn over the editors.
 *   own edits      the drawing moves with the text; before anything else changes the document, the ids under which the
 *                  drawn words stand now are read (an editor deletes and brings again what it splits or joins)
 *   anything else  is drawn anew from the ids
 *   doubt          the server is asked where the words stand (`onDoubt`): it alone traces what was moved by others
 */
import type { TextPlace, TextSpan, ThreadKind } from '@cabildo/protocol/http/threads'
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { finderIn, idsBetween, piecesOf, unitsOf } from '../../sync/anchors.ts'
import classes from './marks.module.css'

/** A thread as it is drawn. */
export interface Drawn {
  id: string
  kind: ThreadKind | 'draft'
  /** How many letters it was opened on. */
  units: number
  places: readonly Pick<TextPlace, 'field' | 'ids'>[]
}

/** What draws threads, in the form that the editors take. */
export interface ThreadLayer {
  draw(field: string, state: EditorState, before: DecorationSet, transaction?: Transaction): DecorationSet
  press(event: MouseEvent): void
  /**
   * Takes these threads and no others. Of one that is drawn already the words are where they are known to be here. Answers
   * the fields in which something is to be drawn anew.
   */
  show(threads: readonly Drawn[], openId: string | undefined): ReadonlySet<string>
  /** Puts threads where the server says that their words stand. */
  move(threads: readonly Pick<Drawn, 'id' | 'places'>[]): void
  /** Counts own edits: what the server answers is of another text when there were some since it was asked. */
  edits(): number
  /** The ids of a drawn thread's words, in its field; undefined when they are gone. */
  idsOf(id: string): { field: string; ids: TextSpan[] } | undefined
  destroy(): void
}

interface LayerOptions {
  doc: Y.Doc
  onPress: (id: string) => void
  /** Some words may stand elsewhere than they are drawn. */
  onDoubt: () => void
  /** Whether a field has an editor now, which draws words and tells of what happens to them. */
  isDrawn: (field: string) => boolean
}

/** Makes the layer of one document. */
export function createThreadLayer({ doc, onPress, onDoubt, isDrawn }: LayerOptions): ThreadLayer {
  let known = new Map<string, Drawn>()
  let openId: string | undefined
  let edits = 0
  /** By field, then by thread: the ids under which its words stand. */
  const spans = new Map<string, Map<string, TextSpan[]>>()
  const drawn = new Map<string, DecorationSet>()
  /** What a field was drawn from by its ids: another layer over the text has it drawn anew, too. */
  const drawnFrom = new Map<string, { node: Node; at: number }>()
  /** Counts whatever changes what is drawn, other than the text. */
  let shownAt = 0
  /** Fields whose drawing knows better than `spans` where the words are. */
  const ahead = new Map<string, EditorState>()

  const put = ({ id, places }: Pick<Drawn, 'id' | 'places'>) => {
    shownAt += 1
    for (const inField of spans.values()) inField.delete(id)
    for (const { field, ids } of places) {
      const inField = spans.get(field) ?? new Map<string, TextSpan[]>()
      spans.set(field, inField)
      inField.set(id, [...(inField.get(id) ?? []), ...ids])
    }
  }
  const pieces = (field: string, state: EditorState) =>
    piecesOf(doc.getXmlFragment(field), (name) => state.schema.nodes[name]?.isLeaf ?? false)

  /** Reads the ids of what is drawn, as the document has them now. */
  const catchUp = (field: string, state: EditorState) => {
    const here = pieces(field, state)
    const ids = new Map<string, TextSpan[]>()
    for (const { from, to, spec } of drawn.get(field)?.find() ?? [])
      ids.set(spec.id, [...(ids.get(spec.id) ?? []), ...idsBetween(here, { from, to })])
    spans.set(field, ids)
  }
  const beforeChange = (transaction: Y.Transaction) => {
    if (ahead.size === 0 || transaction.origin === ySyncPluginKey) return
    for (const [field, state] of ahead) catchUp(field, state)
    ahead.clear()
  }
  doc.on('beforeTransaction', beforeChange)
  /** Of what others do to a field that has no editor, none tells. */
  const afterChange = (transaction: Y.Transaction) => {
    if (transaction.origin === ySyncPluginKey) return
    for (const [field, text] of doc.share) {
      if (!transaction.changedParentTypes.has(text) || !(text instanceof Y.XmlFragment) || isDrawn(field)) continue
      // What is split, joined or moved is taken out and brought again, under other ids.
      if (spans.get(field)?.size && transaction.deleteSet.clients.size > 0) onDoubt()
      else doubtMissing(field)
    }
  }
  doc.on('afterTransaction', afterChange)

  const fromIds = (field: string, state: EditorState): DecorationSet => {
    const wanted = spans.get(field)
    drawnFrom.set(field, { node: state.doc, at: shownAt })
    if (!wanted || wanted.size === 0) return DecorationSet.empty
    const find = finderIn(pieces(field, state))
    const decorations: Decoration[] = []
    for (const [id, ids] of wanted) {
      const thread = known.get(id)
      if (!thread) continue
      const stretches = find(ids)
      const attributes = {
        class: classes.mark ?? '',
        'data-thread': id,
        'data-kind': thread.kind,
        ...(id === openId && { 'data-open': '' }),
      }
      for (const { from, to } of stretches) decorations.push(Decoration.inline(from, to, attributes, { id }))
      // Of what is not sent yet the server knows nothing.
      if (thread.kind !== 'draft' && sizeOf(stretches) !== unitsOf(ids)) onDoubt()
    }
    return DecorationSet.create(state.doc, decorations)
  }

  const after = (field: string, state: EditorState, before: DecorationSet, transaction: Transaction): DecorationSet => {
    const sync: { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | undefined =
      transaction.getMeta(ySyncPluginKey)
    if (sync?.isChangeOrigin) {
      doubtMissing(field)
      return fromIds(field, state)
    }
    if (transaction.getMeta('layer')) {
      const from = drawnFrom.get(field)
      if (from?.node === state.doc && from.at === shownAt) return before
      if (ahead.has(field)) catchUp(field, state)
      ahead.delete(field)
      return fromIds(field, state)
    }
    if (!transaction.docChanged) return before
    edits += 1
    if (lengthOf(before) === 0) return before.map(transaction.mapping, transaction.doc)
    ahead.set(field, state)
    const moved = before.map(transaction.mapping, transaction.doc)
    if (lengthOf(moved) !== lengthOf(before) || isStructural(transaction)) onDoubt()
    return moved
  }

  /** The fields in which words of some of these threads stand. */
  const fieldsOf = (ids: readonly string[]): Set<string> =>
    new Set([...spans].flatMap(([field, inField]) => (ids.some((id) => inField.has(id)) ? [field] : [])))

  const missing = ({ id, units }: Drawn) =>
    units > [...spans.values()].reduce((sum, inField) => sum + unitsOf(inField.get(id) ?? []), 0)
  const isOf = ({ places }: Drawn, field: string) =>
    places.length === 0 || places.some((place) => place.field === field)
  /** What came back to a field, or came from elsewhere, may be words that some thread misses. */
  const doubtMissing = (field: string) => {
    if ([...known.values()].some((thread) => thread.units > 0 && isOf(thread, field) && missing(thread))) onDoubt()
  }

  return {
    draw(field, state, before, transaction) {
      const set = transaction ? after(field, state, before, transaction) : fromIds(field, state)
      if (ahead.has(field)) ahead.set(field, state)
      drawn.set(field, set)
      return set
    },
    press(event) {
      const mark =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread], [data-proposal]') : null
      const id = mark?.dataset.thread
      // Under a finger a press in what is written in puts the cursor; the thread is offered beside it.
      const isWriting = mark?.isContentEditable && window.matchMedia('(pointer: coarse)').matches
      if (id && !isWriting && known.get(id)?.kind !== 'draft') onPress(id)
    },
    show(threads, open) {
      const next = new Map(threads.map((thread) => [thread.id, thread]))
      const looksOtherwise = (id: string) =>
        known.get(id)?.kind !== next.get(id)?.kind || (id === openId) !== (id === open)
      const others = [...new Set([...known.keys(), ...next.keys()])].filter(looksOtherwise)
      const before = fieldsOf(others)
      for (const id of known.keys()) if (!next.has(id)) for (const inField of spans.values()) inField.delete(id)
      for (const thread of threads) if (!known.has(thread.id)) put(thread)
      known = next
      openId = open
      shownAt += 1
      return new Set([...before, ...fieldsOf(others)])
    },
    move(threads) {
      ahead.clear()
      for (const thread of threads) if (known.has(thread.id)) put(thread)
    },
    edits: () => edits,
    idsOf(id) {
      for (const [field, state] of ahead) catchUp(field, state)
      for (const [field, inField] of spans) {
        const ids = inField.get(id)
        if (ids && ids.length > 0) return { field, ids }
      }
      return undefined
    },
    destroy() {
      doc.off('beforeTransaction', beforeChange)
      doc.off('afterTransaction', afterChange)
    },
  }
}

const sizeOf = (stretches: readonly { from: number; to: number }[]) =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0)

/** A drawing is asked at every key, and told by all of its stretches. */
const lengths = new WeakMap<DecorationSet, number>()

/** How many letters a drawing is on; on none is none. */
function lengthOf(set: DecorationSet): number {
  const known = lengths.get(set)
  if (known !== undefined) return known
  const length = sizeOf(set.find())
  lengths.set(set, length)
  return length
}

/** Whether a change splits, joins or wraps: the letters it touches are brought again under other ids. */
const isStructural = ({ steps }: Transaction) =>
  steps.some((step) => {
    const { slice, structure } = step as { slice?: { openStart: number; openEnd: number }; structure?: boolean }
    return structure === true || (slice !== undefined && slice.openStart + slice.openEnd > 0)
  })
