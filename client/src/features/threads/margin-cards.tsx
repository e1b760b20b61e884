import type { Thread } from '@cabildo/protocol/http/threads'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createAtRest } from '../../lib/at-rest.ts'
import { planLanguage } from '../../lib/language.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { KindMark } from './kinds.tsx'
import classes from './margin-cards.module.css'
import { type Placed, stacked } from './margin-places.ts'
import { plainBody } from './model.ts'

interface MarginCardsProps {
  /** In any order. */
  threads: readonly Thread[]
  onOpen: (number: number) => void
}

/**
 * On a wide desk the open threads beside the words they are on, in the margin that the text leaves free. Only those near
 * what is in sight are drawn: of hundreds, a few.
 */
export function MarginCards({ threads, onOpen }: MarginCardsProps) {
  const { t } = useTranslation('threads')
  const nameOf = usePersonWords()
  const isWide = useMediaQuery('(min-width: 80em)', undefined, { getInitialValueInEffect: false })
  const margin = useRef<HTMLElement>(null)
  const places = usePlaces(margin, threads, isWide)
  if (!isWide) return null
  return (
    <aside ref={margin} className={classes.margin} aria-label={t('margin')}>
      {places.map(({ id, top, width, height }) => {
        const thread = threads.find((one) => one.id === id)
        const [first] = thread?.comments ?? []
        if (!thread || !first) return null
        return (
          <button
            key={id}
            type="button"
            className={classes.card}
            style={{ top, width, height }}
            onClick={() => onOpen(thread.number)}
          >
            <span className={classes.kind}>
              <KindMark kind={thread.kind} />
              {thread.comments.length > 1 && (
                <span className={classes.more}>{t('replies', { count: thread.comments.length - 1 })}</span>
              )}
            </span>
            <span className={classes.words}>
              <strong>{nameOf(first.author)}: </strong>
              {first.removedAt ? t('removed') : <span lang={planLanguage}>{plainBody(first, nameOf)}</span>}
            </span>
          </button>
        )
      })}
    </aside>
  )
}

/** The least time between two looks at where words stand. Milliseconds. */
const calm = 150
/**
 * While letters are typed it is looked once they rest, and not at every one: each look costs a cheap phone a picture. Until
 * then a card may stand a line beside its words, where a line breaks elsewhere and the page does not grow. Milliseconds.
 */
const typing = { calm: 300, atLast: 2000 }
/** How far beyond what is in sight cards are drawn. CSS pixels. */
const beyond = 600

/** Where cards stand: looked at anew when the text, its width or the window moves. */
function usePlaces(
  margin: React.RefObject<HTMLElement | null>,
  threads: readonly Thread[],
  isWide: boolean | undefined,
): readonly Placed[] {
  const [places, setPlaces] = useState<readonly Placed[]>([])
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isWide || threads.length === 0) return setPlaces([])
    let timer: ReturnType<typeof setTimeout> | undefined
    let due = Number.POSITIVE_INFINITY
    const look = () => {
      due = Number.POSITIVE_INFINITY
      typed.cancel()
      const next = placesNow(margin.current, new Set(threads.map(({ id }) => id)))
      setPlaces((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    const within = (wait: number) => {
      const at = performance.now() + wait
      if (at >= due) return
      clearTimeout(timer)
      due = at
      timer = setTimeout(look, wait)
    }
    const later = () => within(calm)
    const typed = createAtRest(() => within(0), typing)
    // What is typed, drawn or opened beside moves words, with or without making the page larger.
    const page = margin.current?.parentElement
    const changed = new MutationObserver((changes) => {
      if (changes.some(({ type }) => type === 'childList')) later()
      else typed.ask()
    })
    const resized = new ResizeObserver(later)
    if (page) {
      changed.observe(page, { subtree: true, childList: true, characterData: true })
      resized.observe(page)
    }
    window.addEventListener('scroll', later, { passive: true })
    window.addEventListener('resize', later)
    within(isFirst.current ? 0 : calm)
    isFirst.current = false
    return () => {
      clearTimeout(timer)
      typed.cancel()
      resized.disconnect()
      changed.disconnect()
      window.removeEventListener('scroll', later)
      window.removeEventListener('resize', later)
    }
  }, [margin, threads, isWide])
  return places
}

/** Whether something is in sight, or nearly. */
const isNear = ({ top, bottom }: DOMRect) => bottom >= -beyond && top <= window.innerHeight + beyond

/** Room for who says it and two lines, as large as the reader's letters are. Rem. */
const cardHeight = 6.5
/** Narrower ones could not be read. CSS pixels. */
const narrowest = 176

function placesNow(margin: HTMLElement | null, wanted: ReadonlySet<string>): Placed[] {
  const edge = margin?.getBoundingClientRect()
  if (!edge || margin?.parentElement?.querySelector('dialog[open]')) return []
  const firsts = new Map<string, number>()
  let right = 0
  for (const text of margin?.parentElement?.querySelectorAll<HTMLElement>('.ProseMirror') ?? []) {
    if (!isNear(text.getBoundingClientRect())) continue
    right ||= text.parentElement?.getBoundingClientRect().right ?? 0
    for (const block of text.children) {
      if (!isNear(block.getBoundingClientRect())) continue
      for (const mark of block.querySelectorAll<HTMLElement>('[data-thread]')) {
        const id = mark.dataset.thread ?? ''
        if (!wanted.has(id) || firsts.has(id)) continue
        const place = mark.getBoundingClientRect()
        if (isNear(place)) firsts.set(id, place.top - edge.top)
      }
    }
  }
  const width = Math.min(320, edge.left - right - 32)
  if (width < narrowest) return []
  // Where many words close together have threads, their cards go on far below them.
  const sight = { from: -beyond - edge.top, to: window.innerHeight + beyond - edge.top }
  const height = cardHeight * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return stacked(firsts, { width, height }).filter(({ top }) => top + height >= sight.from && top <= sight.to)
}
