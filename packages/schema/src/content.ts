import { Fragment, type Mark, type Node, type Schema } from '@tiptap/pm/model'
import { updateYFragment, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { canonicalJson } from './canonical.ts'
import { fieldSchema } from './document.ts'
import { attributeAllowed, factAllowed, factsRoot, markAllowed } from './rules.ts'
import { ogpCommitment } from './templates/ogp-commitment.ts'
import { shapeOf, shapes, writeForm } from './templates/shapes.ts'
import type { FieldKind, TemplateFact, TemplateShape } from './templates/template.ts'

/** A mark of ProseMirror's JSON. */
export interface JsonMark {
  type: string
  attrs?: Record<string, unknown>
}
/** A node of ProseMirror's JSON. A type and not an interface, so that it is also a plain record. */
export type JsonNode = {
  type: string
  attrs?: Record<string, unknown>
  content?: JsonNode[]
  marks?: JsonMark[]
  text?: string
}

/**
 * The readable value of a document: what is hashed, compared, restored and shown. `fields` holds a ProseMirror `doc` for
 * every text field of the template, `facts` only those that are set.
 */
export interface Content {
  template: string
  version: number
  fields: Record<string, JsonNode>
  facts: Record<string, unknown>
}

/**
 * The content of a document, by the form it is of. Equal documents give equal content, byte for byte in canonical JSON,
 * whatever the order in which their updates came. What the schema cannot hold is left out of the answer; `doc` is never
 * changed.
 */
export function contentOf(doc: Y.Doc): Content {
  const { id, version, fields, facts } = shapeOf(doc)
  return {
    template: id,
    version,
    fields: Object.fromEntries(
      fields.map(({ name, kind }) => [name, asJson(readField(doc.getXmlFragment(name), kind))]),
    ),
    facts: tidyFacts(facts, doc.getMap(factsRoot).toJSON()),
  }
}

/** The content of a document given as a Yjs v1 update that holds all of it. */
export function contentOfState(state: Uint8Array): Content {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, state)
    return contentOf(doc)
  } finally {
    doc.destroy()
  }
}

/**
 * Edits a document until its content is `content`, changing only what differs. Runs in one transaction; one that is open
 * already is joined. Content that the document's form cannot hold is left out, as in `contentOf`.
 */
export function applyContent(doc: Y.Doc, content: Content): void {
  const shape = shapeOf(doc)
  doc.transact(() => {
    for (const { name, kind } of shape.fields) applyField(doc, name, kind, content.fields[name])
    const facts = doc.getMap(factsRoot)
    const now = tidyFacts(shape.facts, facts.toJSON())
    const target = tidyFacts(shape.facts, content.facts)
    for (const { key } of shape.facts) {
      if (!(key in target)) {
        if (facts.has(key)) facts.delete(key)
      } else if (!(key in now) || canonicalJson(now[key]) !== canonicalJson(target[key])) facts.set(key, target[key])
    }
  })
}

/** Edits one field until it says `json`, changing only what differs, inside a transaction that is open. */
export function applyField(doc: Y.Doc, name: string, kind: FieldKind, json: unknown): void {
  const fragment = doc.getXmlFragment(name)
  const target = buildField(json, kind)
  if (readField(fragment, kind).eq(target)) return
  updateYFragment(doc, fragment, target, { mapping: new Map(), isOMark: new Map() })
}

/** Edits one element of a field until it is `node`, which has its name, inside a transaction that is open. */
export function applyElement(doc: Y.Doc, element: Y.XmlElement, node: Node): void {
  updateYFragment(doc, element, node, { mapping: new Map(), isOMark: new Map() })
}

/** One field of a document, as `contentOf` gives it. */
export function fieldOf(doc: Y.Doc, name: string, kind: FieldKind): JsonNode {
  return asJson(readField(doc.getXmlFragment(name), kind))
}

/** A field's JSON as it is hashed, from JSON of any origin. */
export function tidyField(json: unknown, kind: FieldKind): JsonNode {
  return asJson(buildField(json, kind))
}

/** One fact of a document, as `contentOf` gives it; null when it is not set. */
export function factOf(doc: Y.Doc, key: string): unknown {
  return tidyFactNamed(key, doc.getMap(factsRoot).get(key))
}

/** A fact as it is hashed; null for what clears it, and for what it may not be. */
export function tidyFactNamed(key: string, value: unknown): unknown {
  return tidyFacts(allFacts, { [key]: value })[key] ?? null
}

/** Of every form: a key means one fact in all of them. */
const allFacts = shapes.flatMap(({ facts }) => facts)

/**
 * A new document as a Yjs v1 update: the title's text where the form has one, and one empty paragraph in every other rich
 * field. Each paragraph has its `Y.XmlText` from the start, so that two people who begin at once write into one text and
 * not into two. All of it is written under `clientId`. A commitment, unless another form is named.
 */
export function seedDocument(title: string, clientId: number, shape: TemplateShape = ogpCommitment): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.transact(() => {
    writeForm(doc, shape)
    for (const { name, kind } of shape.fields) {
      if (kind === 'milestones') continue
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(name === 'title' ? title : '')])
      doc.getXmlFragment(name).insert(0, [paragraph])
    }
  })
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

function readField(fragment: Y.XmlFragment, kind: FieldKind): Node {
  return buildField(yXmlFragmentToProsemirrorJSON(fragment), kind)
}

/**
 * The ProseMirror `doc` of one field from JSON of any origin. Unknown nodes, marks and values are left out, children that
 * cannot stand where they are too, and required ones that are missing are added empty: the answer passes `check()`, but
 * that a field may have no child at all.
 */
export function buildField(json: unknown, kind: FieldKind): Node {
  const schema = fieldSchema(kind)
  return schema.topNodeType.create(null, fitting(schema.topNodeType, childrenOf(json, schema)))
}

type NodeType = Node['type']

function childrenOf(json: unknown, schema: Schema): Node[] {
  const content = isRecord(json) ? json.content : undefined
  if (!Array.isArray(content)) return []
  // y-tiptap leaves the text of a top-level Y.XmlText as an array among the blocks.
  return content.flat().flatMap((child: unknown) => buildNode(child, schema) ?? [])
}

function buildNode(json: unknown, schema: Schema): Node | null {
  if (!isRecord(json) || typeof json.type !== 'string') return null
  if (json.type === 'text') {
    if (typeof json.text !== 'string' || json.text === '') return null
    return schema.text(json.text.toWellFormed(), buildMarks(json.marks, schema))
  }
  const type = Object.hasOwn(schema.nodes, json.type) ? schema.nodes[json.type] : undefined
  if (type === undefined || type === schema.topNodeType) return null
  const children = fitting(type, childrenOf(json, schema))
  return type.validContent(children) ? type.create(tidyAttributes(type, json.attrs), children) : null
}

/** The children that may stand in this order, completed with empty ones where a node (never a field) needs more. */
function fitting(parent: NodeType, children: readonly Node[]): Fragment {
  let match = parent.contentMatch
  const kept: Node[] = []
  for (const child of children) {
    const next = match.matchType(child.type)
    if (next === null) continue
    match = next
    kept.push(child)
  }
  const fragment = Fragment.fromArray(kept)
  if (match.validEnd || parent === parent.schema.topNodeType) return fragment
  return fragment.append(match.fillBefore(Fragment.empty, true) ?? Fragment.empty)
}

function tidyAttributes(type: NodeType, given: unknown): Record<string, unknown> {
  const values = isRecord(given) ? given : {}
  const attributes: Record<string, unknown> = {}
  for (const name of Object.keys(type.spec.attrs ?? {})) {
    if (!Object.hasOwn(values, name) || !attributeAllowed(type.name, name, values[name])) continue
    attributes[name] = tidyValue(values[name])
  }
  return attributes
}

function buildMarks(json: unknown, schema: Schema): readonly Mark[] {
  if (!Array.isArray(json)) return []
  let marks: readonly Mark[] = []
  for (const item of json) {
    if (!isRecord(item) || typeof item.type !== 'string' || !markAllowed(item.type, item.attrs ?? {})) continue
    const type = schema.marks[item.type]
    if (type) marks = type.create(isRecord(item.attrs) ? { ...item.attrs } : null).addToSet(marks)
  }
  return marks
}

function tidyFacts(known: readonly TemplateFact[], given: Record<string, unknown>): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  for (const fact of known) {
    const value = Object.hasOwn(given, fact.key) ? tidyFact(fact, given[fact.key]) : null
    if (value !== null) facts[fact.key] = value
  }
  return facts
}

/** A fact as it is hashed: null when it is not set; chosen options in the template's order, for their order says nothing. */
function tidyFact(fact: TemplateFact, value: unknown): unknown {
  if (!factAllowed(fact.key, value) || value === '' || value === null) return null
  if (!Array.isArray(value)) return tidyValue(value)
  if (value.length === 0) return null
  if (fact.kind !== 'choices') return tidyValue(value)
  return fact.options.map((option) => option.value).filter((option) => value.includes(option))
}

/** A copy with well-formed text: what leaves a browser over the wire has no lone surrogate, so no content has one. */
function tidyValue(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  return Array.isArray(value) ? value.map(tidyValue) : value
}

/** Plain JSON, sharing nothing with the node. */
function asJson(node: Node): JsonNode {
  return JSON.parse(JSON.stringify(node))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
