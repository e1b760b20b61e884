import { fieldExtensions } from '@cabildo/schema/document'
import type { FieldKind } from '@cabildo/schema/templates/template'
import type { Editor, Extensions, JSONContent } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Gapcursor } from '@tiptap/extensions/gap-cursor'
import { Placeholder } from '@tiptap/extensions/placeholder'
import type { Node, Schema } from '@tiptap/pm/model'
import { initProseMirrorDoc } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import type { DocumentSession } from '../../sync/session.ts'
import type { Nameable } from '../../ui/person-words.ts'
import { Carets } from './carets.ts'
import { Clipboard, type LeftOut } from './clipboard.ts'
import { fieldAwareness } from './field-awareness.ts'
import { Slash, type SlashStore } from './slash.ts'
import { Layered, type TextLayer } from './text-layer.ts'
import { CursorToUndone } from './undo-focus.ts'
import { WriteBelow } from './write-below.ts'
import { type KeyRequests, WritingKeys } from './writing-keys.ts'

/** What the editor of one field is made of. */
export interface EditorSetup {
  session: Pick<DocumentSession, 'doc' | 'awareness' | 'ownState' | 'undo'>
  field: string
  kind: FieldKind
  requests: KeyRequests
  slash: SlashStore
  /** What is drawn over the text. */
  layers: readonly (() => TextLayer | null)[]
  placeholder: () => string
  /** What stands at somebody's caret. */
  nameOf: (person: Nameable) => string
  /** What y-tiptap knows of the fragment and its nodes; filled by `firstDocument`. */
  mapping: ProsemirrorMapping
  onLeftOut: (what: LeftOut) => void
}

/**
 * The schema's nodes and marks, bound to one fragment of the document, with the document's undo, the others' carets, the
 * keys and the clipboard. Opening such an editor writes nothing.
 */
export function editorExtensions({ session, field, kind, requests, slash, ...setup }: EditorSetup): Extensions {
  const { placeholder, nameOf, mapping, onLeftOut, layers } = setup
  return [
    ...fieldExtensions(kind),
    Collaboration.configure({
      document: session.doc,
      field,
      ySyncOptions: { mapping },
      yUndoOptions: { undoManager: session.undo.manager, trackedOrigins: [] },
    }),
    CursorToUndone,
    Carets.configure({ awareness: fieldAwareness(session.awareness, field, session.ownState), nameOf }),
    Layered.configure({ field, layers }),
    WritingKeys.configure({ kind, requests }),
    Clipboard.configure({ line: kind === 'line', onLeftOut }),
    ...(kind === 'milestones' ? [] : [Placeholder.configure({ placeholder })]),
    ...(kind === 'rich' ? [Gapcursor, WriteBelow, Slash.configure({ store: slash })] : []),
  ]
}

/** y-tiptap's memory of which node stands for which part of the fragment. */
export type ProsemirrorMapping = Map<Y.AbstractType<unknown>, Node | Node[]>

/** Has an editor begin with what a fragment holds, and `mapping` with what y-tiptap then knows of it. */
export const beginWith =
  (fragment: Y.XmlFragment, mapping: ProsemirrorMapping) =>
  ({ editor }: { editor: Editor }): void => {
    const first: unknown = firstDocument(fragment, editor.schema, mapping)
    // TipTap takes a node of its own schema as it is; its types know JSON alone.
    editor.options.content = first as JSONContent
  }

/**
 * The first document of an editor, read from its fragment, with `mapping` filled to match. Given both, y-tiptap need not
 * draw everything a second time when the editor is made.
 */
function firstDocument(fragment: Y.XmlFragment, schema: Schema, mapping: ProsemirrorMapping): Node {
  const first = initProseMirrorDoc(fragment, schema)
  for (const [type, node] of first.mapping) mapping.set(type, node)
  // A field that nobody has begun has no paragraph to write in; it becomes an edit only with the first letter.
  return first.doc.childCount > 0 ? first.doc : (schema.topNodeType.createAndFill() ?? first.doc)
}
