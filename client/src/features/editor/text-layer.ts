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

/** Draws the layers that stand over the editors now, if any do. Whoever puts another there has them redrawn. */
export const Layered = Extension.create<{ field: string; layers: readonly (() => TextLayer | null)[] }>({
  name: 'layered',
  addOptions: () => ({ field: '', layers: [] }),
  addProseMirrorPlugins() {
    const { field, layers } = this.options
    return layers.map((layer) => {
      const key = new PluginKey<DecorationSet>('layer')
      return new Plugin({
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
      })
    })
  },
})
