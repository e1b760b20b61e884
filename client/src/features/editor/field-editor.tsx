import type { FieldKind } from '@cabildo/schema/templates/template'
import { Editor, type Extensions } from '@tiptap/core'
import type { ResolvedPos } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { EditorContent } from '@tiptap/react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import prose from '../../reading/prose.module.css'
import type { AfterDrawing } from '../../sync/after-drawing.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { type Nameable, usePersonWords } from '../../ui/person-words.ts'
import type { LeftOut } from './clipboard.ts'
import { beginWith, editorExtensions, type ProsemirrorMapping } from './extensions.ts'
import classes from './field-editor.module.css'
import type { EditorHub } from './hub.ts'
import { onceLetGo } from './let-go.ts'
import type { Near } from './near.ts'
import { readSelection } from './read-selection.ts'
import type { SlashStore } from './slash.ts'
import { createStill } from './still-field.ts'
import type { Turns } from './turns.ts'
import type { KeyRequests } from './writing-keys.ts'

/** What the editors of one document share. */
export interface Workbench {
  session: DocumentSession
  hub: EditorHub
  slash: SlashStore
  turns: Turns
  near: Near
  requests: (field: string) => KeyRequests
  onLeftOut: (field: string, what: LeftOut) => void
  /** What the editor of a field does beside writing: showing changes, … */
  extra?: ((field: string) => Extensions) | undefined
}

interface FieldEditorProps {
  bench: Workbench
  name: string
  kind: FieldKind
  editable: boolean
  /** Ids of the elements that name and describe the field. */
  labelledBy: string
  describedBy: string
  /** At once, wherever it stands. */
  eager: boolean
}

/**
 * The editor of one field, bound to its fragment of the document. Until it is near what is in sight, or needed, the field
 * is drawn without one: a document has a dozen, each of them costs a cheap phone as much as all of their text, and one or
 * two are in sight.
 */
export function FieldEditor(props: FieldEditorProps) {
  const { bench, name, kind, eager } = props
  const place = useRef<HTMLDivElement>(null)
  const words = useWords(props)
  /** Has what the reader's language or rights changed be drawn. */
  const refresh = useRef<() => void>(undefined)

  // Before the browser paints, and not by React: the text must not blink when its editor takes its place, and keeps the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is made once for a bench; what may change is read late
  useLayoutEffect(() => {
    const box = place.current
    if (!box) return undefined
    let end: (() => void) | undefined
    const make = (then?: (editor: Editor) => void) => {
      if (end) return
      stopWaiting()
      // In one place as long as both are there, or the page would be moved: what is still keeps the focus until it is handed
      // over, and where somebody pressed in it there are the same words of the editor.
      if (still) box.classList.add(classes.both ?? '')
      const scrolled = still ? scrolledIn(still.element) : []
      const made = makeEditor(props, words)
      end = made.end
      box.append(made.editor.view.dom)
      refresh.current = () => refreshed(made.editor, words.current.editable)
      for (const [at, left] of scrolled) tablesIn(made.editor.view.dom)[at]?.scrollTo({ left })
      then?.(made.editor)
      still?.destroy()
      box.classList.remove(classes.both ?? '')
      still = undefined
    }
    let still = eager
      ? undefined
      : createStill({
          field: bench.session.doc.getXmlFragment(name),
          kind,
          editable: () => words.current.editable,
          placeholder: () => words.current.placeholder,
          attributes: () => words.current.attributes,
          onEnter: (pressed) => make((editor) => enter(editor, pressed)),
        })
    const stopBeingNeeded = bench.hub.wait(name, make)
    let stopWaiting = () => {}
    if (still) {
      box.append(still.element)
      refresh.current = still.draw
      const { element } = still
      // Not under a finger that selects in it: the words would be let go of.
      stopWaiting = bench.near.watch(box, () => {
        stopWaiting = onceLetGo(element, () => words.current.editable, make)
      })
    } else make()
    return () => {
      stopWaiting()
      stopBeingNeeded()
      refresh.current = undefined
      still?.destroy()
      end?.()
    }
  }, [bench, name, kind])

  useRefreshed(props, () => refresh.current?.())
  return <div ref={place} className={classes.editor} data-kind={kind} />
}

interface DressedEditorProps extends Omit<FieldEditorProps, 'eager'> {
  /** Changes the extensions before the editor is made: the milestones bring their own look. */
  dress: (extensions: Extensions) => Extensions
  onEditor: (editor: Editor | null) => void
}

/** The editor of a field that draws parts of itself with React, made when it has its turn. */
export function DressedEditor(props: DressedEditorProps) {
  const { bench, name, kind, dress, onEditor } = props
  const [due, setDue] = useState(false)
  const [editor, setEditor] = useState<Editor | null>(null)
  const words = useWords(props)

  useEffect(() => {
    if (due) return undefined
    const callOff = bench.turns.take(() => setDue(true))
    const stopBeingNeeded = bench.hub.wait(name, () => flushSync(() => setDue(true)))
    return () => {
      callOff()
      stopBeingNeeded()
    }
  }, [bench, name, due])

  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is made once for a bench; what may change is read late
  useLayoutEffect(() => {
    if (!due) return undefined
    const made = makeEditor(props, words, dress)
    setEditor(made.editor)
    onEditor(made.editor)
    return () => {
      setEditor(null)
      onEditor(null)
      made.end()
    }
  }, [bench, due, name, kind])

  useRefreshed(props, () => editor && refreshed(editor, words.current.editable))
  if (editor) return <EditorContent editor={editor} className={classes.editor} data-kind={kind} />
  return <div className={classes.waiting} />
}

const tablesIn = (text: Element) => text.querySelectorAll('.tableWrapper')

/** The wide tables of a text that are scrolled, by their places in it, with how far. Pixels. */
function scrolledIn(text: Element): [number, number][] {
  return [...tablesIn(text)]
    .map(({ scrollLeft }, at): [number, number] => [at, scrollLeft])
    .filter(([, left]) => left > 0)
}

/** Puts the cursor into an editor that has just been made: where somebody pressed, or at its start. */
function enter({ view }: Editor, pressed: { left: number; top: number } | undefined): void {
  const at = pressed && view.posAtCoords(pressed)?.pos
  if (at !== undefined) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))))
  // At once: TipTap's own command waits for a frame, and a key may come before it.
  view.focus()
}

/** What an editor says of its field, as it is now: read by ProseMirror whenever it draws, and by extensions that outlive a change of language. */
interface FieldWords {
  attributes: Record<string, string>
  placeholder: string
  nameOf: (person: Nameable) => string
  editable: boolean
}

function useWords(props: Omit<FieldEditorProps, 'eager'>): RefObject<FieldWords> {
  const { t } = useTranslation('editor')
  const nameOf = usePersonWords()
  const now: FieldWords = {
    attributes: attributesOf(props, t('field.readOnly')),
    placeholder: t('field.placeholder'),
    nameOf,
    editable: props.editable,
  }
  const words = useRef(now)
  words.current = now
  return words
}

/** Calls back when the words of a field, or what the reader may do in it, have changed. */
function useRefreshed({ editable, labelledBy, describedBy }: Omit<FieldEditorProps, 'eager'>, refresh: () => void) {
  const { language } = useTranslation('editor').i18n
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn is read late; these say when
  useEffect(() => {
    // What is drawn first is drawn with them.
    if (first.current) first.current = false
    else refresh()
  }, [editable, language, labelledBy, describedBy])
}

function refreshed(editor: Editor, editable: boolean): void {
  if (editor.isDestroyed) return
  if (editor.isEditable !== editable) editor.setEditable(editable, false)
  // An empty transaction makes ProseMirror ask for attributes and placeholder again; it changes nothing.
  editor.view.dispatch(editor.state.tr)
}

/**
 * Makes the editor of a field and tells the hub of it; `end` takes it away. It stands in no page yet: ProseMirror asks where
 * the selection is whenever it draws, and has a page that was changed before laid out for that.
 */
function makeEditor(
  { bench, name, kind }: Omit<FieldEditorProps, 'eager'>,
  words: RefObject<FieldWords>,
  dress?: (extensions: Extensions) => Extensions,
): { editor: Editor; end: () => void } {
  const mapping: ProsemirrorMapping = new Map()
  const setup = {
    mapping,
    session: bench.session,
    field: name,
    kind,
    requests: bench.requests(name),
    slash: bench.slash,
    layers: [bench.hub.layer.get, bench.hub.proposed.get],
    placeholder: () => words.current.placeholder,
    nameOf: (person: Nameable) => words.current.nameOf(person),
    onLeftOut: (what: LeftOut) => bench.onLeftOut(name, what),
  }
  const extensions = [...editorExtensions(setup), ...(bench.extra?.(name) ?? [])]
  const edges = covered()
  const editor = new Editor({
    extensions: dress ? dress(extensions) : extensions,
    editable: words.current.editable,
    onBeforeCreate: beginWith(bench.session.doc.getXmlFragment(name), mapping),
    // Our content policy allows no style sheets made by scripts; what ProseMirror needs stands in our own.
    injectCSS: false,
    editorProps: {
      attributes: () => words.current.attributes,
      // The bars above and below the text must not cover the line that is written.
      scrollThreshold: edges,
      scrollMargin: edges,
      handleScrollToSelection: scrollAfterDrawing(bench.session.afterDrawing, edges),
    },
  })
  // TipTap's own first view takes attributes as a plain object only, and would leave ours out.
  editor.view.setProps({ attributes: () => words.current.attributes })
  const handle = { name, kind, editor }
  const leave = bench.hub.add(handle)
  const stopReading = bench.session.onIncoming(() => readSelection(editor))
  editor.on('focus', () => bench.hub.focused(handle))
  return {
    editor,
    end() {
      leave()
      stopReading()
      editor.destroy()
    },
  }
}

function attributesOf(
  { name, kind, editable, labelledBy, describedBy }: Omit<FieldEditorProps, 'eager'>,
  readOnly: string,
): Record<string, string> {
  return {
    id: editorId(name),
    ...(kind === 'rich' && prose.prose ? { class: prose.prose } : {}),
    'data-field': name,
    lang: planLanguage,
    'aria-labelledby': labelledBy,
    'aria-describedby': describedBy,
    ...(editable
      ? {
          role: 'textbox',
          'aria-multiline': String(kind !== 'line'),
          spellcheck: 'true',
          translate: 'no',
          ...(kind === 'line' ? { enterkeyhint: 'next' } : {}),
        }
      : { role: 'group', 'aria-roledescription': readOnly }),
  }
}

/**
 * Has a cursor in words be looked for once its letter is drawn, and scrolled to where it is out of sight: asking where it is
 * costs as much as the letter, and it is in sight nearly always. All else ProseMirror scrolls to at once.
 */
function scrollAfterDrawing({ take }: AfterDrawing, edges: { top: number; bottom: number }) {
  let isAsked = false
  let isDue = false
  return (view: EditorView): boolean => {
    const { selection } = view.state
    // In a table the cursor may also be out of sight at the side.
    if (isDue || !(selection instanceof TextSelection) || isInTable(selection.$head)) return false
    if (isAsked) return true
    isAsked = true
    take(() => {
      isAsked = false
      if (view.isDestroyed || !view.hasFocus()) return
      const { top, bottom } = view.coordsAtPos(view.state.selection.head)
      // Where it was scrolled to it stands at the very edge, a part of a pixel beyond.
      // The keyboard of some phones covers the window and leaves its height.
      const height = window.visualViewport?.height ?? window.innerHeight
      if (top > edges.top - 1 && bottom < height - edges.bottom + 1) return
      isDue = true
      view.dispatch(view.state.tr.scrollIntoView())
      isDue = false
    })
    return true
  }
}

function isInTable(place: ResolvedPos): boolean {
  for (let depth = place.depth; depth > 0; depth -= 1) if (place.node(depth).type.name === 'table') return true
  return false
}

/** How much of the screen's edges bars may cover, in pixels, with a line to spare. */
function covered() {
  const desk = globalThis.matchMedia?.('(min-width: 62em)').matches
  const shared = globalThis.document?.querySelector<HTMLElement>('[data-shared]')?.offsetHeight ?? 0
  const edges = desk ? { top: 210, bottom: 40 } : { top: 112, bottom: 90 }
  return { ...edges, top: edges.top + shared, left: 0, right: 0 }
}

/** The id of a field's editable element, for labels and links to it. */
export const editorId = (name: string): string => `editor-${name}`
