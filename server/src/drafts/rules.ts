/**
 * What a draft is. Its author wrote over some state of the document that may be gone by the time the bytes arrive: a
 * paragraph they typed into was deleted, and in Yjs every word that comes for it later is deleted with it. So a draft
 * keeps the author's bytes and a place in the log to lay them on: the newest state on which all of them show.
 */
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import * as Y from 'yjs'
import { inspectUpdate, type Ownership } from '../rooms/core/gate.ts'

/** Bounds of the room that also bind drafts. */
export type DraftLimits = Pick<RoomLimits, 'updateClocks' | 'updateStructs' | 'depth'>

/**
 * What the room's gate says of bytes over one state. `early`: they refer to something that is not there. `fits`:
 * `update` is what the state lacks, with all deletions of the author; it may be laid on that state.
 */
export type Judgement =
  | { kind: 'refused'; reason: 'malformed' | 'foreign_client' | 'too_large' | 'content_not_allowed' }
  | { kind: 'early' }
  | { kind: 'fits'; update: Uint8Array; changes: boolean }

/** Judges bytes over `doc`, which stays as it is. Never throws, whatever the bytes. */
export function judge(
  doc: Y.Doc,
  bytes: Uint8Array,
  owns: (client: number) => Ownership,
  limits: DraftLimits,
): Judgement {
  const verdict = inspectUpdate(doc, bytes, owns, limits)
  if (verdict.ok) return { kind: 'fits', update: verdict.update, changes: verdict.changes }
  return verdict.reason === 'out_of_sync' ? { kind: 'early' } : { kind: 'refused', reason: verdict.reason }
}

/**
 * Lays a judged update on `doc` and tells whether all of it shows there: false when some content is deleted in `doc`
 * although its author did not delete it.
 */
export function lay(doc: Y.Doc, update: Uint8Array): boolean {
  Y.applyUpdate(doc, update)
  const { structs, ds } = Y.decodeUpdate(update)
  // Bytes may name their deletions in any order; looking one up needs them sorted.
  const ownDeletions = Y.mergeDeleteSets([ds])
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || !carriesWords(struct.content)) continue
    const { client, clock } = struct.id
    for (let at = clock; at < clock + struct.length; at++) {
      const id = Y.createID(client, at)
      if (!Y.isDeleted(ownDeletions, id) && Y.getItem(doc.store, id).deleted) return false
    }
  }
  return true
}

/** Formatting that has become idle Yjs drops by itself: nothing is lost with it. */
function carriesWords(content: Y.Item['content']): boolean {
  return !(content instanceof Y.ContentDeleted) && !(content instanceof Y.ContentFormat)
}

/** Adds rows of the log to `doc` as far as they fit without the rows between them; the others are left out. */
export function addWhatFits(doc: Y.Doc, rows: Iterable<Uint8Array>, limits: DraftLimits): void {
  for (const row of rows) {
    const judgement = judge(doc, row, () => 'mine', limits)
    if (judgement.kind === 'fits' && judgement.changes) Y.applyUpdate(doc, judgement.update)
  }
}

/** The clients of whom `bytes` hold something that `doc` lacks. Undefined when the bytes do not decode. */
export function clientsWithNews(doc: Y.Doc, bytes: Uint8Array): number[] | undefined {
  try {
    const ends = [...Y.parseUpdateMeta(bytes).to]
    return ends.filter(([client, end]) => end > Y.getState(doc.store, client)).map(([client]) => client)
  } catch {
    return undefined
  }
}

/**
 * The newest seq below `hidden` on which a draft shows whole, by bisection: what is hidden stays hidden later, and
 * what is too early is early before. Where no seq shows it whole, the first on which it can be laid at all.
 */
export async function newestShowing(
  hidden: number,
  look: (seq: number) => Promise<'early' | 'shown' | 'hidden'>,
): Promise<number> {
  let low = 0
  let high = hidden
  let shows = false
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const seen = await look(middle)
    if (seen === 'hidden') {
      high = middle
    } else {
      low = middle
      shows = seen === 'shown'
    }
  }
  return shows ? low : high
}

/** Whether everything in `inner` is also in `outer`: every piece of content, and every deletion. */
export function holds(outer: Uint8Array, inner: Uint8Array): boolean {
  const has = Y.parseUpdateMeta(outer)
  const wants = Y.parseUpdateMeta(inner)
  for (const [client, end] of wants.to) {
    if ((has.to.get(client) ?? -1) < end) return false
    if ((has.from.get(client) ?? 0) > (wants.from.get(client) ?? 0)) return false
  }
  const deleted = Y.mergeDeleteSets([Y.decodeUpdate(outer).ds])
  for (const [client, ranges] of Y.decodeUpdate(inner).ds.clients) {
    for (const { clock, len } of ranges) {
      const held = deleted.clients
        .get(client)
        ?.some((range) => range.clock <= clock && clock + len <= range.clock + range.len)
      if (!held) return false
    }
  }
  return true
}
