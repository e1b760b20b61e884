import type { HunkKind } from '@cabildo/protocol/http/proposals'
import type { Content, JsonNode } from '@cabildo/schema/content'
import { type DiffBlock, type DiffPiece, diffContents, diffText } from '@cabildo/schema/diff'
import { wordsOf } from '@cabildo/schema/hunks/hunk'
import { milestoneWords } from '@cabildo/schema/milestone-words'
import { factNamed, labelNamed } from '@cabildo/schema/templates/labels'
import { shapes } from '@cabildo/schema/templates/shapes'
import { factText } from '@cabildo/schema/text'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, planLanguage, useLanguage } from '../../lib/language.ts'
import { dayText } from '../../reading/facts-model.ts'
import { milestoneAttributeOf } from '../../reading/places.ts'
import { RichText } from '../../reading/rich-text.tsx'
import type { Around } from '../../sync/anchors.ts'
import classes from './proposals.module.css'

interface HunkViewProps {
  kind: HunkKind
  /** The field, or the fact's key. */
  field: string
  before: unknown
  after: unknown
  /** What stands beside the words, where they are known to stand. */
  around?: Around | undefined
}

/** One place: where it is, and what goes and what comes there, told in words as well as by sight. */
export function HunkView({ kind, field, before, after, around }: HunkViewProps) {
  const { t } = useTranslation('proposals')
  const language = useLanguage()
  const label = labelNamed(field)?.[language] ?? field
  const named = kind === 'milestone' ? milestonesOf(nodesOf(before), nodesOf(after)) : ''
  return (
    <div className={classes.hunk}>
      <p className={classes.where}>
        {/* Milestones are all that their field holds: it is named once. */}
        {kind === 'milestone' ? label : `${label} · ${t(`kind.${kind}`)}`}
        {named !== '' && (
          <>
            {' '}
            · <span lang={planLanguage}>{named}</span>
          </>
        )}
      </p>
      {kind === 'fact' ? (
        <FactChange field={field} before={before} after={after} />
      ) : (
        <TextChange {...{ kind, field, around }} before={nodesOf(before)} after={nodesOf(after)} />
      )}
    </div>
  )
}

// What the server sends had been read through the schema, and what is made here is of it.
const nodesOf = (value: unknown): JsonNode[] => (Array.isArray(value) ? (value as JsonNode[]) : [])

/** The names of milestones that change and keep them: what is told of a change does not repeat a name that stays. */
function milestonesOf(before: JsonNode[], after: JsonNode[]): string {
  const nameOf = ({ content = [] }: JsonNode) => wordsOf(content.filter(({ type }) => type === 'milestoneTitle'))
  return before
    .filter((one) => {
      const same = after.find((other) => nameOf(other) === nameOf(one))
      return same !== undefined && JSON.stringify(same) !== JSON.stringify(one)
    })
    .map(nameOf)
    .filter((name) => name !== '')
    .join('; ')
}

function FactChange({ field, before, after }: Pick<HunkViewProps, 'field' | 'before' | 'after'>) {
  const language = useLanguage()
  const fact = factNamed(field)
  const words = (value: unknown) => (fact ? factText(fact, value, language) : '')
  // Of a list of several, most stay: what goes and comes among them. Any other value is told as a whole.
  const several = Array.isArray(before) && Array.isArray(after)
  return (
    <Pieces
      pieces={
        several
          ? diffText(words(before), words(after))
          : [
              { kind: 'removed', text: words(before) },
              { kind: 'added', text: words(after) },
            ]
      }
    />
  )
}

function TextChange({
  kind,
  field,
  before,
  after,
  around,
}: Pick<HunkViewProps, 'kind' | 'field' | 'around'> & { before: JsonNode[]; after: JsonNode[] }) {
  const { t } = useTranslation('proposals')
  const language = useLanguage()
  const changed = useMemo((): Changed[] => {
    // Words inside one block: what goes and comes among them, as it is drawn in the text.
    if (kind === 'text' && [...before, ...after].every(({ type }) => type === 'text'))
      return [{ lang: planLanguage, pieces: diffText(wordsOf(before), wordsOf(after)), around }]
    const { fields } = diffContents(contentOf(field, before), contentOf(field, after))
    return fields.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'same' ? [] : [changedIn(block, language)])),
    )
  }, [kind, field, before, after, around, language])
  return (
    <>
      {changed.map((change, at) => (
        // Blocks have no identity of their own.
        // biome-ignore lint/suspicious/noArrayIndexKey: their place is all there is to know them by
        <Pieces key={at} {...change} />
      ))}
      {(kind === 'formatting' || kind === 'block') && after.length > 0 && (
        <div className={classes.would}>
          <p className={classes.where}>{t('would')}</p>
          <RichText doc={{ type: 'doc', content: blocksOf(after) }} under={4} />
        </div>
      )}
    </>
  )
}

/**
 * What goes and comes in one block. `part`: what it is called where it is a date or an actor of a milestone; `lang`: of
 * its words, where they are not the reader's.
 */
interface Changed {
  part?: string | undefined
  lang?: string | undefined
  pieces: readonly DiffPiece[]
  around?: Around | undefined
}

/** A day of a milestone is told as a whole and in words, whatever digits its two values share. */
function changedIn({ path, before, after, pieces }: DiffBlock, language: Language): Changed {
  const attribute = milestoneAttributeOf(path)
  if (!attribute) return { lang: planLanguage, pieces }
  const part = milestoneWords[attribute][language]
  if (attribute !== 'start' && attribute !== 'due') return { part, lang: planLanguage, pieces }
  const piece = (kind: DiffPiece['kind'], day: string | null) => ({ kind, text: dayText(day ?? '', language) })
  return { part, pieces: before === after ? [piece('same', after)] : [piece('removed', before), piece('added', after)] }
}

const blocksOf = (nodes: JsonNode[]): JsonNode[] =>
  nodes.every(({ type }) => type === 'text') ? [{ type: 'paragraph', content: nodes }] : nodes

/** A text with this field alone, of a form that has it. */
const contentOf = (field: string, nodes: JsonNode[]): Content => {
  const { id = '', version = 0 } = shapes.find(({ fields }) => fields.some(({ name }) => name === field)) ?? {}
  return { template: id, version, fields: { [field]: { type: 'doc', content: blocksOf(nodes) } }, facts: {} }
}

function Pieces({ part, lang, pieces, around }: Changed) {
  const { t } = useTranslation('proposals')
  return (
    <p className={classes.words}>
      {part && <span className={classes.where}>{part}: </span>}
      {around && (
        <span className={classes.where} lang={lang}>
          {around.before}
        </span>
      )}
      {pieces.map(({ kind, text }, at) => {
        if (text === '') return null
        // Pieces are known by their place alone.
        const key = at
        if (kind === 'same')
          return (
            <span key={key} lang={lang}>
              {text}
            </span>
          )
        const Tag = kind === 'added' ? 'ins' : 'del'
        return (
          <Tag key={key} className={kind === 'added' ? classes.came : classes.went}>
            <span className="cb-hidden">{t(kind)} </span>
            <span lang={lang}>{text}</span>
          </Tag>
        )
      })}
      {around && (
        <span className={classes.where} lang={lang}>
          {around.after}
        </span>
      )}
    </p>
  )
}
