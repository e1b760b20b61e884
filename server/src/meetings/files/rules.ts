import { refuseField } from '@cabildo/protocol/errors'
import type { AttachmentKind } from '@cabildo/protocol/http/attachments'
import type { MeetingFile, MeetingFileUse } from '@cabildo/protocol/http/meetings'

/** How many files one meeting has, those removed not counted. */
export const mostFiles = 40

/** A file beside a meeting that was not removed, without its bytes. */
export interface FileRow {
  number: number
  use: MeetingFileUse
  kind: MeetingFile['kind']
  mediaType: string
  size: number
  caption: string | null
  shown: boolean
  salt: Uint8Array
  sha256: Uint8Array
  hasThumbnail: boolean
  byId: string
  entry: number
  addedAt: Date
}

/** What a file of a kind can be beside a meeting; refuses sound, and a paper as a photo. */
export function demandKind(kind: AttachmentKind, use: MeetingFileUse): MeetingFile['kind'] {
  if (kind === 'sound') throw refuseField('/file', 'Photos (JPEG, PNG, WebP) and PDF can be attached.')
  if (kind === 'paper' && use === 'photo') throw refuseField('/file', 'A photo is a JPEG, PNG or WebP.')
  return kind
}

/** Refuses to show to the public what must not be shown, or nobody said what it is: who cannot see it needs the words. */
export function demandShowable(
  use: MeetingFileUse,
  { caption, shown }: { caption: string | null; shown: boolean },
): void {
  if (shown && use === 'list') throw refuseField('/shown', 'A signed list names people, and is never public.')
  if (shown && caption === null) throw refuseField('/caption', 'What the public sees has words.')
}
