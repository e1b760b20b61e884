import type { DiffBlock } from '@cabildo/protocol/http/api'
import { IconArrowsMoveVertical, IconMinus, IconPencil, IconPlus, IconTextSize } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './diff-view.module.css'

/** The sign of what became of a block. */
export const icons = {
  added: IconPlus,
  removed: IconMinus,
  changed: IconPencil,
  reformatted: IconTextSize,
  moved: IconArrowsMoveVertical,
} as const

/** Text that came: underlined, and told. */
export function Added({ children }: { children: ReactNode }) {
  const { t } = useTranslation('comparing')
  return (
    <ins className={classes.added}>
      <span className="cb-hidden">{t('diff.tell.added')} </span>
      {children}
      <span className="cb-hidden"> {t('diff.tell.end')}</span>
    </ins>
  )
}

/** Text that went: struck through, and told. */
export function Removed({ children }: { children: ReactNode }) {
  const { t } = useTranslation('comparing')
  return (
    <del className={classes.removed}>
      <span className="cb-hidden">{t('diff.tell.removed')} </span>
      {children}
      <span className="cb-hidden"> {t('diff.tell.end')}</span>
    </del>
  )
}

/** A text with what came and what went in it. */
export function Pieces({ pieces }: { pieces: DiffBlock['pieces'] }) {
  return pieces.map((piece, index) => {
    const key = `${index} ${piece.kind}`
    if (piece.kind === 'added') return <Added key={key}>{piece.text}</Added>
    if (piece.kind === 'removed') return <Removed key={key}>{piece.text}</Removed>
    return <span key={key}>{piece.text}</span>
  })
}
