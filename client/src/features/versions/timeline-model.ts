import type { HistoryRun, VersionItem } from '@cabildo/protocol/http/api'
import type { AuthoredRun, WorkshopMark } from '@cabildo/protocol/http/authorship'

/** A stretch of the slider's track written by one person. `from` and `to` are shares of the track, 0 to 1. */
export interface Band {
  author: HistoryRun['author']
  from: number
  to: number
}

/** A place on the slider where versions were made. `at` is a share of the track; versions too near to tell apart share it. */
export interface Mark {
  at: number
  versions: VersionItem[]
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

/** A place on a document's timeline with a name: a version or a workshop. */
export type NamedMark =
  | { kind: 'version'; seq: number; version: VersionItem }
  | { kind: 'workshop'; seq: number; workshop: WorkshopMark }

/** What has a name on a timeline, in its order. Versions that nobody named are not among them. */
export function namedMarks(versions: readonly VersionItem[], workshops: readonly WorkshopMark[]): NamedMark[] {
  return [
    ...versions
      .filter(({ name }) => name !== null)
      .map((version): NamedMark => ({ kind: 'version', seq: version.seq, version })),
    ...workshops.map((workshop): NamedMark => ({ kind: 'workshop', seq: workshop.toSeq, workshop })),
  ].sort((a, b) => a.seq - b.seq)
}

/** The stop after (`1`) or before (`-1`) an entry, or the entry itself at the end of the road. Stops are ascending. */
export function step(stops: readonly number[], seq: number, direction: 1 | -1): number {
  const next = direction === 1 ? stops.find((stop) => stop > seq) : stops.findLast((stop) => stop < seq)
  return next ?? seq
}

/** The entries at which versions were made, ascending and once each, and the head. */
export function versionStops(versions: readonly VersionItem[], head: number): number[] {
  return [...new Set([...versions.map((version) => version.seq), head])].sort((a, b) => a - b)
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

/** Places versions on the track, ascending; those nearer to each other than `apart` of the track share a mark. */
export function marks(versions: readonly VersionItem[], head: number, apart = 1 / 50): Mark[] {
  const placed: Mark[] = []
  for (const version of versions.toSorted((a, b) => a.seq - b.seq || a.number - b.number)) {
    const at = share(version.seq, head)
    const last = placed.at(-1)
    if (last && at - last.at < apart) last.versions.push(version)
    else placed.push({ at, versions: [version] })
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

const strides: Readonly<Record<string, { by: 'run' | 'version'; direction: 1 | -1 } | undefined>> = {
  ArrowRight: { by: 'run', direction: 1 },
  ArrowUp: { by: 'run', direction: 1 },
  ArrowLeft: { by: 'run', direction: -1 },
  ArrowDown: { by: 'run', direction: -1 },
  PageUp: { by: 'version', direction: 1 },
  PageDown: { by: 'version', direction: -1 },
}

/** How far a key moves the slider; undefined for keys that are the browser's (Home and End go to the ends). */
export const keyStride = (key: string) => strides[key]
