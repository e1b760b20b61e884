import { useCallback, useEffect, useRef, useState } from 'react'

/** A text is sent when the writer pauses this long. Milliseconds. */
const pauseMs = 800

interface DraftText {
  /** The shared text. */
  shared: string
  /** How a written text will read once it is stored; undefined when it cannot be. */
  stored: (text: string) => string | undefined
  save: (text: string) => void
}

/**
 * A text control bound to a shared value. While somebody writes, the control shows what they write, spaces and all, and
 * hands it to `save` at each pause; when they leave the control, or it leaves the page, at once. When nothing waits to
 * be sent it shows what the others made of it: the last writer wins. What cannot be stored stays with its writer.
 */
export function useDraftText({ shared, stored, save }: DraftText) {
  const [draft, setDraft] = useState<{ text: string; waits: boolean }>()
  const waiting = useRef<string>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latestSave = useRef(save)
  latestSave.current = save

  const flush = useCallback(() => {
    clearTimeout(timer.current)
    const text = waiting.current
    waiting.current = undefined
    if (text === undefined) return
    latestSave.current(text)
    setDraft({ text, waits: false })
  }, [])

  useEffect(() => {
    // A phone may end a page that is out of sight without a further word.
    const hidden = () => document.visibilityState === 'hidden' && flush()
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      flush()
    }
  }, [flush])

  return {
    text: draft && (draft.waits || isStill(draft.text, shared, stored)) ? draft.text : shared,
    write: (text: string) => {
      setDraft({ text, waits: true })
      waiting.current = text
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, pauseMs)
    },
    /** The writer left: sends what is left, then shows what is shared. Keeps what could not be stored. */
    leave: () => {
      flush()
      setDraft((now) => (now && stored(now.text) === undefined ? now : undefined))
    },
  }
}

/** Whether a text that was sent is still what is shared, or could not be stored at all. */
function isStill(text: string, shared: string, stored: DraftText['stored']): boolean {
  const now = stored(text)
  return now === undefined || now === shared
}
