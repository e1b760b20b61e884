import type { AlikeInput } from '@cabildo/protocol/http/inputs'
import { useEffect, useState } from 'react'
import { findAlike } from './api.ts'
import { alikeRows, type Row } from './entry.ts'

/** How long somebody pauses before what they wrote is compared. Milliseconds. */
const pause = 600
/** Most texts that are asked about at once. */
const mostAsked = 50

/** What was answered while so many were stored. */
interface Answers {
  stored: number
  known: ReadonlyMap<string, AlikeInput[]>
}
const none: Answers['known'] = new Map()

/**
 * What the plan has that says much the same, by the words it was asked for: each text is asked about once, and again when
 * more were `stored`, since those may be what says the same.
 */
export function useAlike(slug: string, rows: readonly Row[], stored: number): ReadonlyMap<string, AlikeInput[]> {
  const [answers, setAnswers] = useState<Answers>({ stored, known: new Map() })
  const known = answers.stored === stored ? answers.known : none
  useEffect(() => {
    const texts = [...new Set(rows.map(({ words }) => words.trim()))]
    const asked = texts.filter((text) => text !== '' && !known.has(text)).slice(0, mostAsked)
    if (asked.length === 0) return
    let gone = false
    const timer = setTimeout(() => {
      findAlike(slug, asked).then(
        (found) => {
          if (gone) return
          const more = asked.map((text, at) => [text, found[at]?.alike ?? []] as const)
          setAnswers({ stored, known: new Map([...known, ...more]) })
        },
        // A hint alone: without a network there is none, and the next word asks again.
        () => undefined,
      )
    }, pause)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [slug, rows, known, stored])
  return known
}

/** Which row above says much the same as each, as of the last pause in writing: comparing all costs too much for each letter. */
export function useAlikeRows(rows: readonly Row[]): ReadonlyMap<string, number> {
  const [alike, setAlike] = useState<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    const timer = setTimeout(() => setAlike(alikeRows(rows)), pause)
    return () => clearTimeout(timer)
  }, [rows])
  return alike
}
