import type { FieldKind } from '@cabildo/schema/templates/template'
import { Editor, type Extensions, type JSONContent } from '@tiptap/core'
import { EditorContent } from '@tiptap/react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import prose from '../../reading/prose.module.css'
import type { DocumentSession } from '../../sync/session.ts'
import { type Nameable, usePersonWords } from '../../ui/person-words.ts'
import type { LeftOut } from './clipboard.ts'
import { editorExtensions, firstDocument, type ProsemirrorMapping } from './extensions.ts'
import classes from './field-editor.module.css'
import type { EditorHub } from './hub.ts'
import { readSelection } from './read-selection.ts'
import type { SlashStore } from './slash.ts'
import type { Turns } from './turns.ts'
import type { KeyRequests } from './writing-keys.ts'

/** What the editors of one document share. */
export interface Workbench {
  session: DocumentSession
  hub: EditorHub
  slash: SlashStore
  turns: Turns
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
  /** The text in a form that cannot be edited, shown until the editor has its turn. */
  preview: React.ReactNode
  /** At once, without waiting for a turn. */
  eager: boolean
  /** Changes the extensions before the editor is made: the milestones bring their own look. */
  dress?: ((extensions: Extensions) => Extensions) | undefined
  onEditor?: ((editor: Editor | null) => void) | undefined
}

/** The editor of one field, bound to its fragment of the document. */
export function FieldEditor(props: FieldEditorProps) {
  const { bench, name, kind, editable, preview, eager, dress, onEditor } = props
  const { t, i18n } = useTranslation('editor')
  const [due, setDue] = useState(eager)
  const [editor, setEditor] = useState<Editor | null>(null)
  const place = useRef<HTMLDivElement>(null)
  /** Where somebody pressed before the editor was there. */
  const pressed = useRef<{ left: number; top: number }>(undefined)
  // Read by ProseMirror whenever it draws, and by extensions that outlive a change of language.
  const nameOf = usePersonWords()
  const words = useRef({ attributes: {} as Record<string, string>, placeholder: '', nameOf })
  words.current = { attributes: attributesOf(props, t('field.readOnly')), placeholder: t('field.placeholder'), nameOf }

  useEffect(() => {
    return due ? undefined : bench.turns.take(() => setDue(true))
  }, [bench, due])

  // Before the browser paints: the text must not blink when its editor takes its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is made once for a bench; what may change is read late
  useLayoutEffect(() => {
    if (!due) return undefined
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
    const instance = new Editor({
      // Rows drawn by React need TipTap's own component around them; a text alone is put where it belongs at once.
      ...(!dress && place.current ? { element: place.current } : {}),
      extensions: dress ? dress(extensions) : extensions,
      editable,
      onBeforeCreate: ({ editor: made }) => {
        const first: unknown = firstDocument(bench.session.doc.getXmlFragment(name), made.schema, mapping)
        // TipTap takes a node of its own schema as it is; its types know JSON alone.
        made.options.content = first as JSONContent
      },
      // Our content policy allows no style sheets made by scripts; what ProseMirror needs stands in our own.
      injectCSS: false,
      editorProps: {
        attributes: () => words.current.attributes,
        // The bars above and below the text must not cover the line that is written.
        scrollThreshold: covered(),
        scrollMargin: covered(),
      },
    })
    // TipTap's own first view takes attributes as a plain object only, and would leave ours out.
    instance.view.setProps({ attributes: () => words.current.attributes })
    const handle = { name, kind, editor: instance }
    const leave = bench.hub.add(handle)
    const stopReading = bench.session.onIncoming(() => readSelection(instance))
    instance.on('focus', () => bench.hub.focused(handle))
    setEditor(instance)
    onEditor?.(instance)
    if (pressed.current && editable) {
      const at = instance.view.posAtCoords(pressed.current)?.pos
      instance.commands.focus(at ?? 'end', { scrollIntoView: false })
    }
    return () => {
      leave()
      stopReading()
      setEditor(null)
      onEditor?.(null)
      instance.destroy()
    }
  }, [bench, due, name, kind])

  useEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable, false)
  }, [editor, editable])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are in another language now
  useEffect(() => {
    // An empty transaction makes ProseMirror ask for attributes and placeholder again; it changes nothing.
    if (editor && !editor.isDestroyed) editor.view.dispatch(editor.state.tr)
  }, [editor, i18n.language, props.describedBy, props.labelledBy])

  if (dress && editor) return <EditorContent editor={editor} className={classes.editor} data-kind={kind} />
  if (!due || dress) {
    return (
      <div
        className={classes.waiting}
        onPointerDown={({ clientX, clientY }) => {
          pressed.current = { left: clientX, top: clientY }
          setDue(true)
        }}
      >
        {preview}
      </div>
    )
  }
  return <div ref={place} className={classes.editor} data-kind={kind} />
}

function attributesOf({ name, kind, editable, labelledBy, describedBy }: FieldEditorProps, readOnly: string) {
  return {
    id: editorId(name),
    ...(kind === 'rich' && prose.prose ? { class: prose.prose } : {}),
    'data-field': name,
    // The language of the plan's texts, whatever language the screens speak.
    lang: 'es',
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

/** How much of the screen's edges bars may cover, in pixels, with a line to spare. */
function covered() {
  const desk = globalThis.matchMedia?.('(min-width: 62em)').matches
  const shared = globalThis.document?.querySelector<HTMLElement>('[data-shared]')?.offsetHeight ?? 0
  const edges = desk ? { top: 210, bottom: 40 } : { top: 112, bottom: 90 }
  return { ...edges, top: edges.top + shared, left: 0, right: 0 }
}

/** The id of a field's editable element, for labels and links to it. */
export const editorId = (name: string): string => `editor-${name}`
