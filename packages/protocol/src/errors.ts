/**
 * The refusals both sides know. A code is stable for ever; its HTTP status stands here and nowhere else.
 * A defect is not a refusal: it is thrown as any other `Error` and answered as `internal`.
 */
export const refusals = {
  bad_request: 400,
  invalid: 400,
  signed_out: 401,
  wrong_credentials: 401,
  second_factor_needed: 401,
  wrong_code: 401,
  forbidden: 403,
  own_text: 403,
  second_factor_missing: 403,
  taken_out: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  stale_version: 409,
  already_decided: 409,
  request_closed: 409,
  inputs_unanswered: 409,
  last_coordinator: 409,
  workshop_full: 409,
  nothing_written: 409,
  schema_mismatch: 409,
  link_gone: 410,
  too_large: 413,
  not_json: 415,
  content_not_allowed: 422,
  foreign_author: 422,
  frozen: 423,
  throttled: 429,
  internal: 500,
  unavailable: 503,
} as const

export type RefusalCode = keyof typeof refusals

/** One field that was refused: `pointer` is a JSON pointer (RFC 6901) into the body, `detail` says what it may be. */
export interface FieldProblem {
  pointer: string
  detail: string
}

/** A refusal on its way to the edge, which answers it as problem+json (RFC 9457). */
export class AppError extends Error {
  readonly code: RefusalCode
  readonly detail: string | undefined
  readonly errors: readonly FieldProblem[]
  /** Seconds after which to try again; sent as `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(
    code: RefusalCode,
    options: { detail?: string; errors?: readonly FieldProblem[]; retryAfter?: number } = {},
  ) {
    super(options.detail ?? code)
    this.name = 'AppError'
    this.code = code
    this.detail = options.detail
    this.errors = options.errors ?? []
    this.retryAfter = options.retryAfter
  }

  get status(): (typeof refusals)[RefusalCode] {
    return refusals[this.code]
  }
}

/** One field of what was sent that cannot be taken: `pointer` (RFC 6901) leads to it, `detail` says what it may be. */
export function refuseField(pointer: string, detail: string, code: RefusalCode = 'invalid'): AppError {
  return new AppError(code, { detail, errors: [{ pointer, detail }] })
}

/** The body of every refusal: RFC 9457 problem details plus our stable `code` and per-field `errors`. */
export interface Problem {
  type: string
  title: string
  status: number
  code: RefusalCode
  detail?: string
  errors?: FieldProblem[]
}
