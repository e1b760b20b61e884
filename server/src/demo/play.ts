import { applyContent, type Content, contentOf, type JsonNode } from '@cabildo/schema/content'
import type * as Y from 'yjs'
import { readMarkup } from './markup.ts'
import type { Author, Change, Step, Story } from './story.ts'

/** Somebody in a room, writing. */
export interface Desk {
  /** Their copy of the document; what is changed here is sent. */
  doc: Y.Doc
  /** Resolves once everything they wrote is committed. */
  saved(): Promise<void>
  /** Resolves once they see everything that `other` holds. */
  sees(other: Y.Doc): Promise<void>
  leave(): void
}

/** The people of a story as the player meets them. */
export interface Stage {
  /** Brings an author into the document's room. */
  sitDown(author: Author): Promise<Desk>
  /** Keeps the document as it stands, in an author's name. */
  keep(author: Author, version: { name: string; note: string }): Promise<void>
}

/**
 * Plays a story: each author writes from a desk of their own, sentence by sentence, and the next begins when all see
 * what the one before wrote. Everybody leaves at the end.
 */
export async function playStory(stage: Stage, story: Pick<Story, 'steps'>): Promise<Content> {
  const desks = new Map<Author, Desk>()
  const deskOf = async (author: Author) => {
    const desk = desks.get(author) ?? (await stage.sitDown(author))
    desks.set(author, desk)
    return desk
  }
  try {
    let content = contentOf((await deskOf(story.steps[0].by)).doc)
    for (const step of story.steps) {
      const desk = await deskOf(step.by)
      for (const next of stagesOf(content, step)) {
        applyContent(desk.doc, next)
        content = next
      }
      await desk.saved()
      for (const other of desks.values()) await other.sees(desk.doc)
      if ('keep' in step) await stage.keep(step.by, { name: step.keep, note: step.note })
    }
    return content
  } finally {
    for (const desk of desks.values()) desk.leave()
  }
}

/** What the content looks like on the way through a change, the last being how it leaves it; none for what changes nothing. */
export function stagesOf(content: Content, step: Change | Step): Content[] {
  if ('keep' in step) return []
  if ('facts' in step) return [{ ...content, facts: { ...content.facts, ...step.facts } }]
  if ('milestone' in step)
    return [withBlocks(content, 'milestones', [...blocksOf(content, 'milestones'), milestone(step)])]
  if ('replace' in step) {
    const { node, found } = replaceIn({ type: 'doc', content: blocksOf(content, step.in) }, step.replace, step.with)
    if (!found) throw new Error(`the demo's ${step.in} does not say: ${step.replace}`)
    return [withBlocks(content, step.in, node.content ?? [])]
  }
  const before = blocksOf(content, step.in).filter((block) => block.content !== undefined)
  return readMarkup(step.write).flatMap((block, index, blocks) => {
    const standing = [...before, ...blocks.slice(0, index)]
    return growth(block).map((grown) => withBlocks(content, step.in, [...standing, grown]))
  })
}

function blocksOf(content: Content, field: string): JsonNode[] {
  return content.fields[field]?.content ?? []
}

function withBlocks(content: Content, field: string, blocks: JsonNode[]): Content {
  return { ...content, fields: { ...content.fields, [field]: { type: 'doc', content: blocks } } }
}

/** How a block grows under somebody's hands: text by sentences, lists and tables by their items and rows. */
function growth(block: JsonNode): JsonNode[] {
  const parts = block.content ?? []
  if (block.type === 'blockquote') return [block]
  if (block.type !== 'paragraph' && block.type !== 'heading') {
    return parts.map((_, index) => ({ ...block, content: parts.slice(0, index + 1) }))
  }
  return parts.flatMap((part, index) => {
    const sentences = (part.text ?? '').match(/.+?(?:[.:;?] |$)/g) ?? []
    return sentences.map((_, last) => {
      const text = sentences.slice(0, last + 1).join('')
      return { ...block, content: [...parts.slice(0, index), { ...part, text }] }
    })
  })
}

function milestone({
  milestone: { title, outputs, ...attributes },
}: Extract<Change, { milestone: unknown }>): JsonNode {
  return {
    type: 'milestone',
    attrs: { supportGovernment: '', supportCivilSociety: '', supportOther: '', ...attributes },
    content: [
      { type: 'milestoneTitle', content: [{ type: 'text', text: title }] },
      { type: 'milestoneOutputs', content: [{ type: 'text', text: outputs }] },
    ],
  }
}

function replaceIn(node: JsonNode, from: string, to: string): { node: JsonNode; found: boolean } {
  if (node.text?.includes(from)) return { node: { ...node, text: node.text.replace(from, to) }, found: true }
  for (const [index, child] of (node.content ?? []).entries()) {
    const inside = replaceIn(child, from, to)
    if (inside.found) return { node: { ...node, content: node.content?.with(index, inside.node) ?? [] }, found: true }
  }
  return { node, found: false }
}
