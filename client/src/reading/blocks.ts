import type { JsonNode } from '@cabildo/schema/content'
import { childrenOf } from '@cabildo/schema/text'

/** The text of an attribute, empty when it is missing or not a text. */
export function textAttribute(node: JsonNode, name: string): string {
  const value = node.attrs?.[name]
  return typeof value === 'string' ? value : ''
}

/** A number of an attribute, or `otherwise` when it is missing or not a whole number in the range. */
export function numberAttribute(node: JsonNode, name: string, from: number, to: number, otherwise: number): number {
  const value = node.attrs?.[name]
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to ? value : otherwise
}

/** Whether a node has nothing to read in it. */
export const isBlank = (node: JsonNode | undefined): boolean =>
  !node || (node.type === 'text' ? !node.text?.trim() : node.type !== 'milestone' && childrenOf(node).every(isBlank))

/** A stretch of inline content inside one link, or outside of any. */
export interface InlineStretch {
  href: string | null
  nodes: JsonNode[]
}

/** Joins neighbours that lead to the same address, so that a link with a bold word in it stays one link. */
export function linkStretches(nodes: readonly JsonNode[], allowed: (href: unknown) => boolean): InlineStretch[] {
  const stretches: InlineStretch[] = []
  for (const node of nodes) {
    const link = node.marks?.find((mark) => mark.type === 'link')?.attrs?.href
    const href = typeof link === 'string' && allowed(link) ? link : null
    const last = stretches.at(-1)
    if (last && last.href === href) last.nodes.push(node)
    else stretches.push({ href, nodes: [node] })
  }
  return stretches
}

/**
 * The blocks of `after` that `before` does not have, as `field/index`. An unchanged block that only moved down because
 * something came above it is not fresh.
 */
export function freshBlocks(
  before: Readonly<Record<string, JsonNode>>,
  after: Readonly<Record<string, JsonNode>>,
): Set<string> {
  const fresh = new Set<string>()
  for (const [field, doc] of Object.entries(after)) {
    if (before[field] === doc) continue
    const known = new Map<string, number>()
    for (const block of childrenOf(before[field])) {
      const key = JSON.stringify(block)
      known.set(key, (known.get(key) ?? 0) + 1)
    }
    for (const [index, block] of childrenOf(doc).entries()) {
      const key = JSON.stringify(block)
      const left = known.get(key) ?? 0
      if (left > 0) known.set(key, left - 1)
      else if (!isBlank(block)) fresh.add(`${field}/${index}`)
    }
  }
  return fresh
}
