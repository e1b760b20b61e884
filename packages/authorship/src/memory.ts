import { Gone } from './gone.ts'
import { createHaystack, type Haystack } from './haystack.ts'
import { addSpan, joinWords, type Words } from './words.ts'

/** So many units of deleted text can be found again. Part of the algorithm. */
const window = 1 << 19
/** Deletions that follow each other in one place are one text up to this length. Part of the algorithm. */
const longestRun = 4096
/** So many values that were replaced can be found again. Part of the algorithm. */
const mostValues = 4096

/** The text that was deleted last, while what is deleted next to it by the same person still joins it. */
export interface LastRun {
  words: Words
  /** What goes into the haystack: `words`, with what stands beside it when that could have been deleted as well. */
  slid: Words | null
  by: number
  /** The ids of its first and last unit where they stood. */
  firstClient: number
  firstClock: number
  lastClient: number
  lastClock: number
  /** Whether it is in the haystack already; then nothing joins it any more. */
  kept: boolean
}

/** A value that was replaced or deleted. */
export interface LostValue {
  client: number
  clock: number
  by: number
}

/** What was deleted lately: what pasting, undoing and restoring bring back is looked for here. */
export interface Memory {
  lost: Haystack
  last: LastRun | null
  /** The same text where it stood, as far as it is known again by its place. */
  gone: Gone
  /** By the place and the value, oldest first. */
  values: Map<string, LostValue>
}

/** Nothing was deleted yet. */
export function createMemory(): Memory {
  return { lost: createHaystack(window, 14), last: null, gone: new Gone(), values: new Map() }
}

/** Puts what was deleted last among what can be searched. */
export function keepLast(memory: Memory): void {
  const { last } = memory
  if (!last || last.kept) return
  memory.lost.add(last.slid ?? last.words, last.by, last.words.text.length)
  last.kept = true
}

/** A deleted run: its words, and the ids of its first and last unit. */
export type LostRun = Pick<LastRun, 'words' | 'slid' | 'firstClient' | 'firstClock' | 'lastClient' | 'lastClock'>

/** Takes in a run that somebody deleted. `joins`: it stood right before or after what they deleted last. */
export function loseRun(memory: Memory, run: LostRun, by: number, joins: 'before' | 'after' | null): void {
  const { last } = memory
  if (!last || last.kept || joins === null || last.words.text.length + run.words.text.length > longestRun) {
    keepLast(memory)
    memory.last = { ...run, by, kept: false }
    return
  }
  last.slid = null
  if (joins === 'before') {
    prepend(last.words, run.words)
    last.firstClient = run.firstClient
    last.firstClock = run.firstClock
  } else {
    last.words.text += run.words.text
    for (const span of run.words.spans) addSpan(last.words.spans, span)
    last.lastClient = run.lastClient
    last.lastClock = run.lastClock
  }
}

/** Backspace deletes backwards, one unit after another: the first span grows. */
function prepend(words: Words, { text, spans }: Words): void {
  const [first] = words.spans
  const [only] = spans
  if (first && only && spans.length === 1 && only.client === first.client && only.clock + only.length === first.clock) {
    words.text = text + words.text
    first.clock = only.clock
    first.length += only.length
  } else Object.assign(words, joinWords({ text, spans }, words))
}

/** Takes in a value that was replaced or deleted. */
export function loseValue({ values }: Memory, key: string, value: LostValue): void {
  values.delete(key)
  values.set(key, value)
  if (values.size <= mostValues) return
  const [oldest] = values.keys()
  if (oldest !== undefined) values.delete(oldest)
}
