import { IconMessage, IconMessagePlus } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { place } from '../../ui/place.ts'
import { type Editors, fieldOf, pageRange } from './editors.ts'
import classes from './selection-tool.module.css'

interface SelectionToolProps {
  editors: Editors
  onComment: () => void
  onOpen: (id: string) => void
}

/** What the button at the selection does now. */
type Offer = { what: 'comment' } | { what: 'open'; id: string }

/**
 * A button at selected words, where no other tools stand there: in a text that is only read, and under a finger. Under a
 * finger it also opens the thread of the words where one writes, since a press there only puts the cursor.
 */
export function SelectionTool({ editors, onComment, onOpen }: SelectionToolProps) {
  const { t } = useTranslation('threads')
  const button = useRef<HTMLButtonElement>(null)
  const [offer, setOffer] = useState<Offer>()

  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      setOffer(offerNow(editors))
    }
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    // What was selected before this came.
    later()
    document.addEventListener('selectionchange', later)
    window.addEventListener('scroll', later, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('selectionchange', later)
      window.removeEventListener('scroll', later)
    }
  }, [editors])

  useLayoutEffect(() => {
    // Asking for the selection has the page laid out.
    const range = button.current && pageRange()
    // A phone's own menu stands above.
    if (button.current && range) place(button.current, range.getBoundingClientRect(), 'below')
  })

  if (!offer) return null
  const isNew = offer.what === 'comment'
  const Icon = isNew ? IconMessagePlus : IconMessage
  return (
    <button
      ref={button}
      type="button"
      className={classes.tool}
      // The text keeps its selection.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => (isNew ? onComment() : onOpen(offer.id))}
    >
      <Icon size={22} aria-hidden />
      {isNew ? t('new.open') : t('see')}
    </button>
  )
}

function offerNow(editors: Editors): Offer | undefined {
  const range = pageRange()
  const on = range && fieldOf(editors, range)
  if (!range || !on) return undefined
  const touched = window.matchMedia('(pointer: coarse)').matches
  if (!range.collapsed) {
    const isOffered = touched || !on.mayWrite
    return isOffered && range.toString().trim() !== '' ? { what: 'comment' } : undefined
  }
  const around = range.startContainer.parentElement
  const id = around?.closest<HTMLElement>('[data-thread]')?.dataset.thread
  return touched && on.mayWrite && id ? { what: 'open', id } : undefined
}
