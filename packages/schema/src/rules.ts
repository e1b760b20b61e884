import { type ContentMatch, Fragment, type NodeType } from '@tiptap/pm/model'
import { type AttributeRule, isIsoDate, markAttributes, nodeAttributes } from './attributes.ts'
import { contentHash } from './canonical.ts'
import { fieldSchema, schema } from './document.ts'
import { shapes } from './templates/shapes.ts'
import type { FieldKind, TemplateFact } from './templates/template.ts'

/** Raise it when a rule below refuses what an older client may write, or allows what an older client cannot read. */
const rulesVersion = 1

/** The root of the document that holds the facts, a `Y.Map`. */
export const factsRoot = 'facts'

/** How a `Y.XmlText` is written among the names of a node's children. */
export const textChild = '#text'

// A name means one kind in every form.
const kinds: ReadonlyMap<string, FieldKind> = new Map(
  shapes.flatMap(({ fields }) => fields.map(({ name, kind }) => [name, kind] as const)),
)
const facts: ReadonlyMap<string, TemplateFact> = new Map(
  shapes.flatMap((shape) => shape.facts.map((fact) => [fact.key, fact] as const)),
)

const textType = schema.nodes.text
const elements: ReadonlyMap<string, NodeType> = new Map(
  Object.entries(schema.nodes).filter(([, type]) => type !== textType && type !== schema.topNodeType),
)
const types: ReadonlyMap<string, NodeType> = textType ? new Map([...elements, [textChild, textType]]) : elements

const asMap = (table: Readonly<Record<string, AttributeRule>> | undefined) => new Map(Object.entries(table ?? {}))
const attributeRules = new Map([...elements.keys()].map((name) => [name, asMap(nodeAttributes[name])]))
const markRules = new Map(
  Object.entries(schema.marks).map(([name, type]) => [
    name,
    { attributes: asMap(markAttributes[name]), overlaps: !type.excludes(type) },
  ]),
)

/** Names of the nodes that may stand at the top of a field of each kind: any number of them, in any order. */
const topNodes: Readonly<Record<FieldKind, ReadonlySet<string>>> = {
  line: namesThatFit('line'),
  rich: namesThatFit('rich'),
  milestones: namesThatFit('milestones'),
}

function namesThatFit(kind: FieldKind): ReadonlySet<string> {
  const { topNodeType, nodes } = fieldSchema(kind)
  return new Set(Object.keys(nodes).filter((name) => nodes[name] && topNodeType.contentMatch.matchType(nodes[name])))
}

/** True for the name of a root that is a text field of some form, a `Y.XmlFragment`. */
export function isTextField(root: string): boolean {
  return kinds.has(root)
}

/** The kind of a text field; undefined for any other root. */
export function fieldKind(root: string): FieldKind | undefined {
  return kinds.get(root)
}

/** True for a name that a `Y.XmlElement` may have. */
export function isNode(name: string): boolean {
  return elements.has(name)
}

/** True when a `Y.XmlText` may be a child of this node. */
export function takesText(name: string): boolean {
  return elements.get(name)?.inlineContent === true
}

/** True when a node may carry this attribute with this value. */
export function attributeAllowed(node: string, key: string, value: unknown): boolean {
  return attributeRules.get(node)?.get(key)?.(value) === true
}

/**
 * True when text may carry this formatting, as y-tiptap writes it: under the mark's name its attributes, `true` for a
 * mark without any, `null` to end it. The suffix `--<hash>` is for marks that may lie over themselves; none of ours may.
 */
export function markAllowed(key: string, value: unknown): boolean {
  const hashed = /^(.+)--[a-zA-Z0-9+/=]{8}$/.exec(key)
  const mark = markRules.get(hashed?.[1] ?? key)
  if (mark === undefined || (hashed !== null && !mark.overlaps)) return false
  if (value === null) return true
  if (value === true) return mark.attributes.size === 0
  if (typeof value !== 'object' || Array.isArray(value)) return false
  const entries = Object.entries(value)
  return entries.length === mark.attributes.size && entries.every(([name, part]) => mark.attributes.get(name)?.(part))
}

/** True when a fact may have this value. `null`, empty text and the empty list clear it. */
export function factAllowed(key: string, value: unknown): boolean {
  const fact = facts.get(key)
  if (fact === undefined) return false
  if (value === null || value === '') return true
  switch (fact.kind) {
    case 'date':
      return isIsoDate(value)
    case 'text':
      return isShortText(value, fact.maxLength) && (fact.pattern === undefined || matches(fact.pattern, value))
    case 'list':
      return (
        Array.isArray(value) &&
        value.length <= fact.maxItems &&
        value.every((item) => isShortText(item, fact.maxLength))
      )
    case 'choices':
      // How many are wise is for the form to say; a room refuses only what is no choice.
      return (
        Array.isArray(value) &&
        new Set(value).size === value.length &&
        value.every((item) => fact.options.some((option) => option.value === item))
      )
  }
}

const isShortText = (value: unknown, limit: number): value is string =>
  typeof value === 'string' && value.length <= limit
const matches = (pattern: string, value: string) => new RegExp(`^(?:${pattern})$`, 'u').test(value)

/** A place that holds nodes: a text field or a node. */
export type Parent = { field: string } | { node: string }

/**
 * Which of these children cannot stand in this parent, by index, each left out before the next is looked at; and whether
 * what then remains lacks something required. Children are node names in order, `#text` for a `Y.XmlText`. A field is
 * never incomplete: people may empty it, and two at once may leave two paragraphs in a line. Builds no ProseMirror node,
 * and takes time in proportion to the list.
 */
export function misfitsOf(parent: Parent, children: readonly string[]): { misfits: number[]; incomplete: boolean } {
  if ('field' in parent) {
    const kind = kinds.get(parent.field)
    const allowed = kind === undefined ? undefined : topNodes[kind]
    return { misfits: [...children.keys()].filter((index) => !allowed?.has(children[index] ?? '')), incomplete: false }
  }
  const start = elements.get(parent.node)
  if (start === undefined) return { misfits: [...children.keys()], incomplete: true }
  const misfits: number[] = []
  let match: ContentMatch = start.contentMatch
  for (const [index, name] of children.entries()) {
    const type = types.get(name)
    const next = type === undefined ? null : match.matchType(type)
    if (next === null) misfits.push(index)
    else match = next
  }
  return { misfits, incomplete: !match.validEnd }
}

/** Where a list of children stops making sense: the first misfit, `'incomplete'` without any, `null` when all is well. */
export function firstMisfit(parent: Parent, children: readonly string[]): number | 'incomplete' | null {
  const { misfits, incomplete } = misfitsOf(parent, children)
  return misfits[0] ?? (incomplete ? 'incomplete' : null)
}

/** True when these children may stand in this parent as they are. */
export function childrenFit(parent: Parent, children: readonly string[]): boolean {
  return firstMisfit(parent, children) === null
}

/** True when nothing is out of place but the node cannot stand without more: an empty list, a milestone without outputs. */
export function isRequiredChildMissing(node: string, children: readonly string[]): boolean {
  return firstMisfit({ node }, children) === 'incomplete'
}

/**
 * The names of the nodes that, put after these children, make a node complete: `['milestoneOutputs']` for a milestone
 * with a title. For a repair that would rather add an empty part than delete what holds text. Empty when nothing is missing
 * or when more would not help; each added node may itself need what `missingChildren(name, [])` tells.
 */
export function missingChildren(node: string, children: readonly string[]): readonly string[] {
  if (!isRequiredChildMissing(node, children)) return []
  let match = elements.get(node)?.contentMatch ?? null
  for (const name of children) {
    const type = types.get(name)
    match = match && type ? match.matchType(type) : null
  }
  const names: string[] = []
  match?.fillBefore(Fragment.empty, true)?.forEach((child) => {
    names.push(child.type.name)
  })
  return names
}

/** What every client must agree on before it may open a document, as plain data. */
export function describeSchema(): unknown {
  const attributes = (spec: Record<string, { default?: unknown }> | null | undefined) =>
    Object.fromEntries(Object.entries(spec ?? {}).map(([name, { default: value }]) => [name, value ?? null]))
  return {
    rules: rulesVersion,
    templates: shapes.map(({ id, version, fields, facts }) => ({
      id,
      version,
      fields: fields.map(({ name, kind }) => ({
        name,
        kind,
        content: fieldSchema(kind).topNodeType.spec.content ?? '',
      })),
      facts: facts.map(({ key, kind }) => ({ key, kind })),
    })),
    nodes: Object.fromEntries(
      Object.entries(schema.nodes).map(([name, { spec }]) => [
        name,
        {
          content: spec.content ?? '',
          group: spec.group ?? '',
          inline: spec.inline === true,
          marks: spec.marks ?? null,
          attributes: attributes(spec.attrs),
        },
      ]),
    ),
    marks: Object.fromEntries(
      Object.entries(schema.marks).map(([name, { spec }]) => [
        name,
        { excludes: spec.excludes ?? null, attributes: attributes(spec.attrs) },
      ]),
    ),
  }
}

/**
 * `sha256:…` of `describeSchema()`. A room takes only clients that have the same: an editor deletes, for everyone, the
 * nodes it does not know.
 */
export const schemaHash: string = contentHash(describeSchema())
