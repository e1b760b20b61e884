import type { FieldKind } from '@cabildo/schema/templates/template'
import type { Editor } from '@tiptap/core'

/** Everything that can be done to text with a button, by name; each name has its words in the catalogue. */
export type ToolName =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'code'
  | 'heading'
  | 'subheading'
  | 'bulletList'
  | 'orderedList'
  | 'quote'
  | 'table'

/** One tool: the keys that do the same, whether it is on at the cursor, and how to do it. */
export interface Tool {
  name: ToolName
  /** As TipTap writes them: `Mod-b`. */
  keys?: string
  /** For words inside a block, or for whole blocks (which only a rich field has). */
  of: 'words' | 'blocks'
  isOn: (editor: Editor) => boolean
  run: (editor: Editor) => void
}

const mark = (name: ToolName, keys: string, run: (editor: Editor) => void): Tool => ({
  name,
  keys,
  of: 'words',
  isOn: (editor) => editor.isActive(name),
  run,
})

const heading = (name: 'heading' | 'subheading', level: 2 | 3, keys: string): Tool => ({
  name,
  keys,
  of: 'blocks',
  isOn: (editor) => editor.isActive('heading', { level }),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
})

const list = (name: 'bulletList' | 'orderedList', keys: string, run: (editor: Editor) => void): Tool => ({
  name,
  keys,
  of: 'blocks',
  isOn: (editor) => editor.isActive(name),
  run,
})

/** The tools in the groups and the order of the toolbar: what is used most comes first, for a phone shows no more. */
export const toolGroups: readonly (readonly Tool[])[] = [
  [
    mark('bold', 'Mod-b', (editor) => editor.chain().focus().toggleBold().run()),
    mark('italic', 'Mod-i', (editor) => editor.chain().focus().toggleItalic().run()),
    mark('underline', 'Mod-u', (editor) => editor.chain().focus().toggleUnderline().run()),
  ],
  [
    list('bulletList', 'Mod-Shift-8', (editor) => editor.chain().focus().toggleBulletList().run()),
    list('orderedList', 'Mod-Shift-7', (editor) => editor.chain().focus().toggleOrderedList().run()),
  ],
  [
    heading('heading', 2, 'Mod-Alt-1'),
    heading('subheading', 3, 'Mod-Alt-2'),
    {
      name: 'quote',
      keys: 'Mod-Shift-b',
      of: 'blocks',
      isOn: (editor) => editor.isActive('blockquote'),
      run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    },
    {
      name: 'table',
      of: 'blocks',
      isOn: (editor) => editor.isActive('table'),
      // In a table the button does nothing more: its own row of tools is open then.
      run: (editor) =>
        editor.isActive('table')
          ? editor.commands.focus()
          : editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
    },
  ],
  [
    mark('strike', 'Mod-Shift-s', (editor) => editor.chain().focus().toggleStrike().run()),
    mark('code', 'Mod-e', (editor) => editor.chain().focus().toggleCode().run()),
  ],
]

/** All of them. */
export const tools: readonly Tool[] = toolGroups.flat()

/** The tool of that name. */
export function toolNamed(name: ToolName): Tool {
  const tool = tools.find((one) => one.name === name)
  if (!tool) throw new Error(`no tool ${name}`)
  return tool
}

/** Says whether a tool means something in a field of this kind. */
export const fits = (of: Tool['of'], kind: FieldKind | undefined): boolean =>
  kind === 'rich' || (kind === 'milestones' && of === 'words')

/** The names of the tools that are on at the cursor, and whether a link or a table is there. */
export function stateAt(editor: Editor): ReadonlySet<ToolName | 'link'> {
  const on = new Set<ToolName | 'link'>(tools.filter((tool) => tool.isOn(editor)).map(({ name }) => name))
  if (editor.isActive('link')) on.add('link')
  return on
}

/** Keys as they are printed on the reader's keyboard: `Mod-Shift-8` is `Ctrl+Mayús+8` or `⌘⇧8`. */
export function keyWords(keys: string, apple: boolean, shift: string): string {
  const names: Readonly<Record<string, string>> = apple
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
    : { Mod: 'Ctrl', Shift: shift, Alt: 'Alt' }
  return keys
    .split('-')
    .map((part) => names[part] ?? part.toUpperCase())
    .join(apple ? '' : '+')
}

/** The same for `aria-keyshortcuts`. */
export const ariaKeys = (keys: string, apple: boolean): string =>
  keys.replace('Mod', apple ? 'Meta' : 'Control').replaceAll('-', '+')

/** Says whether the reader's keyboard is Apple's. */
export const isApple = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')
