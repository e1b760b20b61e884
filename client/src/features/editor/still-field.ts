/**
 * A field that is out of sight, as its editor would draw it and without one: the same text in the same elements, by the
 * schema's own rendering, so that nothing moves when the editor takes its place. It follows what others write.
 */
import { fieldSchema } from '@cabildo/schema/document'
import type { FieldKind } from '@cabildo/schema/templates/template'
import { DOMSerializer } from '@tiptap/pm/model'
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

interface StillOptions {
  field: Y.XmlFragment
  kind: FieldKind
  /** Whether somebody may write in it: then it takes the focus, and says so when it is empty. */
  editable: () => boolean
  placeholder: () => string
  /** Of the element around the text. */
  attributes: () => Record<string, string>
  /**
   * The focus came, or somebody pressed at a place of the screen, which is where the cursor belongs. Called while the
   * focus is still here: only an editor that stands by then can take it over.
   */
  onEnter: (pressed?: { left: number; top: number }) => void
}

/** A drawn field. */
export interface StillField {
  readonly element: HTMLElement
  /** Draws it anew: its words, whether it may be written in, or its attributes are others. */
  draw(): void
  /** Takes it off the page, once. */
  destroy(): void
}

/** What others write is drawn at most this often: nobody looks. Milliseconds. */
const calm = 100

/** Draws a field; undefined when it holds what the schema does not know, which an editor has its own ways with. */
export function createStill(options: StillOptions): StillField | undefined {
  const { field, kind, editable, placeholder, attributes, onEnter } = options
  const first = stillText(field, kind)
  if (!first) return undefined
  const element = document.createElement('div')
  const put = (text: DocumentFragment) => {
    for (const name of element.getAttributeNames()) element.removeAttribute(name)
    const { class: own = '', ...others } = attributes()
    // As ProseMirror and TipTap name what they draw.
    element.className = `tiptap ProseMirror ${own}`.trim()
    element.setAttribute('translate', 'no')
    for (const [name, value] of Object.entries(others)) element.setAttribute(name, value)
    if (editable()) {
      element.tabIndex = 0
      hint(text, placeholder())
    }
    element.replaceChildren(text)
  }
  const draw = () => {
    const text = stillText(field, kind)
    if (text) put(text)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      draw()
    }, calm)
  }
  element.addEventListener('focus', () => onEnter())
  element.addEventListener('mousedown', (event) => {
    if (!editable() || event.button !== 0) return
    // The browser would put the focus and the cursor into what is no longer there.
    event.preventDefault()
    onEnter({ left: event.clientX, top: event.clientY })
  })
  field.observeDeep(later)
  put(first)
  return {
    element,
    draw,
    destroy() {
      clearTimeout(timer)
      field.unobserveDeep(later)
      element.remove()
    },
  }
}

/** The text of a field in the elements in which its editor draws it; undefined when the schema cannot hold it. */
export function stillText(field: Y.XmlFragment, kind: FieldKind): DocumentFragment | undefined {
  const schema = fieldSchema(kind)
  const text = document.createDocumentFragment()
  try {
    const doc = schema.nodeFromJSON(yXmlFragmentToProsemirrorJSON(field))
    // As an editor shows a field that nobody has begun.
    const shown = doc.childCount > 0 ? doc : (schema.topNodeType.createAndFill() ?? doc)
    DOMSerializer.fromSchema(schema).serializeFragment(shown.content, { document }, text)
  } catch {
    return undefined
  }
  for (const block of text.querySelectorAll(textBlocks)) holdLine(block)
  for (const table of text.querySelectorAll('table')) wrap(table)
  return text
}

/** The elements of blocks that hold words. */
const textBlocks = 'p, h2, h3, h4'

/** Gives a block that ends in no letter the break by which ProseMirror lets it have its last line. */
function holdLine(block: Element): void {
  let last: Node | null = block.lastChild
  while (last?.lastChild) last = last.lastChild
  if (last?.nodeType === Node.TEXT_NODE && !last.textContent?.endsWith('\n')) return
  const line = document.createElement('br')
  line.className = 'ProseMirror-trailingBreak'
  block.append(line)
}

/** Puts a table into the box in which TipTap lets it scroll. */
function wrap(table: Element): void {
  const box = document.createElement('div')
  box.className = 'tableWrapper'
  table.replaceWith(box)
  box.append(table)
}

/** Says in an empty field that one may write there, as TipTap's placeholder does. */
function hint(text: DocumentFragment, words: string): void {
  const [only, ...others] = text.children
  if (!only?.matches(textBlocks) || others.length > 0 || only.textContent !== '' || only.children.length > 1) return
  only.classList.add('is-empty', 'is-editor-empty')
  only.setAttribute('data-placeholder', words)
}
