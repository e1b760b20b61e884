import type { z } from 'zod'

/**
 * One HTTP operation as both sides know it. The server validates with it and describes itself by it (OpenAPI 3.1);
 * the client takes its types from it and never loads it.
 */
export interface Contract {
  summary: string
  tag:
    | 'session'
    | 'profile'
    | 'people'
    | 'workshops'
    | 'plans'
    | 'documents'
    | 'versions'
    | 'drafts'
    | 'review'
    | 'inputs'
    | 'meetings'
    | 'news'
    | 'approvals'
    | 'record'
    | 'service'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** In place of a JSON body: one file, the part `file` of `multipart/form-data`, of at most so many bytes. */
  upload?: { readonly bytes: number }
  /** Status of the good answer; 204 has no body. */
  status: 200 | 201 | 204
  response?: z.ZodType
  /** Refusals a caller should expect beside `internal`. */
  refusals: readonly import('../errors.ts').RefusalCode[]
  example?: unknown
}
