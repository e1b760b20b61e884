import { type RefObject, useEffect, useRef } from 'react'
import { isFocusLost } from './is-focus-lost.ts'

/**
 * What the reader pressed may be gone once it is done, and the focus with it. Answers where reading goes on then: a ref for an
 * element that can have the focus. `state`: what changes by what was done; `own`: whether the reader did it, since nobody
 * is led anywhere by what others do.
 */
export function useLedOn<Place extends HTMLElement>(state: unknown, own: boolean): RefObject<Place | null> {
  const place = useRef<Place>(null)
  const was = useRef(state)
  useEffect(() => {
    if (was.current === state) return
    was.current = state
    if (own && isFocusLost()) place.current?.focus()
  }, [state, own])
  return place
}
