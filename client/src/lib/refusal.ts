import type { FieldProblem, RefusalCode } from '@cabildo/protocol/errors'

/** Every code of the server, and `offline`: no answer came at all. */
export type ClientRefusalCode = RefusalCode | 'offline'

/** A call that was not granted. Screens choose their words by `code`; `detail` is the server's own sentence, if any. */
export class Refusal extends Error {
  readonly code: ClientRefusalCode
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly detail: string | undefined
  readonly errors: readonly FieldProblem[]
  /** Seconds after which to try again, when the server named them. */
  readonly retryAfter: number | undefined

  constructor(
    code: ClientRefusalCode,
    status: number,
    options: { detail?: string | undefined; errors?: readonly FieldProblem[]; retryAfter?: number | undefined } = {},
  ) {
    super(options.detail ?? code)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.detail = options.detail
    this.errors = options.errors ?? []
    this.retryAfter = options.retryAfter
  }
}

/** The code of anything thrown: a refusal's own, `offline` for a program that could not be fetched, else `internal`. */
export function refusalCode(error: unknown): ClientRefusalCode {
  if (error instanceof Refusal) return error.code
  return error instanceof Error && notFetched.test(error.message) ? 'offline' : 'internal'
}

/** What browsers, and Vite for style sheets, say when `import()` finds no network. They share no code and no type. */
const notFetched = /dynamically imported module|importing a module script failed|unable to preload css/i
