import type { JsonNode } from '@cabildo/schema/content'
import { isSafeHref } from '@cabildo/schema/link-policy'
import { childrenOf, textOf } from '@cabildo/schema/text'
import { createContext, Fragment, memo, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../lib/language.ts'
import { linkStretches, numberAttribute } from './blocks.ts'
import classes from './prose.module.css'

interface RichTextProps {
  /** A `doc` node, or any node whose children are blocks. */
  doc: JsonNode
  /** Level of the heading above this text: headings inside come below it. */
  under: number
  /** Places of top-level blocks to mark as fresh. */
  fresh?: ReadonlySet<number> | undefined
}

/**
 * Shows a text that cannot be changed, with the letter and the room it has in the editor. It makes elements of the nodes
 * and marks it knows and of nothing else, so whatever the JSON holds can at worst be shown as words.
 */
export const RichText = memo(function RichText({ doc, under, fresh }: RichTextProps) {
  const { t, i18n } = useTranslation('reading')
  return (
    <div className={classes.prose} lang={planLanguage}>
      {childrenOf(doc).map((node, index) => {
        const block = <Block key={keyOf(node, index)} node={node} under={under} />
        if (!fresh?.has(index)) return block
        return (
          <div key={keyOf(node, index)} className={classes.fresh} data-fresh>
            <span className="cb-hidden" lang={i18n.language}>
              {t('fresh')}
            </span>
            {block}
          </div>
        )
      })}
    </div>
  )
})

/** Blocks have no identity of their own: their place is all there is to know them by. */
const keyOf = (node: JsonNode, index: number) => `${index} ${node.type}`

function Blocks({ nodes, under }: { nodes: readonly JsonNode[]; under: number }) {
  return nodes.map((node, index) => <Block key={keyOf(node, index)} node={node} under={under} />)
}

function Block({ node, under }: { node: JsonNode; under: number }) {
  const { t } = useTranslation('reading')
  const children = childrenOf(node)
  switch (node.type) {
    case 'paragraph':
      return <p>{inline(children)}</p>
    case 'heading': {
      const level = numberAttribute(node, 'level', 2, 4, 2)
      const Heading = `h${Math.min(6, under + level - 1)}` as 'h3'
      return <Heading data-level={level}>{inline(children)}</Heading>
    }
    case 'bulletList':
      return (
        <ul>
          <Blocks nodes={children} under={under} />
        </ul>
      )
    case 'orderedList':
      return (
        <ol start={numberAttribute(node, 'start', 0, 1_000_000, 1)}>
          <Blocks nodes={children} under={under} />
        </ol>
      )
    case 'listItem':
      return (
        <li>
          <Blocks nodes={children} under={under} />
        </li>
      )
    case 'blockquote':
      return (
        <blockquote>
          <Blocks nodes={children} under={under} />
        </blockquote>
      )
    case 'table':
      return (
        // A wide table scrolls by itself, and the keyboard must be able to scroll it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable
        // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark, and a text may have many tables
        <div className={classes.table} role="group" aria-label={t('table')} tabIndex={0}>
          <table>
            <tbody>
              <Blocks nodes={children} under={under} />
            </tbody>
          </table>
        </div>
      )
    case 'tableRow':
      return (
        <tr>
          <Blocks nodes={children} under={under} />
        </tr>
      )
    case 'tableHeader':
    case 'tableCell': {
      const Cell = node.type === 'tableHeader' ? 'th' : 'td'
      return (
        <Cell
          colSpan={numberAttribute(node, 'colspan', 1, 50, 1)}
          rowSpan={numberAttribute(node, 'rowspan', 1, 200, 1)}
        >
          <Blocks nodes={children} under={under} />
        </Cell>
      )
    }
    case 'text':
    case 'hardBreak':
      return <>{inline([node])}</>
    default:
      // A node of a later program: its words are shown, its form is not known.
      return <p>{textOf(node)}</p>
  }
}

/** Inline content as elements: text with its marks, breaks, links. */
export function inline(nodes: readonly JsonNode[]): ReactNode {
  return linkStretches(nodes, isSafeHref).map(({ href, nodes: stretch }, index) => {
    const words = stretch.map((node, place) => <Fragment key={keyOf(node, place)}>{leaf(node)}</Fragment>)
    const key = `${index} ${href}`
    return href === null ? (
      <Fragment key={key}>{words}</Fragment>
    ) : (
      <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {words}
      </a>
    )
  })
}

const markTags = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' } as const
const isMarkTag = (type: string): type is keyof typeof markTags => Object.hasOwn(markTags, type)

/**
 * A mark that no document has: what a page puts on words before it shows them, to draw them its own way with a `Dress`
 * around the text.
 */
const dressedMark = 'dressed'
/** Draws words that carry `dressedMark`. */
export const Dress = createContext<((attrs: Readonly<Record<string, unknown>>, words: ReactNode) => ReactNode) | null>(
  null,
)

function Dressed({ attrs, children }: { attrs: Readonly<Record<string, unknown>>; children: ReactNode }) {
  const draw = useContext(Dress)
  return draw ? draw(attrs, children) : children
}

function leaf(node: JsonNode): ReactNode {
  if (node.type === 'hardBreak') return <br />
  if (node.type !== 'text') return textOf(node)
  let words: ReactNode = typeof node.text === 'string' ? node.text : ''
  for (const mark of node.marks?.toReversed() ?? []) {
    if (isMarkTag(mark.type)) {
      const Tag = markTags[mark.type]
      words = <Tag>{words}</Tag>
    } else if (mark.type === dressedMark) words = <Dressed attrs={mark.attrs ?? {}}>{words}</Dressed>
  }
  return words
}
