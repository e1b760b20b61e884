/**
 * Who wrote a long document: from all rows of its log, from a kept state, and after one more edit. Beside it, in the same
 * run and over the same rows, what Yjs takes to replay them, which says who wrote nothing.
 */
import { createAuthorship, decodeAuthorship } from '@cabildo/authorship/authorship'
import * as Y from 'yjs'
import { median } from '../harness/histogram.ts'
import { readPaperRows } from '../harness/paper.ts'

export interface AuthorshipOptions {
  repetitions: number
  /** How many edits of the paper. */
  edits: number
}

/** Milliseconds, each repetition; sizes in bytes. */
export interface AuthorshipOutcome {
  rows: number
  characters: number
  runs: number
  /** All rows into an authorship, and its view. */
  cold: number[]
  /** A kept state, and its view. */
  kept: number[]
  /** One more row after either, and the view again. */
  oneMore: number[]
  /** All rows into a Y.Doc, one by one and in one transaction. */
  yjs: number[]
  yjsAtOnce: number[]
  /** An encoded Y.Doc into a new one. */
  yjsKept: number[]
  stateBytes: number
  yjsBytes: number
}

/** Runs everything once after another, `repetitions` times. */
export function runAuthorship({ repetitions, edits }: AuthorshipOptions): AuthorshipOutcome {
  const rows = readPaperRows(edits)
  const last = rows.pop()
  if (!last) throw new Error('the paper has no edits')
  const took = { cold: [], kept: [], oneMore: [], yjs: [], yjsAtOnce: [], yjsKept: [] } as Record<
    'cold' | 'kept' | 'oneMore' | 'yjs' | 'yjsAtOnce' | 'yjsKept',
    number[]
  >
  const timed = <T>(into: number[], run: () => T): T => {
    const begun = performance.now()
    const result = run()
    into.push(performance.now() - begun)
    return result
  }
  const sizes = { characters: 0, runs: 0, stateBytes: 0, yjsBytes: 0 }
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const doc = timed(took.yjs, () => replay(rows))
    timed(took.yjsAtOnce, () => replayAtOnce(rows)).destroy()
    const state = Y.encodeStateAsUpdate(doc)
    timed(took.yjsKept, () => replay([state])).destroy()
    doc.destroy()

    const authorship = timed(took.cold, () => {
      const made = createAuthorship()
      for (const [index, bytes] of rows.entries()) made.apply({ seq: index + 1, author: 'paper', via: 'edit', bytes })
      made.view()
      return made
    })
    const bytes = authorship.encode()
    const continued = timed(took.kept, () => {
      const made = decodeAuthorship(bytes)
      if (!made) throw new Error('a state did not survive its bytes')
      made.view()
      return made
    })
    const view = timed(took.oneMore, () => {
      continued.apply({ seq: rows.length + 1, author: 'paper', via: 'edit', bytes: last })
      return continued.view()
    })
    const { runs = [], people } = view.fields.problem ?? {}
    sizes.characters = people?.get('paper')?.written ?? 0
    Object.assign(sizes, { runs: runs.length, stateBytes: bytes.length, yjsBytes: state.length })
  }
  return { rows: rows.length, ...took, ...sizes }
}

function replay(rows: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const bytes of rows) Y.applyUpdate(doc, bytes)
  return doc
}

function replayAtOnce(rows: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const bytes of rows) Y.applyUpdate(doc, bytes)
  })
  return doc
}

/** The outcome as a table of Markdown. */
export function renderAuthorship(outcome: AuthorshipOutcome): string {
  const line = (what: string, ours: readonly number[], peer?: readonly number[]): string => {
    const [own, other] = [median(ours), peer && median(peer)]
    const ratio = other === undefined ? '' : (own / other).toFixed(2)
    return `| ${what} | ${own.toFixed(own < 100 ? 1 : 0)} | ${other?.toFixed(other < 100 ? 1 : 0) ?? ''} | ${ratio} |`
  }
  const { rows, characters, runs, stateBytes, yjsBytes } = outcome
  return [
    `| ${rows.toLocaleString('en')} rows, ${characters.toLocaleString('en')} characters, ${runs.toLocaleString('en')} runs; ms | authorship | Yjs alone | ratio |`,
    '| --- | ---: | ---: | ---: |',
    line('from all rows; Yjs one by one', outcome.cold, outcome.yjs),
    line('the same; Yjs in one transaction', outcome.cold, outcome.yjsAtOnce),
    line('from a kept state', outcome.kept, outcome.yjsKept),
    line('one more row, and the view again', outcome.oneMore),
    `| size of the kept state, kB | ${Math.round(stateBytes / 1000)} | ${Math.round(yjsBytes / 1000)} | ${(stateBytes / yjsBytes).toFixed(2)} |`,
  ].join('\n')
}
