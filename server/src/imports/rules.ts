import type { JsonNode } from '@cabildo/schema/content'

/** How long reading one file may take, in milliseconds, and how much memory of JavaScript's it gets, in megabytes. */
export const readingLimits = { time: 9000, memory: 192 } as const

/** How many files are read at once; one of each account. */
export const mostAtOnce = 2

/** Bounds on a DOCX as an archive. The ratio holds for what is larger than a megabyte unpacked. */
export const archiveLimits = { entries: 300, unpacked: 40 << 20, ratio: 100 } as const

/** The most letters and nodes of one file, and of what is written at once; and the deepest nesting of nodes. */
export const textLimits = { letters: 100_000, nodes: 10_000, depth: 24 } as const

/** Why a file was not read: no text of ours to read, damaged, more inside than it may, or longer than a text here is. */
export type Unreadable = 'type' | 'broken' | 'bomb' | 'long'

/** What stood under one heading of a file. */
export interface ImportedPart {
  heading: string | null
  target: string | null
  /** A `doc` as a rich field may hold it. */
  content: JsonNode
}

/** A file as it was read. */
export interface ReadFile {
  kind: 'docx' | 'markdown'
  parts: ImportedPart[]
  pictures: number
}

/** Whether JSON of any origin is no deeper, no longer and of no more nodes than a text that is written at once. */
export function isWithinBounds(content: unknown): boolean {
  let letters = 0
  let nodes = 0
  let level: object[] = isObject(content) ? [content] : []
  // A node and its list of children are two steps of JSON.
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > textLimits.depth * 2) return false
    const next: object[] = []
    for (const one of level) {
      if ('type' in one) nodes += 1
      if ('text' in one && typeof one.text === 'string') letters += one.text.length
      if (nodes > textLimits.nodes || letters > textLimits.letters) return false
      for (const inner of Object.values(one)) if (isObject(inner)) next.push(inner)
    }
    level = next
  }
  return true
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
