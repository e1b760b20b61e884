import { Extension } from '@tiptap/core'
import { Plugin, TextSelection } from '@tiptap/pm/state'

/**
 * A click below a table or a quote that ends a text begins a paragraph there: without it nobody who does not know the
 * arrow keys could go on. Only a click writes, never opening.
 */
export const WriteBelow = Extension.create({
  name: 'writeBelow',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            mousedown(view, event) {
              const { doc, schema, tr } = view.state
              const last = view.dom.lastElementChild
              const paragraph = schema.nodes.paragraph?.create()
              if (!view.editable || event.target !== view.dom || !last || !paragraph || doc.lastChild?.isTextblock)
                return false
              if (event.clientY <= last.getBoundingClientRect().bottom) return false
              event.preventDefault()
              const end = doc.content.size
              tr.insert(end, paragraph)
              view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView())
              view.focus()
              return true
            },
          },
        },
      }),
    ]
  },
})
