import type { JsonNode } from '@cabildo/schema/content'
import type { Visitor } from './town.ts'

/**
 * One field of a document as it is stored, in short: a line for each block, its place in front, marks in brackets:
 * `heading(2): El plan`, `bulletList/listItem/paragraph: Se [bold|publica]`.
 */
export async function storedOutline({ context }: Visitor, documentId: string, field: string): Promise<string[]> {
  const answer = await context.request.get(`/api/documents/${documentId}`)
  const { content } = (await answer.json()) as { content: { fields: Record<string, JsonNode> } }
  return (content.fields[field]?.content ?? []).flatMap((block) => outline(block, ''))
}

function outline(node: JsonNode, path: string): string[] {
  const children = node.content ?? []
  const level = node.attrs?.level ? `(${node.attrs.level})` : ''
  const here = `${path}${node.type}${level}`
  const isText = children.every(({ type }) => type === 'text' || type === 'hardBreak')
  return isText ? [`${here}: ${inline(children)}`] : children.flatMap((child) => outline(child, `${here}/`))
}

const inline = (nodes: readonly JsonNode[]): string =>
  nodes
    .map(({ text = '↵', marks = [] }) => {
      const names = marks.map(({ type, attrs }) => (attrs?.href ? `${type} ${attrs.href}` : type))
      return names.length > 0 ? `[${names.join()}|${text}]` : text
    })
    .join('')
