import { milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useStore } from '../../sync/use-store.ts'
import { addMilestone } from './milestone-commands.ts'
import classes from './milestones.module.css'
import { removedIn } from './removed.ts'
import { useCount } from './use-count.ts'

interface MilestonesFrameProps {
  editor: Editor | null
  editable: boolean
  /** The editor itself. */
  children: React.ReactNode
}

/** What stands around the rows: their headings on desks, a first example, the button that adds one, the way back. */
export function MilestonesFrame({ editor, editable, children }: MilestonesFrameProps) {
  const { t } = useTranslation('milestones')
  const language = useLanguage()
  const count = useCount(editor)
  return (
    <div className={classes.frame}>
      {count > 0 && (
        <div className={classes.headings} aria-hidden>
          <span />
          <span>{t('name')}</span>
          <span>{outputsWord[language]}</span>
          <span>{milestoneWords.start[language]}</span>
          <span>{milestoneWords.due[language]}</span>
          <span />
        </div>
      )}
      <div className={classes.rows} data-none={count === 0 || undefined}>
        {children}
      </div>
      {editor && count === 0 && <p className={classes.empty}>{t('empty')}</p>}
      {editor && editable && (
        <div className={classes.foot}>
          <Button
            variant="default"
            leftSection={<IconPlus size={20} aria-hidden />}
            onClick={() => addMilestone(editor)}
          >
            {t('add')}
          </Button>
          <RemovedNotice editor={editor} />
        </div>
      )}
    </div>
  )
}

/** Removing asks nothing: it is told here, and taken back here. */
function RemovedNotice({ editor }: { editor: Editor }) {
  const { t } = useTranslation('milestones')
  const store = removedIn(editor)
  const removed = useStore(store)
  return (
    <p role="status" className={classes.removed}>
      {removed && (
        <>
          {removed.name ? t('removed', { name: removed.name }) : t('removedUnnamed')}{' '}
          <Button
            variant="subtle"
            onClick={() => {
              editor.commands.undo()
              store.set(null)
            }}
          >
            {t('undo')}
          </Button>
        </>
      )}
    </p>
  )
}
