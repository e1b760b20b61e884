import { type Attributes, type Extensions, getSchema, mergeAttributes, Node } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Text } from '@tiptap/extension-text'
import { Underline } from '@tiptap/extension-underline'
import type { Schema } from '@tiptap/pm/model'
import { nodeAttributes } from './attributes.ts'
import { isSafeHref } from './link-policy.ts'
import type { FieldKind } from './templates/template.ts'

/**
 * What stands at the top of a field of each kind. `line` allows several paragraphs although an editor makes one: two
 * people pressing Enter at once, or a pasted update, must not make an editor drop the second.
 */
const topContent: Readonly<Record<FieldKind, string>> = {
  line: 'paragraph+',
  rich: 'block+',
  milestones: 'milestone*',
}

/** As much of a DOM element as parsing needs; the server compiles this file without the DOM's types. */
interface Attributed {
  getAttribute(name: string): string | null
}
type ReadAttribute = (element: Attributed, name: string) => string | number | null

const attributeAsText: ReadAttribute = (element, name) => element.getAttribute(name)
const attributeAsNumber: ReadAttribute = (element, name) => {
  const value = element.getAttribute(name)
  return value === null ? null : Number(value)
}

/**
 * Lets no value into the document by paste that the room would refuse: a person is not put out of the room for what a
 * word processor wrote. What is not allowed is read as missing.
 */
function guarded(node: string, attributes: Attributes, read: ReadAttribute = attributeAsText): Attributes {
  const rules = nodeAttributes[node] ?? {}
  const entries = Object.entries(rules).map(([name, allowed]) => {
    const attribute = attributes[name] ?? {}
    const parseHTML = (element: Attributed): unknown => {
      const value: unknown = attribute.parseHTML ? attribute.parseHTML(element as never) : read(element, name)
      return allowed(value) ? value : null
    }
    return [name, { ...attribute, parseHTML }] as const
  })
  return Object.fromEntries(entries)
}

const milestoneAttribute = (name: string, fallback: string | null) => ({
  default: fallback,
  parseHTML: (element: Attributed) => element.getAttribute(`data-${name.toLowerCase()}`) ?? fallback,
  renderHTML: (attributes: Record<string, unknown>) => {
    const value = attributes[name]
    return typeof value === 'string' && value !== '' ? { [`data-${name.toLowerCase()}`]: value } : {}
  },
})

/** A step of the plan: its name and its outputs are text, its dates and actors are attributes. */
export const Milestone = Node.create({
  name: 'milestone',
  content: 'milestoneTitle milestoneOutputs',
  isolating: true,
  defining: true,
  addAttributes() {
    return guarded('milestone', {
      start: milestoneAttribute('start', null),
      due: milestoneAttribute('due', null),
      lead: milestoneAttribute('lead', ''),
      supportGovernment: milestoneAttribute('supportGovernment', ''),
      supportCivilSociety: milestoneAttribute('supportCivilSociety', ''),
      supportOther: milestoneAttribute('supportOther', ''),
    })
  },
  parseHTML() {
    return [{ tag: 'section[data-milestone]' }]
  },
  renderHTML({ HTMLAttributes }) {
    return ['section', mergeAttributes(HTMLAttributes, { 'data-milestone': '' }), 0]
  },
})

/** The name of a milestone. */
export const MilestoneTitle = Node.create({
  name: 'milestoneTitle',
  content: 'inline*',
  isolating: true,
  defining: true,
  parseHTML() {
    return [{ tag: 'h4[data-milestone-title]', priority: 60 }]
  },
  renderHTML({ HTMLAttributes }) {
    return ['h4', mergeAttributes(HTMLAttributes, { 'data-milestone-title': '' }), 0]
  },
})

/** What a milestone leaves behind when it is done. */
export const MilestoneOutputs = Node.create({
  name: 'milestoneOutputs',
  content: 'inline*',
  isolating: true,
  defining: true,
  parseHTML() {
    return [{ tag: 'div[data-milestone-outputs]' }]
  },
  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes(HTMLAttributes, { 'data-milestone-outputs': '' }), 0]
  },
})

/** Levels 2 to 4, for 1 is the title's. Pasted headings of other levels become the nearest of these. */
const DocumentHeading = Heading.extend({
  // The tag alone says the level: an attribute of that name in pasted HTML is nobody's business.
  addAttributes: () => ({ level: { default: 2, rendered: false, parseHTML: () => null } }),
  parseHTML: () =>
    [1, 2, 3, 4, 5, 6].map((tag) => ({ tag: `h${tag}`, attrs: { level: Math.min(4, Math.max(2, tag)) } })),
}).configure({ levels: [2, 3, 4] })

const SafeLink = Link.extend({
  // Only the address is the author's; `rel` and `target` are the renderer's.
  addAttributes() {
    return { href: { default: null, parseHTML: (element: Attributed) => element.getAttribute('href') } }
  },
}).configure({
  // The autolink plugin also runs over what others typed and would make this client the author of their links.
  autolink: false,
  openOnClick: false,
  linkOnPaste: true,
  defaultProtocol: 'https',
  HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
  isAllowedUri: isSafeHref,
  shouldAutoLink: (url) => isSafeHref(url) || (!/^[a-z][a-z0-9+.-]*:/i.test(url) && isSafeHref(`https://${url}`)),
})

/** Nodes and marks without the top node. Code excludes only itself: two people may make one word bold and code at once. */
function sharedExtensions(): Extensions {
  return [
    Text,
    Paragraph,
    DocumentHeading,
    BulletList,
    OrderedList.extend({
      addAttributes() {
        return guarded('orderedList', this.parent?.() ?? {})
      },
    }),
    ListItem,
    ListKeymap,
    Blockquote,
    HardBreak,
    Table.configure({ resizable: false }),
    TableRow,
    TableHeader.extend({
      addAttributes() {
        return guarded('tableHeader', this.parent?.() ?? {}, attributeAsNumber)
      },
    }),
    TableCell.extend({
      addAttributes() {
        return guarded('tableCell', this.parent?.() ?? {}, attributeAsNumber)
      },
    }),
    Milestone,
    MilestoneTitle,
    MilestoneOutputs,
    Bold,
    Italic,
    Underline,
    Strike,
    Code.extend({ excludes: 'code' }),
    SafeLink,
  ]
}

/**
 * Every node and mark of a document, with a top node that takes what any field takes. No undo, no cursor, no
 * collaboration, no trailing node: an editor adds what is its own, and an editor that only opens writes nothing.
 */
export function documentExtensions(): Extensions {
  return [Document.extend({ content: '(block | milestone)*' }), ...sharedExtensions()]
}

/**
 * What an editor of one field loads: the same nodes and marks under a top node that takes only what the field takes. An
 * editor may add behaviour, never a node, a mark or an attribute (TipTap's `textDirection` option adds one to every node).
 */
export function fieldExtensions(kind: FieldKind): Extensions {
  return [Document.extend({ content: topContent[kind] }), ...sharedExtensions()]
}

/** The one schema of documents, shared by browser and server. */
export const schema: Schema = getSchema(documentExtensions())

const fieldSchemas: Readonly<Record<FieldKind, Schema>> = {
  line: getSchema(fieldExtensions('line')),
  rich: getSchema(fieldExtensions('rich')),
  milestones: getSchema(fieldExtensions('milestones')),
}

/** The schema of `fieldExtensions(kind)`: differs from `schema` in the content of `doc` alone. */
export function fieldSchema(kind: FieldKind): Schema {
  return fieldSchemas[kind]
}
