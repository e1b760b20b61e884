import { buildField, type JsonNode } from '@cabildo/schema/content'
import type { FieldKind } from '@cabildo/schema/templates/template'
import type { Branch, Piece } from './piece.ts'

/** Deeper than any document of ours: what lies below does not show. */
export const deepest = 200

/** What a field shows, and the pieces that its words and its milestones' values come from, both in reading order. */
export interface ReadField {
  doc: JsonNode
  /** All words of the field without any layout. */
  text: string
  pieces: Piece[]
  milestones: Branch[]
}

/** Reads a field as the schema lets it be. */
export function readField(root: Branch, kind: FieldKind): ReadField {
  const pieces: Piece[] = []
  const milestones: Branch[] = []
  const children = (branch: Branch, depth: number): JsonNode[] => {
    const nodes: JsonNode[] = []
    if (depth > deepest) return nodes
    for (let piece = branch.start; piece; piece = piece.right) {
      if (piece.deleted || !piece.node) continue
      if (piece.node.name === '#text') nodes.push(...textOf(piece.node, pieces))
      else nodes.push(elementOf(piece.node, depth))
    }
    return nodes
  }
  const elementOf = (branch: Branch, depth: number): JsonNode => {
    if (branch.name === 'milestone') milestones.push(branch)
    return { type: branch.name, attrs: attributesOf(branch), content: children(branch, depth + 1) }
  }
  const json = { type: 'doc', content: children(root, 0) }
  // JSON of a ProseMirror node is what the type says.
  const doc = buildField(json, kind).toJSON() as JsonNode
  return { doc, text: pieces.map((piece) => piece.text).join(''), pieces, milestones }
}

function textOf(branch: Branch, pieces: Piece[]): JsonNode[] {
  const parts: string[] = []
  for (let piece = branch.start; piece; piece = piece.right) {
    if (piece.deleted || piece.kind !== 'text') continue
    pieces.push(piece)
    parts.push(piece.text)
  }
  const text = parts.join('')
  return text === '' ? [] : [{ type: 'text', text }]
}

function attributesOf({ keys }: Branch): Record<string, unknown> {
  const entries: [string, unknown][] = []
  for (const [key, piece] of keys ?? []) if (!piece.deleted) entries.push([key, piece.value])
  return Object.fromEntries(entries)
}
