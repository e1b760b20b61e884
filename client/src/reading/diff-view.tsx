import type { Diff, DiffBlock } from '@cabildo/protocol/http/api'
import { milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconColumns2 } from '@tabler/icons-react'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, useLanguage } from '../lib/language.ts'
import {
  type BlocksRow,
  type DiffRow,
  type DiffUnit,
  nextChange,
  planDiff,
  sidePieces,
  unchangedRows,
  unifiedPieces,
} from './diff-model.ts'
import { Added, icons, Pieces, Removed } from './diff-pieces.tsx'
import { kindOfAll, type TableSide } from './diff-table.ts'
import { DiffTable } from './diff-table-view.tsx'
import classes from './diff-view.module.css'
import { dayText, factWords, listChange } from './facts-model.ts'
import { milestoneAttributeOf, placeOf, placeOfAll } from './places.ts'

interface DiffViewProps {
  diff: Pick<Diff, 'fields' | 'facts' | 'totals'>
  template: Template
  /** What the two texts are called, e.g. «Versión 3» and «Ahora». */
  before: string
  after: string
  /** Level of the heading above. */
  under: 1 | 2 | 3
  /** On phones, where what stands above fills the screen, begin at the first change. */
  toFirst?: boolean
}

type Layout = 'unified' | 'side'

/**
 * Two texts compared, word by word: what came is underlined, what went is struck through, and both are told in words as
 * well, so that neither colour nor sight is needed. One column on phones; on desks two on request, remembered on this
 * device. Buttons and Alt+arrow keys lead from change to change.
 */
export function DiffView({ diff, template, before, after, under, toFirst = false }: DiffViewProps) {
  const { t } = useTranslation('comparing')
  const language = useLanguage()
  const plan = useMemo(() => planDiff(diff), [diff])
  const [current, setCurrent] = useState(0)
  const root = useRef<HTMLDivElement>(null)
  const roomy = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const [wanted, setWanted] = useLocalStorage<Layout>({
    key: 'cabildo-compare',
    defaultValue: 'side',
    getInitialValueInEffect: false,
  })
  const layout: Layout = roomy ? wanted : 'unified'
  const labels = new Map(template.fields.map((field) => [field.name, field.label[language]]))
  const Heading = `h${under + 1}` as 'h3'

  const go = (direction: 1 | -1) => {
    const next = nextChange(current, plan.changes, direction)
    setCurrent(next)
    const target = root.current?.querySelector<HTMLElement>(`[data-change="${next}"]`)
    if (!target) return
    bring(target)
    target.focus({ preventScroll: true })
  }
  // Once: afterwards the reader leads, also when the device is turned.
  const toBring = useRef(toFirst && !roomy)
  useEffect(() => {
    if (!toBring.current) return
    // After the frame around has gone to its top. The focus stays with the title, which is read out first.
    const frame = requestAnimationFrame(() => {
      toBring.current = false
      const first = root.current?.querySelector<HTMLElement>('[data-change="1"]')
      if (first && first.getBoundingClientRect().bottom > window.innerHeight) bring(first)
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  useHotkeys([
    ['alt+ArrowDown', () => go(1)],
    ['alt+ArrowUp', () => go(-1)],
  ])

  if (plan.changes === 0) return <p className={classes.nothing}>{t('diff.nothing')}</p>
  return (
    <div ref={root} className={classes.diff} data-layout={layout}>
      <div className={classes.bar}>
        <p className={classes.totals}>
          <strong>
            {current === 0
              ? t('diff.changes', { count: plan.changes })
              : t('diff.current', { current, count: plan.changes })}
          </strong>
          <span>
            {t('diff.added', { count: diff.totals.added })}, {t('diff.removed', { count: diff.totals.removed })}
          </span>
        </p>
        <div className={classes.steps}>
          {roomy && (
            <Button
              variant="default"
              leftSection={<IconColumns2 size={20} aria-hidden />}
              onClick={() => setWanted(layout === 'side' ? 'unified' : 'side')}
            >
              {t(layout === 'side' ? 'diff.oneColumn' : 'diff.twoColumns')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconArrowUp size={20} aria-hidden />}
            aria-keyshortcuts="Alt+ArrowUp"
            title="Alt+↑"
            onClick={() => go(-1)}
          >
            {t('diff.previous')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowDown size={20} aria-hidden />}
            aria-keyshortcuts="Alt+ArrowDown"
            title="Alt+↓"
            onClick={() => go(1)}
          >
            {t('diff.next')}
          </Button>
        </div>
      </div>
      <Legend />
      {layout === 'side' && (
        <div className={classes.sideHead} aria-hidden>
          <span>{before}</span>
          <span>{after}</span>
        </div>
      )}
      {plan.fields.map(({ field, rows }) => (
        <section key={field} className={classes.field}>
          <Heading className={classes.label}>{labels.get(field) ?? field}</Heading>
          {rows.map((row) => (
            <Row
              key={row.key}
              row={row}
              layout={layout}
              names={{ before, after }}
              changes={plan.changes}
              current={current}
            />
          ))}
        </section>
      ))}
      {diff.facts.length > 0 && (
        <section className={classes.field}>
          <Heading className={classes.label}>{t('diff.facts')}</Heading>
          <ul className={classes.facts}>
            {diff.facts.map(({ key, before: was, after: is }, index) => {
              const fact = template.facts.find((each) => each.key === key)
              const change = plan.firstFact + index
              const { added, removed, kept } = listChange(factWords(fact, was, language), factWords(fact, is, language))
              return (
                <li
                  key={key}
                  className={classes.fact}
                  data-change={change}
                  data-current={change === current || undefined}
                  tabIndex={-1}
                >
                  <strong>{fact?.label[language] ?? key}</strong>
                  {kept.map((text) => (
                    <span key={text}>{text}</span>
                  ))}
                  {removed.map((text) => (
                    <span key={text}>
                      <Removed>{text}</Removed>
                    </span>
                  ))}
                  {added.map((text) => (
                    <span key={text}>
                      <Added>{text}</Added>
                    </span>
                  ))}
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {plan.untouched.length > 0 && (
        <p className={classes.untouched}>
          {t('diff.untouched', { names: plan.untouched.map((field) => labels.get(field) ?? field).join(', ') })}
        </p>
      )}
    </div>
  )
}

/** Scrolls to a change, without motion; what is higher than half the window is read from its beginning. */
function bring(change: HTMLElement): void {
  change.scrollIntoView({ block: change.offsetHeight > window.innerHeight / 2 ? 'start' : 'center' })
}

const isDay = (attribute: ReturnType<typeof milestoneAttributeOf>) => attribute === 'start' || attribute === 'due'

/** A day of a milestone is compared as a whole and read in words, whatever digits its two values share. */
function withDayWords(block: DiffBlock, language: Language): DiffBlock {
  const attribute = milestoneAttributeOf(block.path)
  if (!isDay(attribute)) return block
  const words = (day: string | null) => day && dayText(day, language)
  return { ...block, before: words(block.before), after: words(block.after), pieces: [] }
}

/** What the signs mean, by example. */
function Legend() {
  const { t } = useTranslation('comparing')
  return (
    <p className={classes.legend}>
      <span className="cb-hidden">{t('diff.legend')} </span>
      <ins className={classes.added}>{t('diff.kind.added')}</ins>
      <del className={classes.removed}>{t('diff.kind.removed')}</del>
    </p>
  )
}

interface RowProps {
  row: DiffRow
  layout: Layout
  names: { before: string; after: string }
  changes: number
  current: number
}

function Row({ row, ...rest }: RowProps) {
  return row.kind === 'folded' ? <Folded units={row.units} {...rest} /> : <BlocksView row={row} {...rest} />
}

/** A stretch without changes, opened on request. */
function Folded({ units, ...rest }: { units: DiffUnit[] } & Omit<RowProps, 'row'>) {
  const { t } = useTranslation('comparing')
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t(open ? 'diff.fold' : 'diff.unfold', { count: units.length })}
      </button>
      <div id={id} className={classes.unfolded} hidden={!open}>
        {open && unchangedRows(units, String).map((row) => <BlocksView key={row.key} row={row} {...rest} />)}
      </div>
    </>
  )
}

function BlocksView({ row, layout, names, changes, current }: Omit<RowProps, 'row'> & { row: BlocksRow }) {
  const { t } = useTranslation('comparing')
  const language = useLanguage()
  const blocks = row.blocks.map((block) => withDayWords(block, language))
  const kind = kindOfAll(blocks)
  const place = row.table ? 'table' : placeOfAll(blocks.map((block) => block.path))
  const Icon = kind === 'same' ? undefined : icons[kind]
  const told = kind !== 'same' && [t(`diff.kind.${kind}`), place && t(`diff.place.${place}`)].filter(Boolean).join(', ')
  const target =
    row.change === null
      ? {}
      : {
          'data-change': row.change,
          'data-current': row.change === current || undefined,
          tabIndex: -1,
          role: 'group',
          'aria-label': `${t('diff.current', { current: row.change, count: changes })}: ${told}`,
        }
  const sides = blocks.map(sidePieces)
  const table = (side: TableSide, twin = false) => <DiffTable blocks={blocks} side={side} twin={twin} />

  return (
    <div className={classes.block} data-kind={kind} {...target}>
      {Icon && (
        <p className={classes.tag}>
          <Icon size={18} stroke={2.25} aria-hidden /> {told}
        </p>
      )}
      {layout === 'unified' ? (
        <div>{row.table ? table('unified') : <Lines blocks={blocks} pieces={blocks.map(unifiedPieces)} />}</div>
      ) : (
        (['before', 'after'] as const).map((side) => {
          const pieces = sides.map((each) => each[side])
          const stands = pieces.some((each) => each !== null)
          // Unchanged text is read out once; it stands in both columns for the eye alone.
          const twin = side === 'before' && kind === 'same'
          return (
            <div
              key={side}
              className={stands ? undefined : classes.void}
              data-side={side}
              aria-hidden={twin || !stands || undefined}
            >
              {stands && kind !== 'same' && <span className="cb-hidden">{names[side]}: </span>}
              {stands && (row.table ? table(side, twin) : <Lines blocks={blocks} pieces={pieces} />)}
            </div>
          )
        })
      )}
    </div>
  )
}

/** The texts of some blocks, each in the form of its place; what a part of a milestone is called stands before it. */
function Lines({ blocks, pieces }: { blocks: readonly DiffBlock[]; pieces: readonly (DiffBlock['pieces'] | null)[] }) {
  const language = useLanguage()
  return blocks.map((block, index) => {
    const place = placeOf(block.path)
    const attribute = milestoneAttributeOf(block.path)
    const part = attribute ? milestoneWords[attribute] : place === 'milestoneOutputs' ? outputsWord : undefined
    return (
      // Blocks have nothing but their place to be known by.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <div key={index} className={classes.text} data-place={place}>
        {part && <span className={classes.part}>{part[language]}: </span>}
        <Pieces pieces={pieces[index] ?? []} {...(isDay(attribute) && { lang: language })} />
      </div>
    )
  })
}
