import { fieldExtensions } from '@cabildo/schema/document'
import type { FieldKind } from '@cabildo/schema/templates/template'
import type { Extensions } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Gapcursor } from '@tiptap/extensions/gap-cursor'
import { Placeholder } from '@tiptap/extensions/placeholder'
import type { DocumentSession } from '../../sync/session.ts'
import { Carets } from './carets.ts'
import { Clipboard } from './clipboard.ts'
import { Slash, type SlashStore } from './slash.ts'
import { type KeyRequests, WritingKeys } from './writing-keys.ts'

/** What the editor of one field is made of. */
export interface EditorSetup {
  session: Pick<DocumentSession, 'doc' | 'awareness' | 'undo'>
  field: string
  kind: FieldKind
  requests: KeyRequests
  slash: SlashStore
  placeholder: () => string
  onImages: (count: number) => void
}

/**
 * The schema's nodes and marks, bound to one fragment of the document, with the document's undo, the others' carets, the
 * keys and the clipboard. Opening such an editor writes nothing.
 */
export function editorExtensions({
  session,
  field,
  kind,
  requests,
  slash,
  placeholder,
  onImages,
}: EditorSetup): Extensions {
  return [
    ...fieldExtensions(kind),
    Collaboration.configure({
      document: session.doc,
      field,
      yUndoOptions: { undoManager: session.undo.manager, trackedOrigins: [] },
    }),
    Carets.configure({ awareness: session.awareness }),
    WritingKeys.configure({ kind, requests }),
    Clipboard.configure({ line: kind === 'line', onImages }),
    ...(kind === 'milestones' ? [] : [Placeholder.configure({ placeholder })]),
    ...(kind === 'rich' ? [Gapcursor, Slash.configure({ store: slash })] : []),
  ]
}
