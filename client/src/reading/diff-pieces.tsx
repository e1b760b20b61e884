import type { DiffBlock } from '@cabildo/protocol/http/api'
import { IconArrowsMoveVertical, IconMinus, IconPencil, IconPlus, IconTextSize } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../lib/language.ts'
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

interface PiecesProps {
  pieces: DiffBlock['pieces']
  /** Of the words, where they are not the plan's own: a day in words is in the reader's. */
  lang?: string
}

/** A text with what came and what went in it. */
export function Pieces({ pieces, lang = planLanguage }: PiecesProps) {
  return pieces.map((piece, index) => {
    const key = `${index} ${piece.kind}`
    const words = <span lang={lang}>{piece.text}</span>
    if (piece.kind === 'added') return <Added key={key}>{words}</Added>
    if (piece.kind === 'removed') return <Removed key={key}>{words}</Removed>
    return <Fragment key={key}>{words}</Fragment>
  })
}
