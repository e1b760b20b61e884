import type { AttachmentKind } from '@cabildo/protocol/http/attachments'

/** Bounds of what is kept beside inputs. The largest file stands in the contract, which bounds the body. */
export const mostAttachments = 8
/** Bytes of all that is kept beside the inputs of one plan. */
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

/** What a file is called when it is saved. Its name where it came from may name somebody, and is never kept. */
export function fileName(input: number, number: number, mediaType: string): string {
  return `aporte-${input}-${number}.${extensions[mediaType] ?? 'bin'}`
}

/** A part of a file, both ends included. */
export interface Part {
  from: number
  to: number
}

/**
 * The one part that a `Range` header asks for (RFC 9110, 14): players of sound seek by it. Undefined when the whole is to be
 * sent, as for several parts; null when there is no such part.
 */
export function partOf(range: string | undefined, size: number): Part | undefined | null {
  const [, first, last] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(range ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from > to || (first === '' && Number(last) === 0) ? null : { from, to }
}
