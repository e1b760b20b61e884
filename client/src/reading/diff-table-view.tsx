import type { DiffBlock } from '@cabildo/protocol/http/api'
import { useTranslation } from 'react-i18next'
import { sidePieces, unifiedPieces } from './diff-model.ts'
import { icons, Pieces } from './diff-pieces.tsx'
import { type DiffCell, gridOf, type TableSide } from './diff-table.ts'
import classes from './diff-view.module.css'

interface DiffTableProps {
  /** The blocks of one table. */
  blocks: readonly DiffBlock[]
  side: TableSide
  /** Stands a second time, for the eye alone: nothing in it takes the focus. */
  twin: boolean
}

/** A compared table as a table. What became of a cell is told by a sign, by its border and in words, as well as by colour. */
export function DiffTable({ blocks, side, twin }: DiffTableProps) {
  const { t } = useTranslation('comparing')
  const rows = gridOf(blocks, side)
  // A table has no key of its own: its rows and columns are known by their places.
  return (
    // A wide table scrolls by itself, and the keyboard must be able to scroll it.
    // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark, and a text may have many tables
    <div className={classes.table} role="group" aria-label={t('diff.place.table')} tabIndex={twin ? undefined : 0}>
      <table>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={row}>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <Cell key={column} cell={cell} side={side} top={row === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell, side, top }: { cell: DiffCell; side: TableSide; top: boolean }) {
  const { t } = useTranslation('comparing')
  const { kind, head, blocks } = cell
  const Icon = kind === 'same' ? undefined : icons[kind]
  const Tag = head ? 'th' : 'td'
  return (
    <Tag data-kind={kind} scope={head ? (top ? 'col' : 'row') : undefined}>
      <div className={classes.cell}>
        {Icon && kind !== 'same' && (
          <>
            <Icon size={16} stroke={2.25} aria-hidden className={classes.sign} />
            <span className="cb-hidden">{t(`diff.kind.${kind}`)}: </span>
          </>
        )}
        <div>
          {blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks have nothing but their place to be known by
            <div key={index} className={classes.text}>
              <Pieces pieces={side === 'unified' ? unifiedPieces(block) : (sidePieces(block)[side] ?? [])} />
            </div>
          ))}
        </div>
      </div>
    </Tag>
  )
}
