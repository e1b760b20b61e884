import { z } from 'zod'
import { DocumentId } from '../ids.ts'
import { Key } from './common.ts'
import type { Contract } from './contract.ts'

/** The largest file that is read into a document, in bytes. */
export const largestImport = 5 << 20

/** The most parts that a file is cut into, and that are written at once. */
export const mostParts = 100

/** A ProseMirror `doc`: what stood under one heading of the file, as a rich field could hold it. */
const PartContent = z.looseObject({ type: z.literal('doc') })

/** Where a part goes: a text field or a fact of the document, by its name. */
export const ImportTarget = z.string().regex(/^(?:field|fact):[A-Za-z]{1,40}$/)
export type ImportTarget = z.infer<typeof ImportTarget>

/** What was read in a file: its text in parts, in its order, each with the place that its heading names. Nothing is stored yet. */
export const ImportPreview = z.object({
  kind: z.enum(['docx', 'markdown']),
  parts: z.array(
    z.object({
      /** As it stands in the file, headings above that have no text of their own before it; null for what comes before the first. */
      heading: z.string().nullable(),
      /** Null when the heading names nothing that the form has, or what stands under it is no value of what it names. */
      target: ImportTarget.nullable(),
      content: PartContent,
    }),
  ),
  /** Pictures that stay behind. */
  pictures: z.int(),
  /** What can be chosen, in the order of the form. */
  targets: z.array(
    z.object({
      target: ImportTarget,
      /** It says something already. */
      written: z.boolean(),
      /** What it says, where it holds one value: a fact, or a field of one line. Empty for others. */
      now: z.string(),
    }),
  ),
})
export type ImportPreview = z.infer<typeof ImportPreview>

const params = z.object({ documentId: DocumentId })
const reading = ['invalid', 'signed_out', 'forbidden', 'not_found', 'frozen', 'too_large', 'unavailable'] as const

export const importApi = {
  'POST /api/documents/:documentId/imports': {
    summary:
      'Read a text of Word (.docx) or Markdown, at most 5 MB, and match its headings with the form. Nothing is stored',
    tag: 'documents',
    params,
    upload: { bytes: largestImport },
    status: 200,
    response: ImportPreview,
    refusals: reading,
  },
  'POST /api/documents/:documentId/imports/apply': {
    summary:
      'Write parts of such a text into the document, after what stands there: one edit, of whoever asks. The same key again writes nothing and gives the same answer',
    tag: 'documents',
    params,
    body: z.object({
      key: Key,
      parts: z
        .array(
          z.object({
            target: ImportTarget,
            /** Stands above it where the field can hold a heading and has another name. */
            heading: z.string().max(2000).nullable(),
            content: PartContent,
            /**
             * Where it holds one value: what it said when the reader saw it, in the place of which this is put. Said something
             * else by now, it is left as it is.
             */
            now: z.string().max(4000).optional(),
          }),
        )
        .min(1)
        .max(mostParts),
    }),
    status: 200,
    response: z.object({
      headSeq: z.int(),
      /** Parts that were not written, by their places: they are no value of their target, or it says something else by now. */
      left: z.array(z.object({ part: z.int(), why: z.enum(['no_value', 'changed']) })),
    }),
    refusals: reading,
  },
} as const satisfies Record<string, Contract>
