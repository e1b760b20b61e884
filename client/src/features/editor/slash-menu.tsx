import {
  IconBlockquote,
  IconH1,
  IconH2,
  IconH3,
  IconList,
  IconListNumbers,
  IconPilcrow,
  IconTable,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { posToDOMRect } from '@tiptap/core'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { place } from '../../ui/place.ts'
import type { OpenSlash, SlashStore } from './slash.ts'
import classes from './slash-menu.module.css'
import { matches } from './slash-words.ts'

/** What can be put in the place of the slash. */
const items = [
  { name: 'paragraph', Icon: IconPilcrow, run: (editor: Editor) => editor.chain().setParagraph() },
  { name: 'heading', Icon: IconH1, run: (editor: Editor) => editor.chain().setHeading({ level: 2 }) },
  { name: 'subheading', Icon: IconH2, run: (editor: Editor) => editor.chain().setHeading({ level: 3 }) },
  { name: 'section', Icon: IconH3, run: (editor: Editor) => editor.chain().setHeading({ level: 4 }) },
  { name: 'bulletList', Icon: IconList, run: (editor: Editor) => editor.chain().toggleBulletList() },
  { name: 'orderedList', Icon: IconListNumbers, run: (editor: Editor) => editor.chain().toggleOrderedList() },
  { name: 'quote', Icon: IconBlockquote, run: (editor: Editor) => editor.chain().toggleBlockquote() },
  {
    name: 'table',
    Icon: IconTable,
    run: (editor: Editor) => editor.chain().insertTable({ rows: 3, cols: 2, withHeaderRow: true }),
  },
] as const

/** The menu that opens after a slash: typing narrows it, arrows and Enter choose, Escape closes. */
export default function SlashMenu({ store, open }: { store: SlashStore; open: OpenSlash }) {
  const { t } = useTranslation('writing')
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const shown = items.filter(({ name }) => matches(open.query, `${t(`slash.${name}`)} ${t(`slash.words.${name}`)}`))
  const current = Math.min(at, shown.length - 1)

  const choose = (index: number) => {
    const item = shown[index]
    const now = store.open.get()
    if (!item || !now) return false
    store.open.set(null)
    now.editor.chain().focus().deleteRange({ from: now.from, to: now.to }).run()
    item.run(now.editor).focus().run()
    return true
  }

  useEffect(() => {
    store.onKey = (key) => {
      if (shown.length === 0) return false
      if (key === 'ArrowDown') setAt((current + 1) % shown.length)
      else if (key === 'ArrowUp') setAt((current + shown.length - 1) % shown.length)
      else if (key === 'Enter' || key === 'Tab') return choose(current)
      else return false
      return true
    }
    return () => {
      store.onKey = undefined
    }
  })

  useLayoutEffect(() => {
    const element = list.current
    if (element) place(element, posToDOMRect(open.editor.view, open.from, open.to), 'below')
  })
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  const chosen = shown[current]
  if (!chosen) return null
  return (
    <>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t('slash.label')}
        className={classes.menu}
        tabIndex={-1}
        // The text keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {shown.map(({ name, Icon }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys stay with the text, see `onKey`
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={name}
            role="option"
            aria-selected={index === current}
            className={classes.item}
            onClick={() => choose(index)}
          >
            <Icon size={20} aria-hidden />
            {t(`slash.${name}`)}
          </div>
        ))}
      </div>
      <p className="cb-hidden" aria-live="polite">
        {t('slash.told', { name: t(`slash.${chosen.name}`), place: current + 1, count: shown.length })}
      </p>
    </>
  )
}
