import type { JsonNode } from '../content.ts'
import { childrenOf } from '../text.ts'

/**
 * Words as names are compared: letters and digits without accents and capitals, without what numbers them (`2.1`, `b)`) and
 * without the article before them. Empty for what has neither letter nor digit.
 */
export function folded(words: string): string {
  return words
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:(?:\d+|[a-z]) )+(?=\p{L}{2})/u, '')
    .replace(/^(?:el|la|lo|los|las|the) (?=\p{L})/u, '')
}

/** The words of a node, a line for each paragraph and each break in it; empty ones left out. */
export function linesOf(node: JsonNode): string[] {
  const lines: string[] = []
  let line = ''
  const close = () => {
    const tidy = line.replaceAll(/\s+/g, ' ').trim()
    if (tidy !== '') lines.push(tidy)
    line = ''
  }
  const read = (one: JsonNode) => {
    if (one.type === 'text') line += one.text ?? ''
    else if (one.type === 'hardBreak') close()
    else {
      const children = childrenOf(one)
      const isInline = children.some(({ type }) => type === 'text')
      if (!isInline) close()
      for (const child of children) read(child)
      close()
    }
  }
  read(node)
  close()
  return lines
}

/** The words of a node in one line. */
export const lineOf = (node: JsonNode): string => linesOf(node).join(' ')

/** A paragraph of these words. */
export const paragraphOf = (words: string): JsonNode => ({
  type: 'paragraph',
  ...(words !== '' && { content: [{ type: 'text', text: words }] }),
})
