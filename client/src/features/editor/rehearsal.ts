import { Editor } from '@tiptap/core'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { isTyping, whenTypingRests } from '../../lib/when-idle.ts'
import { createUndo } from '../../sync/undo.ts'
import { beginWith, editorExtensions, type ProsemirrorMapping } from './extensions.ts'
import { createSlashStore } from './slash.ts'
import type { TextLayer } from './text-layer.ts'
import type { KeyRequests } from './writing-keys.ts'

/** So many letters are typed. */
const letters = 24

/** Calls back when there is nothing else to do, however late that is; undefined in a browser that cannot tell. */
const whenNothingElse =
  'requestIdleCallback' in globalThis
    ? (step: () => void) => void requestIdleCallback(() => (isTyping() ? whenTypingRests(step) : step()))
    : undefined

/** It was done in this tab, which knows it all now. */
let isDone = false

/**
 * What a program does for the first time takes it many times as long as later: on a cheap phone the first letters that
 * somebody typed came late, and pictures were left out for a second. So letters are typed ahead, in small pieces while the
 * browser has nothing else to do, in an editor like those of the fields: of a text that nobody has, in no page. Nothing of it
 * is stored, sent or seen. Once in a tab; answers how to call it off.
 */
export function rehearse(whenIdle = whenNothingElse): () => void {
  const pieces = rehearsal()
  const step = () => {
    if (isDone) return
    if (!pieces.next().done) whenIdle?.(step)
  }
  whenIdle?.(step)
  return () => void pieces.return()
}

/** The pieces, one between each two pauses. What is made is taken away at the end, and when it is called off before. */
function* rehearsal(): Generator<void, void> {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment(field)
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  fragment.insert(0, [paragraph])
  const awareness = new Awareness(doc)
  const undo = createUndo(doc, new Map([[field, fragment]]), null)
  const mapping: ProsemirrorMapping = new Map()
  let editor: Editor | undefined
  try {
    editor = new Editor({
      element: null,
      extensions: editorExtensions({
        session: { doc, awareness, ownState: awareness, undo },
        ...{ field, kind: 'rich', requests, slash: createSlashStore(), layers: [() => marks], mapping },
        placeholder: () => '',
        nameOf: () => '',
        onLeftOut: () => {},
      }),
      onBeforeCreate: beginWith(fragment, mapping),
      injectCSS: false,
    })
    yield
    editor.mount(document.createElement('div'))
    yield
    editor.state.apply(editor.state.tr.insertText('a', 1))
    for (let typed = 0; typed < letters; typed += 1) {
      yield
      typeInto(editor.view.dom)
    }
    // What was typed last is heard in a moment.
    yield
    isDone = true
  } finally {
    editor?.destroy()
    undo.destroy()
    awareness.destroy()
    doc.destroy()
  }
}

/** Puts a letter at the end of a text as a browser does. */
function typeInto(text: HTMLElement): void {
  text.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))
  const last = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).lastChild()
  if (last instanceof Text) last.appendData('a')
}

const field = 'rehearsal'
const words = 'Lo que se dice aquí '

/** Some words are drawn as if something was said of them. */
const marks: TextLayer = {
  draw: (_field, state, before, transaction) =>
    transaction
      ? before.map(transaction.mapping, transaction.doc)
      : DecorationSet.create(
          state.doc,
          [1, 4, 8].map((from) => Decoration.inline(from, from + 2, { class: field })),
        ),
  press: () => {},
}

const nothing = () => {}
const requests: KeyRequests = {
  undo: nothing,
  redo: nothing,
  link: () => false,
  shortcuts: () => false,
  toolbar: () => false,
  next: () => false,
}
