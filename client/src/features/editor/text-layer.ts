import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { DecorationSet } from '@tiptap/pm/view'

/** What somebody beside the text draws over it. Nothing of it is part of the document. */
export interface TextLayer {
  /**
   * The drawing of a field after a change of its editor, or (without one) as it begins. A change with the mark `layer`
   * changes nothing and asks for the drawing.
   */
  draw(field: string, state: EditorState, before: DecorationSet, transaction?: Transaction): DecorationSet
  /** Somebody pressed on the text. */
  press(event: MouseEvent): void
}

const key = new PluginKey<DecorationSet>('layer')

/** Draws the layer that stands over the editors now, if one does. Whoever puts another there has them redrawn. */
export const Layered = Extension.create<{ field: string; layer: () => TextLayer | null }>({
  name: 'layered',
  addOptions: () => ({ field: '', layer: () => null }),
  addProseMirrorPlugins() {
    const { field, layer } = this.options
    return [
      new Plugin({
        key,
        state: {
          init: (_, state) => layer()?.draw(field, state, DecorationSet.empty) ?? DecorationSet.empty,
          apply: (transaction, before, _, state) =>
            layer()?.draw(field, state, before, transaction) ?? DecorationSet.empty,
        },
        props: {
          decorations: (state) => key.getState(state),
          handleClick(_view, _position, event) {
            layer()?.press(event)
          },
        },
      }),
    ]
  },
})
