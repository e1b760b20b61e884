import type { Version } from '@cabildo/protocol/http/api'
import type { Template } from '@cabildo/schema/templates/template'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { ContentView } from './content-view.tsx'
import { Dress } from './rich-text.tsx'

interface DressedTextProps {
  /** With the mark `dressed` on words, see `rich-text.tsx`. */
  content: Version['content']
  template: Template
  label: string
  /** Says how the keyboard goes from stretch to stretch. */
  keys: string
  /** Draws words that carry the mark. An element with `data-stretch`, `role="button"` and `tabIndex` 0 (of one) or -1 can be pressed. */
  draw: (attrs: Readonly<Record<string, unknown>>, words: ReactNode) => ReactNode
  /** Hears which stretch was pressed, or entered; false when it is none. */
  onOpen: (stretch: number) => boolean
}

const words = '[data-stretch]'

/** A document to read, stretches of whose words are drawn a page's own way and pressed, or reached by the arrow keys and entered. */
export function DressedText({ content, template, label, keys, draw, onOpen }: DressedTextProps) {
  const keysId = useId()
  const box = useRef<HTMLElement>(null)

  const openAt = (target: EventTarget): boolean => {
    const element = target instanceof Element ? target.closest<HTMLElement>(words) : null
    if (!element || !onOpen(Number(element.dataset.stretch))) return false
    element.focus()
    return true
  }

  const moveByKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if ((event.key === 'Enter' || event.key === ' ') && openAt(event.target)) return event.preventDefault()
    const all = [...(box.current?.querySelectorAll<HTMLElement>(words) ?? [])]
    const at = all.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const next = nextPlace(event.key, at, all.length)
    if (next === undefined) return
    event.preventDefault()
    all[next]?.focus()
  }

  /** One stop for the tab key in the whole text: the stretch one was at last. */
  const keepStop = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches(words)) return
    for (const element of box.current?.querySelectorAll<HTMLElement>(`${words}[tabindex="0"]`) ?? [])
      element.tabIndex = -1
    event.target.tabIndex = 0
  }

  return (
    <Dress value={draw}>
      <p id={keysId} className="cb-hidden">
        {keys}
      </p>
      <section
        ref={box}
        aria-label={label}
        aria-describedby={keysId}
        onClick={(event) => openAt(event.target)}
        onKeyDown={moveByKey}
        onFocus={keepStop}
      >
        <ContentView content={content} template={template} under={1} />
      </section>
    </Dress>
  )
}

function nextPlace(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, at + 1)
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, at - 1)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}
