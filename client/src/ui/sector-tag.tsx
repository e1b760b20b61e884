import type { Sector } from '@cabildo/protocol/http/common'
import { useTranslation } from 'react-i18next'
import classes from './sector-tag.module.css'
import { sectorMarks } from './sectors.ts'

/** A sector in a word, with its letter, hue and line. `children` replace the word, e.g. with a group's name. */
export function SectorTag({ sector, children }: { sector: Sector; children?: React.ReactNode }) {
  const { t } = useTranslation()
  const mark = sectorMarks[sector]
  return (
    <span className={classes.tag} data-sector={sector} data-line={mark.line}>
      <span className={classes.letter} aria-hidden>
        {mark.letter}
      </span>
      {children ?? t(`sector.${sector}`)}
    </span>
  )
}
