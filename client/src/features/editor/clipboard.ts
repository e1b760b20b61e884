import { Extension } from '@tiptap/core'
import { Fragment, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { cleanHtml } from './paste/clean-html.ts'

/** What stayed behind of a paste: so many pictures, or all of it because it was too long. */
export type LeftOut = { images: number } | { tooLong: true }

/** The most one paste may bring, in ProseMirror's size: half of what the room takes in one update. */
const longest = 100_000

/**
 * What comes from the clipboard or is dropped. A rich field takes clean HTML; a line takes words alone, in one line.
 * `onLeftOut` hears what stayed behind.
 */
export const Clipboard = Extension.create<{ line: boolean; onLeftOut: (what: LeftOut) => void }>({
  name: 'clipboard',
  addOptions: () => ({ line: false, onLeftOut: () => {} }),
  addProseMirrorPlugins() {
    const { line, onLeftOut } = this.options
    const onImages = (images: number) => onLeftOut({ images })
    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            const clean = cleanHtml(html)
            if (clean.images > 0) onImages(clean.images)
            return clean.html
          },
          transformPasted(slice, view) {
            if (slice.content.size > longest) {
              onLeftOut({ tooLong: true })
              return Slice.empty
            }
            return line ? inOneLine(slice, view.state.schema) : slice
          },
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
