import type { Version } from '@cabildo/protocol/http/api'
import type { Authorship } from '@cabildo/protocol/http/authorship'
import type { JsonNode } from '@cabildo/schema/content'
import type { Template } from '@cabildo/schema/templates/template'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ContentView } from '../../reading/content-view.tsx'
import { Dress } from '../../reading/rich-text.tsx'
import classes from './authored-text.module.css'
import { authoredFields, type GroupMark, type Stretch } from './model.ts'

interface AuthoredTextProps {
  content: Version['content']
  fields: Authorship['fields']
  marks: ReadonlyMap<string, GroupMark>
  template: Template
  onOpen: (stretch: Stretch) => void
}

const words = '[data-stretch]'

/**
 * A document to read with every stretch of its words in the hue, pattern and code of the group it was written for. A
 * stretch is pressed, or reached by the arrow keys and entered, to be told who wrote it.
 */
export function AuthoredText({ content, fields, marks, template, onOpen }: AuthoredTextProps) {
  const { t } = useTranslation('authorship')
  const keysId = useId()
  const box = useRef<HTMLElement>(null)
  const dressed = useMemo(
    () => authoredFields(content.fields as Readonly<Record<string, JsonNode>>, fields),
    [content, fields],
  )
  const shown = useMemo(() => ({ ...content, fields: dressed.fields as typeof content.fields }), [content, dressed])

  const draw = useMemo(
    () =>
      (attrs: Readonly<Record<string, unknown>>, text: ReactNode): ReactNode => {
        const at = Number(attrs.at)
        const stretch = dressed.stretches[at]
        if (!stretch) return text
        const mark = stretch.groupId === null ? undefined : marks.get(stretch.groupId)
        const name = mark?.name ?? t('noGroup')
        return (
          // An inline box that goes on over lines: a button element would be a block of its own.
          // biome-ignore lint/a11y/useSemanticElements: see above
          <span
            role="button"
            className={classes.words}
            data-stretch={at}
            data-sector={mark?.sector ?? 'none'}
            data-line={mark?.line ?? 'thin'}
            data-turn={mark?.turn ?? 0}
            data-code={stretch.begins ? (mark?.code ?? '–') : undefined}
            tabIndex={at === 0 ? 0 : -1}
            aria-label={t('told', { group: name, text: stretch.text })}
          >
            {text}
          </span>
        )
      },
    [dressed, marks, t],
  )

  const openAt = (target: EventTarget): boolean => {
    const element = target instanceof Element ? target.closest<HTMLElement>(words) : null
    const stretch = element && dressed.stretches[Number(element.dataset.stretch)]
    if (!stretch) return false
    element.focus()
    onOpen(stretch)
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
        {t('keys')}
      </p>
      <section
        ref={box}
        aria-label={t('text')}
        aria-describedby={keysId}
        onClick={(event) => openAt(event.target)}
        onKeyDown={moveByKey}
        onFocus={keepStop}
      >
        <ContentView content={shown} template={template} under={1} />
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
