import { milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import { Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { useEffect, useRef } from 'react'
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

/**
 * Removing asks nothing: it is told here, and taken back here, until the person writes something else. It stands at the
 * lower edge of the screen, for a long table would hide it, and its way back takes the focus that the removed row had.
 */
function RemovedNotice({ editor }: { editor: Editor }) {
  const { t } = useTranslation('milestones')
  const store = removedIn(editor)
  const removed = useStore(store)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!removed) return undefined
    back.current?.focus({ preventScroll: true })
    // The way back takes the last step back: once there is another, it would take that.
    const forget = () => store.set(null)
    const look = ({ transaction }: { transaction: Transaction }) => {
      const sync: { isUndoRedoOperation?: boolean } | undefined = transaction.getMeta(ySyncPluginKey)
      // What comes from the others is no step of this person.
      if (transaction.docChanged && (!sync || sync.isUndoRedoOperation)) forget()
    }
    editor.on('transaction', look)
    document.addEventListener('input', forget)
    return () => {
      editor.off('transaction', look)
      document.removeEventListener('input', forget)
    }
  }, [editor, removed, store])
  const close = () => {
    store.set(null)
    const rows = editor.view.dom.querySelectorAll<HTMLElement>('[data-button="remove"]')
    const next = rows[Math.min(removed?.index ?? 0, rows.length - 1)]
    if (next) next.focus()
    else editor.commands.focus()
  }
  return (
    <div role="status" className={classes.removed} data-shown={removed !== null || undefined}>
      {removed && (
        <>
          <span>{removed.name ? t('removed', { name: removed.name }) : t('removedUnnamed')}</span>
          <Button
            ref={back}
            variant="default"
            onClick={() => {
              editor.commands.undo()
              store.set(null)
            }}
          >
            {t('undo')}
          </Button>
          <button type="button" className={classes.button} aria-label={t('dismiss')} onClick={close}>
            <IconX size={20} aria-hidden />
          </button>
        </>
      )}
    </div>
  )
}
