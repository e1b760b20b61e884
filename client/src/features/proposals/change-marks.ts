import { fieldOf, type JsonNode } from '@cabildo/schema/content'
import { diffText } from '@cabildo/schema/diff'
import { gapsBetween } from '@cabildo/schema/hunks/compare'
import { wordsOf } from '@cabildo/schema/hunks/hunk'
import { fieldKind } from '@cabildo/schema/rules'
import { childrenOf } from '@cabildo/schema/text'
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type * as Y from 'yjs'
import type { Language } from '../../lib/language.ts'
import { attributeChanges, looksLike } from './milestone-changes.ts'
import classes from './proposals.module.css'

/** What came (from, to), and what went before a place, in positions of the editor. */
export type ChangeMark =
  | { kind: 'came'; from: number; to: number }
  | { kind: 'block'; from: number; to: number }
  | { kind: 'went'; at: number; words: string; block: boolean }

/** What differs in a field between the document and a copy of it that stands in an editor. */
export function changeMarks(before: readonly JsonNode[], doc: Node, language: Language = 'es'): ChangeMark[] {
  const marks: ChangeMark[] = []
  compare(before, doc, 0, { marks, language })
  return marks
}

interface Collecting {
  marks: ChangeMark[]
  language: Language
}

interface Child {
  node: Node
  at: number
}

function compare(before: readonly JsonNode[], parent: Node, start: number, to: Collecting): void {
  const children: Child[] = []
  parent.forEach((node, offset) => {
    children.push({ node, at: start + offset })
  })
  const after = children.map(({ node }) => JSON.parse(JSON.stringify(node)) as JsonNode)
  for (const { i, toI, j, toJ } of gapsBetween(before, after)) {
    const pairs = toI - i === toJ - j ? children.slice(j, toJ).map((child, n) => ({ was: before[i + n], child })) : []
    const alike = pairs.length > 0 && pairs.every(({ was }, n) => was && looksLike(was, after[j + n] as JsonNode))
    if (alike) for (const { was, child } of pairs) inside(was as JsonNode, child, to)
    else {
      const at = children[j]?.at ?? start + parent.content.size
      const words = wordsOf(before.slice(i, toI))
      if (words !== '') to.marks.push({ kind: 'went', at, words, block: true })
      for (const { node, at: from } of children.slice(j, toJ))
        to.marks.push({ kind: 'block', from, to: from + node.nodeSize })
    }
  }
}

function inside(was: JsonNode, { node, at }: Child, to: Collecting): void {
  if (!node.isTextblock) {
    compare(childrenOf(was), node, at + 1, to)
    // What they are now stands in their fields.
    const changes = was.type === 'milestone' ? attributeChanges(was, { ...was, attrs: node.attrs }, to.language) : []
    const words = changes.map(({ name, was }) => `${name}: ${was || '—'}`).join('\n')
    if (words !== '') to.marks.push({ kind: 'went', at: at + node.nodeSize, words, block: true })
    return
  }
  let place = at + 1
  const now = node.textBetween(0, node.content.size, undefined, '\n')
  for (const { kind, text } of diffText(wordsOf([was]), now)) {
    if (kind === 'removed') to.marks.push({ kind: 'went', at: place, words: text, block: false })
    else {
      if (kind === 'added') to.marks.push({ kind: 'came', from: place, to: place + text.length })
      place += text.length
    }
  }
}

const key = new PluginKey<DecorationSet>('changeMarks')
/** A comparison at every key would cost more than it shows. Milliseconds. */
const calm = 120

/** Shows in the editor of a copy what differs from the document: what came underlined, what went struck through. */
export const ChangeMarks = Extension.create<{ live: Y.Doc | null; field: string; language: () => Language }>({
  name: 'changeMarks',
  addOptions: () => ({ live: null, field: '', language: () => 'es' }),
  addProseMirrorPlugins() {
    const { live, field, language } = this.options
    const kind = fieldKind(field)
    if (!live || !kind) return []
    const draw = ({ doc }: EditorState) =>
      DecorationSet.create(doc, changeMarks(childrenOf(fieldOf(live, field, kind)), doc, language()).map(decorationOf))
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, state) => draw(state),
          apply: (tr, set) => (tr.getMeta(key) as DecorationSet | undefined) ?? set.map(tr.mapping, tr.doc),
        },
        props: { decorations: (state) => key.getState(state) },
        view: (view) => {
          let timer: ReturnType<typeof setTimeout> | undefined
          const look = () => {
            timer = undefined
            // What is drawn anew would end what an input method is composing.
            if (view.composing) return later()
            if (!view.isDestroyed)
              view.dispatch(view.state.tr.setMeta(key, draw(view.state)).setMeta('addToHistory', false))
          }
          const later = () => {
            timer ??= setTimeout(look, calm)
          }
          live.on('update', later)
          return {
            update: (_, before) => {
              if (before.doc !== view.state.doc) later()
            },
            destroy() {
              clearTimeout(timer)
              live.off('update', later)
            },
          }
        },
      }),
    ]
  },
})

function decorationOf(mark: ChangeMark): Decoration {
  if (mark.kind === 'came') return Decoration.inline(mark.from, mark.to, { nodeName: 'ins', class: classes.came ?? '' })
  if (mark.kind === 'block') return Decoration.node(mark.from, mark.to, { class: classes.block ?? '' })
  const { words, block } = mark
  const draw = () => {
    const gone = document.createElement('del')
    gone.className = classes.went ?? ''
    gone.contentEditable = 'false'
    gone.textContent = words
    return gone
  }
  return Decoration.widget(mark.at, draw, { side: -1, key: `${words} ${block}` })
}
