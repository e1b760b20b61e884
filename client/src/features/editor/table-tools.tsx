import {
  IconColumnInsertRight,
  IconColumnRemove,
  IconRowInsertBottom,
  IconRowRemove,
  IconTableOff,
  IconTableRow,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './toolbar.module.css'
import { useRoving } from './use-roving.ts'

/** What can be done to the table at the cursor. */
const actions = [
  { name: 'addRow', Icon: IconRowInsertBottom, run: (editor: Editor) => editor.chain().focus().addRowAfter().run() },
  { name: 'deleteRow', Icon: IconRowRemove, run: (editor: Editor) => editor.chain().focus().deleteRow().run() },
  {
    name: 'addColumn',
    Icon: IconColumnInsertRight,
    run: (editor: Editor) => editor.chain().focus().addColumnAfter().run(),
  },
  {
    name: 'deleteColumn',
    Icon: IconColumnRemove,
    run: (editor: Editor) => editor.chain().focus().deleteColumn().run(),
  },
  { name: 'headerRow', Icon: IconTableRow, run: (editor: Editor) => editor.chain().focus().toggleHeaderRow().run() },
  { name: 'deleteTable', Icon: IconTableOff, run: (editor: Editor) => editor.chain().focus().deleteTable().run() },
] as const

/** A second row of tools while the cursor is in a table. With words: these icons nobody knows by heart. */
export default function TableTools({ editor, onLeave }: { editor: Editor; onLeave: () => void }) {
  const { t } = useTranslation('writing')
  const bar = useRef<HTMLDivElement>(null)
  useRoving(bar)
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('table.label')}
      aria-orientation="horizontal"
      className={classes.bar}
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave()
      }}
    >
      {actions.map(({ name, Icon, run }) => (
        <button key={name} type="button" className={classes.worded} onClick={() => run(editor)}>
          <Icon size={20} aria-hidden />
          {t(`table.${name}`)}
        </button>
      ))}
    </div>
  )
}
