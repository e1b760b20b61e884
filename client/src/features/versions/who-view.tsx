import type { Version } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Stage } from './stage.tsx'
import classes from './who-view.module.css'

/** Draws a text by who wrote it: of a version, or as it stands. Comes from outside, for it is a feature of its own. */
export type Written = (version?: Pick<Version, 'seq' | 'content'>) => ReactNode

interface WhoViewProps {
  /** What is shown: by whom the words are, or from which inputs. */
  shown: 'who' | 'origins'
  onShow: (shown: 'who' | 'origins') => void
  children: ReactNode
  onClose: () => void
  onList?: (() => void) | undefined
}

/** The text as it stands, by who wrote it or by where it comes from, in the place of the text that is written. */
export function WhoView({ shown, onShow, children, onClose, onList }: WhoViewProps) {
  const { t } = useTranslation('versions')
  return (
    <Stage title={t(`whence.${shown}`)} onClose={onClose} onList={onList}>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons are no fields of a form */}
      <div className={classes.switch} role="group" aria-label={t('whence.switch')}>
        {(['who', 'origins'] as const).map((one) => (
          <Button
            key={one}
            variant={one === shown ? 'filled' : 'default'}
            aria-pressed={one === shown}
            onClick={() => onShow(one)}
          >
            {t(`whence.${one}`)}
          </Button>
        ))}
      </div>
      {children}
    </Stage>
  )
}
