import type { Version } from '@cabildo/protocol/http/api'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Stage } from './stage.tsx'

/** Draws a text by who wrote it: of a version, or as it stands. Comes from outside, for it is a feature of its own. */
export type Written = (version?: Pick<Version, 'seq' | 'content'>) => ReactNode

interface WhoViewProps {
  written: Written
  onClose: () => void
  onList?: (() => void) | undefined
}

/** The text as it stands, by who wrote it, in the place of the text that is written. */
export function WhoView({ written, onClose, onList }: WhoViewProps) {
  const { t } = useTranslation('versions')
  return (
    <Stage title={t('action.who')} onClose={onClose} onList={onList}>
      {written()}
    </Stage>
  )
}
