import type { AttachmentKind } from '@cabildo/protocol/http/attachments'

/** Bounds of what is kept beside inputs. The largest file stands in the contract, which bounds the body. */
export const mostAttachments = 8
/** Bytes of all that is kept beside the inputs and meetings of one plan. */
export const planQuota = 500 << 20
/** A picture of more pixels is refused before it is decoded: decoded, each takes up to four bytes. */
export const mostPixels = 50_000_000
/** Longest edges, in pixels, of a picture as it is kept and as it is shown in a list. */
export const longestEdge = 2400
export const thumbnailEdge = 320
/** Milliseconds after which looking at a file is given up. */
export const examiningTime = 15_000

/** A file as it is kept. */
export interface Examined {
  kind: AttachmentKind
  mediaType: string
  bytes: Uint8Array
  /** A small JPEG, of a picture. */
  thumbnail: Uint8Array | null
}

/** Why a file is not kept: `type` is none of those that are, `pixels` too large a picture, `broken` cannot be read. */
export type Unfit = 'type' | 'pixels' | 'broken'

/**
 * What a file is kept as, by what its first bytes say it is; undefined for what is not kept. Recorders put sound into
 * containers that are named after pictures that move, and no player minds.
 */
export function keptAs(mediaType: string): Pick<Examined, 'kind' | 'mediaType'> | undefined {
  const [plain = ''] = mediaType.split(';', 1)
  return kept[plain]
}

const sound = (mediaType: string) => ({ kind: 'sound' as const, mediaType })
const picture = { kind: 'picture' as const, mediaType: 'image/jpeg' }
const kept: Record<string, Pick<Examined, 'kind' | 'mediaType'>> = {
  'image/jpeg': picture,
  'image/png': picture,
  'image/webp': picture,
  'application/pdf': { kind: 'paper', mediaType: 'application/pdf' },
  'audio/ogg': sound('audio/ogg'),
  'audio/webm': sound('audio/webm'),
  'video/webm': sound('audio/webm'),
  'audio/mp4': sound('audio/mp4'),
  'audio/x-m4a': sound('audio/mp4'),
  'video/mp4': sound('audio/mp4'),
  'audio/mpeg': sound('audio/mpeg'),
  'audio/aac': sound('audio/aac'),
}

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'application/pdf': 'pdf',
  'audio/ogg': 'ogg',
  'audio/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/aac': 'aac',
}

/**
 * What a file is called when it is saved: `beside` says what it is beside, as in `aporte-12`. Its name where it came from may
 * name somebody, and is never kept.
 */
export function fileName(beside: string, number: number, mediaType: string): string {
  return `${beside}-${number}.${extensions[mediaType] ?? 'bin'}`
}
