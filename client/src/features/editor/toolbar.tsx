import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconCode,
  IconH1,
  IconH2,
  IconItalic,
  IconKeyboard,
  IconLink,
  IconList,
  IconListNumbers,
  IconMessagePlus,
  IconStrikethrough,
  IconTable,
  IconUnderline,
} from '@tabler/icons-react'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentUndo } from '../../sync/undo.ts'
import { useStore } from '../../sync/use-store.ts'
import { ariaKeys, fits, isApple, keyWords, stateAt, type ToolName, toolGroups } from './block-tools.ts'
import type { Workbench } from './field-editor.tsx'
import { editorId } from './field-editor.tsx'
import type { FieldHandle } from './hub.ts'
import { TableTools } from './parts.ts'
import classes from './toolbar.module.css'
import { useRoving } from './use-roving.ts'

const icons: Readonly<Record<ToolName, typeof IconBold>> = {
  bold: IconBold,
  italic: IconItalic,
  underline: IconUnderline,
  strike: IconStrikethrough,
  code: IconCode,
  heading: IconH1,
  subheading: IconH2,
  bulletList: IconList,
  orderedList: IconListNumbers,
  quote: IconBlockquote,
  table: IconTable,
}

/**
 * The buttons for people who know no shortcuts. One toolbar for all fields; it acts on the one written in last. Arrow
 * keys move inside it, Escape goes back to the text. At the top on desks; on phones above the keyboard, while one writes.
 */
export function Toolbar({ bench }: { bench: Workbench }) {
  const { session, hub } = bench
  const { t } = useTranslation('editor')
  const active = useStore(hub.active)
  const writing = useStore(hub.writing)
  const on = useToolState(active)
  const bar = useRef<HTMLDivElement>(null)
  useRoving(bar)

  return (
    <div className={classes.place} data-writing={writing || undefined}>
      <div
        ref={bar}
        role="toolbar"
        aria-label={t('toolbar.label')}
        aria-orientation="horizontal"
        {...(active ? { 'aria-controls': editorId(active.name) } : undefined)}
        className={classes.bar}
        // The text keeps its selection, and a phone its keyboard.
        onPointerDown={(event) => event.preventDefault()}
        onMouseDown={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') hub.focusActive()
        }}
      >
        <div className={classes.group}>
          <UndoTools undo={session.undo} />
        </div>
        {toolGroups.map((group, place) => (
          <div key={group[0]?.name} className={classes.group}>
            {group.map((tool) => (
              <Tool
                key={tool.name}
                name={tool.name}
                Icon={icons[tool.name]}
                keys={tool.keys}
                disabled={!fits(tool.of, active?.kind)}
                pressed={on.has(tool.name)}
                run={() => active && tool.run(active.editor)}
              />
            ))}
            {place === 1 && (
              <Tool
                name="link"
                Icon={IconLink}
                keys="Mod-k"
                disabled={!fits('words', active?.kind)}
                pressed={on.has('link')}
                run={() => hub.ask('link')}
              />
            )}
          </div>
        ))}
        {hub.comments && (
          <div className={classes.group}>
            <Tool
              name="comment"
              Icon={IconMessagePlus}
              keys="Mod-Alt-m"
              disabled={!active}
              run={() => hub.ask('comment')}
            />
          </div>
        )}
        <div className={`${classes.group} ${classes.forKeyboards}`}>
          <Tool name="shortcuts" Icon={IconKeyboard} keys="Mod-/" run={() => hub.ask('shortcuts')} />
        </div>
      </div>
      {active && on.has('table') && (
        <Suspense>
          <TableTools editor={active.editor} onLeave={hub.focusActive} />
        </Suspense>
      )}
    </div>
  )
}

/** Apart from the others: with the first letter these alone are drawn anew. */
function UndoTools({ undo }: { undo: DocumentUndo }) {
  const { canUndo, canRedo } = useStore(undo.state)
  return (
    <>
      <Tool name="undo" Icon={IconArrowBackUp} keys="Mod-z" disabled={!canUndo} run={undo.undo} />
      <Tool name="redo" Icon={IconArrowForwardUp} keys="Mod-Shift-z" disabled={!canRedo} run={undo.redo} />
    </>
  )
}

interface ToolProps {
  name: ToolName | 'undo' | 'redo' | 'link' | 'comment' | 'shortcuts'
  Icon: typeof IconBold
  keys: string | undefined
  disabled?: boolean
  /** Of what is on or off at the cursor. */
  pressed?: boolean
  run: () => void
}

function Tool({ name, Icon, keys, disabled = false, pressed, run }: ToolProps) {
  const { t } = useTranslation('editor')
  const apple = isApple()
  const label = t(`tool.${name}`)
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={label}
      aria-disabled={disabled || undefined}
      data-tip={keys ? `${label} · ${keyWords(keys, apple, t('keys.shift'))}` : label}
      {...(pressed === undefined ? undefined : { 'aria-pressed': pressed })}
      {...(keys ? { 'aria-keyshortcuts': ariaKeys(keys, apple) } : undefined)}
      onClick={() => {
        if (!disabled) run()
      }}
    >
      <Icon size={22} aria-hidden />
    </button>
  )
}

/** Which tools are on at the cursor of the active editor. Looked up at most once a frame. */
function useToolState(active: FieldHandle | null): ReadonlySet<ToolName | 'link'> {
  const [on, setOn] = useState<ReadonlySet<ToolName | 'link'>>(none)
  useEffect(() => {
    const editor = active?.editor
    if (!editor) {
      setOn(none)
      return
    }
    let frame = 0
    const look = () => {
      frame = 0
      if (editor.isDestroyed) return
      const next = stateAt(editor)
      setOn((before) => (sameSet(before, next) ? before : next))
    }
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    editor.on('transaction', later)
    return () => {
      cancelAnimationFrame(frame)
      editor.off('transaction', later)
    }
  }, [active])
  return on
}

const none: ReadonlySet<ToolName | 'link'> = new Set()
const sameSet = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>) =>
  a.size === b.size && [...a].every((item) => b.has(item))
