import { z } from 'zod'
import { InputId } from '../ids.ts'
import { Person, Time } from './common.ts'
import type { Contract } from './contract.ts'

/** What a file beside an input is: a photo, a voice note, or a scanned form (PDF). */
export const AttachmentKind = z.enum(['picture', 'sound', 'paper'])
export type AttachmentKind = z.infer<typeof AttachmentKind>

/** A file that is kept beside an input. Its bytes are at `…/attachments/<number>`, a small picture of it at `…/thumbnail`. */
export const Attachment = z.object({
  number: z.number().int(),
  kind: AttachmentKind,
  /** By what its bytes said. A picture is a JPEG, drawn anew without what its camera wrote into it. */
  mediaType: z.string(),
  /** Bytes, as it is kept. */
  size: z.number().int(),
  hasThumbnail: z.boolean(),
  by: Person,
  addedAt: Time,
  /** Hexadecimal, of the bytes as they are kept. */
  sha256: z.string(),
  /** The entry of the record that tells of it, and the salt of the hash there. */
  entry: z.number().int(),
  salt: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

/** What is kept beside an input, by number, how many can be, and what the reader may do. */
export const AttachmentList = z.object({
  items: z.array(Attachment),
  most: z.number().int(),
  /** Bytes of the largest file that is taken. */
  largest: z.number().int(),
  may: z.object({ attach: z.boolean(), remove: z.boolean() }),
})
export type AttachmentList = z.infer<typeof AttachmentList>

/** The largest file, in bytes: as the forms of OGP Local take them. */
export const largestFile = 10 << 20

const params = z.object({ planId: z.string().min(1).max(80), inputId: InputId })
const writing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large'] as const

export const attachmentApi = {
  'GET /api/plans/:planId/inputs/:inputId/attachments': {
    summary: 'Photos, voice notes and scanned forms beside an input',
    tag: 'inputs',
    params,
    status: 200,
    response: AttachmentList,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/inputs/:inputId/attachments': {
    summary:
      'Attach a photo (JPEG, PNG, WebP), a voice note (WebM, Ogg, M4A, MP3, AAC) or a PDF of at most 10 MB. The same file again changes nothing',
    tag: 'inputs',
    params,
    upload: { bytes: largestFile },
    status: 201,
    response: AttachmentList,
    refusals: [...writing, 'unavailable'],
  },
  'DELETE /api/plans/:planId/inputs/:inputId/attachments/:number': {
    summary: 'Remove such a file: its bytes go, that there was one stays',
    tag: 'inputs',
    params: params.extend({ number: z.coerce.number().int().min(1).max(100_000) }),
    status: 200,
    response: AttachmentList,
    refusals: writing,
  },
} as const satisfies Record<string, Contract>
