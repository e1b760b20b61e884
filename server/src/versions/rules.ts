import type { VersionKind } from '@cabildo/protocol/http/api'

/** A version as far as rules need to know it. */
export interface Landmark {
  id: string
  number: number
  seq: number
  contentHash: string
}

/**
 * Whether the document is worth an automatic version: only after its content became another. `latest` is the newest
 * version; before there is one, `seedHash` says how the document began.
 */
export function hasChanged(
  latest: Pick<Landmark, 'contentHash'> | undefined,
  seedHash: string | undefined,
  now: string,
): boolean {
  return now !== (latest?.contentHash ?? seedHash)
}

/** What stands before a restore is kept first when rows came since the newest version. */
export function needsKeeping(latest: Pick<Landmark, 'seq'> | undefined, headSeq: number): boolean {
  return headSeq > (latest?.seq ?? 0)
}

/** One side of a comparison. `nothing` is the side before the first version. */
export type Side = { kind: 'version'; id: string } | { kind: 'before'; id: string } | { kind: 'head' }

/**
 * What is compared with what. A comparison tells what happened from one side to the other: from `wanted` to the
 * version asked about, whichever is older, so that the caller chooses; but the document as it stands is always where a
 * comparison ends, and `previous` is the version numbered one less, or nothing before the first.
 */
export function sidesOf(versionId: string, wanted: string | undefined): { from: Side; to: Side } {
  const asked: Side = { kind: 'version', id: versionId }
  if (wanted === undefined || wanted === 'head') return { from: asked, to: { kind: 'head' } }
  if (wanted === 'previous') return { from: { kind: 'before', id: versionId }, to: asked }
  return { from: { kind: 'version', id: wanted }, to: asked }
}

/** Only a named version has a name, only a restored one a source. */
export type Making =
  | { kind: 'named'; name: string; note: string | null; createdBy: string }
  | { kind: 'automatic' }
  | { kind: 'before_restore'; createdBy: string }
  | { kind: 'restored'; restoredFrom: number; createdBy: string }

/** The columns that tell how a version came to be. */
export function columnsOf(making: Making): {
  kind: VersionKind
  name: string | null
  note: string | null
  restoredFrom: number | null
  createdBy: string | null
} {
  return {
    kind: making.kind,
    name: making.kind === 'named' ? making.name : null,
    note: making.kind === 'named' ? making.note : null,
    restoredFrom: making.kind === 'restored' ? making.restoredFrom : null,
    createdBy: making.kind === 'automatic' ? null : making.createdBy,
  }
}
