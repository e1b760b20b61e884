import { IconBold, IconItalic, IconLink, IconMessagePlus, IconStrikethrough, IconUnderline } from '@tabler/icons-react'
import { posToDOMRect } from '@tiptap/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../sync/use-store.ts'
import { place } from '../../ui/place.ts'
import { fits, stateAt, type ToolName, toolNamed } from './block-tools.ts'
import classes from './bubble.module.css'
import type { EditorHub, FieldHandle } from './hub.ts'

const shown: readonly { name: ToolName; Icon: typeof IconBold }[] = [
  { name: 'bold', Icon: IconBold },
  { name: 'italic', Icon: IconItalic },
  { name: 'underline', Icon: IconUnderline },
  { name: 'strike', Icon: IconStrikethrough },
]

/**
 * A few tools right at selected words, for those who use a mouse; everything in it is in the toolbar too. On touch
 * screens the system's own menu stands there.
 */
export default function Bubble({ hub }: { hub: EditorHub }) {
  const active = useStore(hub.active)
  return active && fits('words', active.kind) && <AtSelection key={active.name} hub={hub} handle={active} />
}

function AtSelection({ hub, handle: { editor } }: { hub: EditorHub; handle: FieldHandle }) {
  const { t } = useTranslation('editor')
  const box = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<{ from: number; to: number }>()

  useEffect(() => {
    let held = false
    const look = () => {
      const { from, to, empty } = editor.state.selection
      const wanted = !held && !empty && editor.isFocused && editor.isEditable && hasWords(editor, from, to)
      setRange(wanted ? { from, to } : undefined)
    }
    // While the mouse still selects, nothing jumps under it.
    const press = () => {
      held = true
    }
    const release = () => {
      held = false
      look()
    }
    const hide = () => setRange(undefined)
    const { dom } = editor.view
    editor.on('transaction', look)
    editor.on('focus', look)
    editor.on('blur', hide)
    dom.addEventListener('mousedown', press)
    document.addEventListener('mouseup', release)
    window.addEventListener('scroll', look, { passive: true })
    return () => {
      editor.off('transaction', look)
      editor.off('focus', look)
      editor.off('blur', hide)
      dom.removeEventListener('mousedown', press)
      document.removeEventListener('mouseup', release)
      window.removeEventListener('scroll', look)
    }
  }, [editor])

  useLayoutEffect(() => {
    if (box.current && range) place(box.current, posToDOMRect(editor.view, range.from, range.to), 'above')
  })

  if (!range) return null
  const on = stateAt(editor)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it keeps the selection from going
    <div ref={box} className={classes.bubble} onMouseDown={(event) => event.preventDefault()}>
      {shown.map(({ name, Icon }) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          aria-label={t(`tool.${name}`)}
          aria-pressed={on.has(name)}
          className={classes.button}
          onClick={() => toolNamed(name).run(editor)}
        >
          <Icon size={20} aria-hidden />
        </button>
      ))}
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('tool.link')}
        aria-pressed={on.has('link')}
        className={classes.button}
        onClick={() => hub.ask('link')}
      >
        <IconLink size={20} aria-hidden />
      </button>
      {hub.comments && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('tool.comment')}
          className={classes.button}
          onClick={() => hub.ask('comment')}
        >
          <IconMessagePlus size={20} aria-hidden />
        </button>
      )}
    </div>
  )
}

const hasWords = (editor: FieldHandle['editor'], from: number, to: number) =>
  editor.state.doc.textBetween(from, to, '').trim() !== ''
