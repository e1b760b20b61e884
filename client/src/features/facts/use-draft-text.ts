import { useCallback, useEffect, useRef, useState } from 'react'

/** A text is sent when the writer pauses this long. Milliseconds. */
const pauseMs = 800

/**
 * A text control bound to a shared value. While somebody writes, the control shows what they write and hands it to
 * `save` at each pause; when they leave the control, or it leaves the page, at once. While nobody writes it shows what
 * the others made of it: the last writer wins.
 */
export function useDraftText(shared: string, save: (text: string) => void) {
  const [draft, setDraft] = useState<string>()
  const unsaved = useRef<string>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latestSave = useRef(save)
  latestSave.current = save

  const flush = useCallback(() => {
    clearTimeout(timer.current)
    const text = unsaved.current
    unsaved.current = undefined
    if (text !== undefined) latestSave.current(text)
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
    text: draft ?? shared,
    write: (text: string) => {
      setDraft(text)
      unsaved.current = text
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, pauseMs)
    },
    /** The writer left: sends what is left, then shows what is shared. Keeps what could not be stored. */
    leave: (stored: boolean) => {
      flush()
      if (stored) setDraft(undefined)
    },
  }
}
