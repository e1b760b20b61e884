import type { HistoryRun, VersionItem } from '@cabildo/protocol/http/api'
import type { AuthoredRun, TimelineMark } from '@cabildo/protocol/http/authorship'

/** A stretch of the slider's track written by one person. `from` and `to` are shares of the track, 0 to 1. */
export interface Band {
  author: HistoryRun['author']
  from: number
  to: number
}

/** A place on the slider that things share which are too near to tell apart. `at` is a share of the track. */
export interface Place<Item> {
  at: number
  items: Item[]
}

/** Where an entry of the log stands on a track that ends at `head`, 0 to 1. */
export function share(seq: number, head: number): number {
  return head <= 0 ? 1 : Math.min(1, Math.max(0, seq / head))
}

/** The last run that began at or before an entry: who wrote it. Runs are in order and do not overlap. */
export function runAt(runs: readonly HistoryRun[], seq: number): HistoryRun | undefined {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((runs[middle]?.fromSeq ?? Number.POSITIVE_INFINITY) <= seq) low = middle + 1
    else high = middle
  }
  return runs[low - 1]
}

/**
 * The entries at which the slider stops when one steps through it: the end of every run, and the head. As long as the
 * runs of a stretch are not known yet, the head alone stands for them.
 */
export function runStops(runs: readonly HistoryRun[], head: number): number[] {
  const stops = runs.map((run) => run.toSeq).filter((seq) => seq < head)
  stops.push(head)
  return stops
}

/** The runs in which words of one field came that stand now. A run that only took words away is not among them. */
export function runsOfField(runs: readonly HistoryRun[], field: readonly AuthoredRun[]): HistoryRun[] {
  const found = new Set<HistoryRun>()
  for (const { seq } of field) {
    const run = seq === null ? undefined : runAt(runs, seq)
    if (run) found.add(run)
  }
  return runs.filter((run) => found.has(run))
}

/** What has a name at an entry of the log: it was made there, or went on then. */
export function marksAt(marks: readonly TimelineMark[], seq: number): TimelineMark[] {
  return marks.filter(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq)
}

/** Tells marks apart: a consultation by its number, the others by what they are of. */
export function markKey(mark: TimelineMark): string {
  return mark.kind === 'consultation' ? `${mark.of} ${mark.number}` : `${mark.kind} ${mark.id}`
}

/** The stop after (`1`) or before (`-1`) an entry, or the entry itself at the end of the road. Stops are ascending. */
export function step(stops: readonly number[], seq: number, direction: 1 | -1): number {
  const next = direction === 1 ? stops.find((stop) => stop > seq) : stops.findLast((stop) => stop < seq)
  return next ?? seq
}

/** The entries at which versions were made or a mark ends, ascending and once each, and the head. */
export function markStops(versions: readonly VersionItem[], marks: readonly TimelineMark[], head: number): number[] {
  const stops = [...versions.map(({ seq }) => seq), ...marks.map(({ toSeq }) => toSeq), head]
  return [...new Set(stops)].sort((a, b) => a - b)
}

/**
 * Draws runs as bands: neighbours by one author are one band, and a band thinner than `least` of the track is drawn as
 * part of the thicker of the two it stands between, so that ten thousand runs stay a picture and not ten thousand
 * elements. The bands cover the runs without gap or overlap.
 */
export function bands(runs: readonly HistoryRun[], head: number, least = 1 / 200): Band[] {
  const drawn: Band[] = []
  for (const run of runs) {
    const to = share(run.toSeq, head)
    const from = drawn.at(-1)?.to ?? share(run.fromSeq - 1, head)
    const last = drawn.at(-1)
    const start = share(run.fromSeq - 1, head)
    // Where only some runs are drawn, what lies between them stays empty.
    if (!last || start - last.to >= least) drawn.push({ author: run.author, from: last ? start : from, to })
    else if (last.author.id === run.author.id) last.to = to
    else if (last.to - last.from >= least) drawn.push({ author: run.author, from, to })
    else {
      // The band before is too thin to see: the wider of the two names them both.
      if (to - from > last.to - last.from) last.author = run.author
      last.to = to
      const before = drawn.at(-2)
      if (before?.author.id === last.author.id) {
        before.to = last.to
        drawn.pop()
      }
    }
  }
  const last = drawn.at(-1)
  const before = drawn.at(-2)
  if (last && before && last.to - last.from < least) {
    before.to = last.to
    drawn.pop()
  }
  return drawn
}

/** Places things on the track, in their order; those nearer to each other than `apart` of the track share a place. */
export function places<Item>(
  items: readonly Item[],
  seqOf: (item: Item) => number,
  head: number,
  apart = 1 / 50,
): Place<Item>[] {
  const placed: Place<Item>[] = []
  for (const item of items.toSorted((a, b) => seqOf(a) - seqOf(b))) {
    const at = share(seqOf(item), head)
    const last = placed.at(-1)
    if (last && at - last.at < apart) last.items.push(item)
    else placed.push({ at, items: [item] })
  }
  return placed
}

/** Everybody who wrote in these runs with the number of their entries, the busiest first. */
export function writers(runs: readonly HistoryRun[]): { author: HistoryRun['author']; entries: number }[] {
  const byId = new Map<string, { author: HistoryRun['author']; entries: number }>()
  for (const run of runs) {
    const known = byId.get(run.author.id)
    if (known) known.entries += run.toSeq - run.fromSeq + 1
    else byId.set(run.author.id, { author: run.author, entries: run.toSeq - run.fromSeq + 1 })
  }
  return [...byId.values()].sort((a, b) => b.entries - a.entries)
}

const strides: Readonly<Record<string, { by: 'run' | 'mark'; direction: 1 | -1 } | undefined>> = {
  ArrowRight: { by: 'run', direction: 1 },
  ArrowUp: { by: 'run', direction: 1 },
  ArrowLeft: { by: 'run', direction: -1 },
  ArrowDown: { by: 'run', direction: -1 },
  PageUp: { by: 'mark', direction: 1 },
  PageDown: { by: 'mark', direction: -1 },
}

/** How far a key moves the slider; undefined for keys that are the browser's (Home and End go to the ends). */
export const keyStride = (key: string) => strides[key]
