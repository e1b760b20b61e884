import { Extension } from '@tiptap/core'
import { Fragment, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { cleanHtml } from './paste/clean-html.ts'

/**
 * What comes from the clipboard or is dropped. A rich field takes clean HTML; a line takes words alone, in one line.
 * `onImages` hears how many pictures stayed behind.
 */
export const Clipboard = Extension.create<{ line: boolean; onImages: (count: number) => void }>({
  name: 'clipboard',
  addOptions: () => ({ line: false, onImages: () => {} }),
  addProseMirrorPlugins() {
    const { line, onImages } = this.options
    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            const clean = cleanHtml(html)
            if (clean.images > 0) onImages(clean.images)
            return clean.html
          },
          transformPasted: (slice, view) => (line ? inOneLine(slice, view.state.schema) : slice),
          handleDOMEvents: {
            // A file that is dropped must not open in place of the page.
            drop(_view, event) {
              if (!event.dataTransfer?.files.length) return false
              event.preventDefault()
              onImages(event.dataTransfer.files.length)
              return true
            },
          },
          handlePaste(_view, event) {
            const { clipboardData } = event
            const onlyFiles = clipboardData && clipboardData.files.length > 0 && clipboardData.types.length === 1
            if (onlyFiles) onImages(clipboardData.files.length)
            return Boolean(onlyFiles)
          },
        },
      }),
    ]
  },
})

/** The words of a slice, blocks joined by spaces, without emphasis. */
export function inOneLine(slice: Slice, schema: Schema): Slice {
  const words = slice.content.textBetween(0, slice.content.size, ' ', ' ').replace(/\s+/g, ' ')
  return words === '' ? Slice.empty : new Slice(Fragment.from(schema.text(words)), 0, 0)
}
