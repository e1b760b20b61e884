import { useEffect, useState } from 'react'
import { clockWords, dayWords, momentWords, whenWords, wordsHoldFor } from '../lib/dates.ts'
import { useLanguage } from '../lib/language.ts'

interface TimeProps {
  /** RFC 3339. */
  value: string
  /** `when`: as people say it, kept true while it stands; `day`, `clock`, `moment`: fixed. */
  as?: 'when' | 'day' | 'clock' | 'moment'
}

/** A time in words of the reader's language: `hace 5 minutos`, `hoy, 3:04 p. m.`, `28 de marzo de 2024`. */
export function Time({ value, as = 'when' }: TimeProps) {
  const language = useLanguage()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const hold = as === 'when' ? wordsHoldFor(value, now) : undefined
    if (hold === undefined) return
    const timer = setTimeout(() => setNow(new Date()), hold)
    return () => clearTimeout(timer)
  }, [as, value, now])

  const words = {
    when: () => whenWords(value, now, language),
    day: () => dayWords(value, language),
    clock: () => clockWords(value, language),
    moment: () => momentWords(value, language),
  }[as]
  return (
    <time dateTime={value} title={momentWords(value, language)}>
      {words()}
    </time>
  )
}
