import { Extension } from '@tiptap/core'
import { Fragment, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { CleanHtml } from './paste/clean-html.ts'

/** What stayed behind of a paste: so many pictures, or all of it because it was too long. */
export type LeftOut = { images: number } | { tooLong: true }

/** The most one paste may bring, in ProseMirror's size: half of what the room takes in one update. */
const longest = 100_000

let cleanHtml: ((pasted: string) => CleanHtml) | undefined

/** Fetches what cleans pasted HTML: no part of the first load, and at hand long before most people paste. */
export async function fetchCleaner(): Promise<void> {
  ;({ cleanHtml } = await import('./paste/clean-html.ts'))
}

/** Pastes once it can be cleaned; without a network, and nothing fetched before, the words alone. */
async function pasteLater(view: EditorView, html: string, text: string): Promise<void> {
  const isHere = await fetchCleaner().then(
    () => true,
    () => false,
  )
  if (view.isDestroyed || !view.editable) return
  if (isHere) view.pasteHTML(html)
  else view.pasteText(text)
}

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
            // Dropped before it came: what cannot be cleaned stays out.
            if (!cleanHtml) return ''
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
          handlePaste(view, event) {
            const { clipboardData } = event
            const html = clipboardData?.getData('text/html')
            if (html && !cleanHtml) {
              void pasteLater(view, html, clipboardData?.getData('text/plain') ?? '')
              return true
            }
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
