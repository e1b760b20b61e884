import type { Problem } from '@cabildo/protocol/errors'
import type { Api } from '@cabildo/protocol/http/api'
import type { z } from 'zod'
import { Refusal } from './refusal.ts'

/** `METHOD /path/:param` of every operation. */
export type Operation = keyof Api

type Part<Op extends Operation, Name extends string> = Api[Op] extends { [K in Name]: infer Type } ? Type : undefined
type Given<Type> = Type extends z.ZodType ? z.input<Type> : never
type Needed<Name extends string, Type> = Type extends z.ZodType
  ? undefined extends z.input<Type>
    ? { [K in Name]?: z.input<Type> }
    : { [K in Name]: z.input<Type> }
  : { [K in Name]?: undefined }

/** What one operation needs: `params` of its path, `query`, JSON `body` or one `file`; and a signal to give up with. */
export type CallInput<Op extends Operation> = Needed<'params', Part<Op, 'params'>> &
  Needed<'body', Part<Op, 'body'>> &
  (Part<Op, 'upload'> extends object ? { file: Blob } : { file?: undefined }) & {
    query?: Given<Part<Op, 'query'>> | undefined
    signal?: AbortSignal | undefined
  }

/** What one operation answers; `undefined` for 204. */
export type CallOutput<Op extends Operation> =
  Part<Op, 'response'> extends infer Type ? (Type extends z.ZodType ? z.output<Type> : undefined) : never

type Arguments<Op extends Operation> =
  Partial<CallInput<Op>> extends CallInput<Op> ? [input?: CallInput<Op>] : [input: CallInput<Op>]

interface LooseInput {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  file?: Blob
  signal?: AbortSignal
}

/**
 * Calls one operation of the program and gives its answer. Types come from the contract alone; nothing of it is loaded.
 * Throws a `Refusal`: the server's code, `offline` when no answer came, `internal` when the answer was not ours. An
 * aborted call throws the browser's `AbortError`.
 */
export async function call<Op extends Operation>(operation: Op, ...[input]: Arguments<Op>): Promise<CallOutput<Op>> {
  // The signature has checked the parts of this operation; here all operations are alike.
  const { params, query, body, file, signal } = (input ?? {}) as LooseInput
  const { method, path } = requestLine(operation, params, query)
  const response = await send(path, {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      // A form names its own type, with what stands between its parts.
      ...(method === 'GET' || file ? undefined : { 'Content-Type': 'application/json' }),
    },
    ...(file ? { body: formOf(file) } : body === undefined ? undefined : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : undefined),
  })
  if (!response.ok) throw await refusalOf(response)
  // The answer was made by the contract's own schema on the server; checking it again would put zod into the page.
  if (response.status === 204) return undefined as CallOutput<Op>
  try {
    return (await response.json()) as CallOutput<Op>
  } catch (error) {
    if (isAbort(error)) throw error
    throw new Refusal('internal', response.status)
  }
}

function formOf(file: Blob): FormData {
  const form = new FormData()
  // What it is called on this device is nobody's business.
  form.set('file', file, 'file')
  return form
}

/** The method and the address of an operation, every part encoded; absent query values are left out. */
export function requestLine(
  operation: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): { method: string; path: string } {
  const [method = 'GET', pattern = '/'] = operation.split(' ')
  const path = pattern.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`${operation} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return { method, path: search.size ? `${path}?${search}` : path }
}

/** Sends a request; throws a `Refusal` when no answer came. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (isAbort(error)) throw error
    throw new Refusal('offline', 0)
  }
}

/** Whether somebody gave up on purpose. */
export const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/** Reads problem+json. A proxy's own page has no code: 502, 503 and 504 then mean `unavailable`. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json')
  if (isProblem) {
    const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined
    if (typeof problem?.code === 'string')
      return new Refusal(problem.code, response.status, {
        detail: problem.detail,
        errors: problem.errors ?? [],
        retryAfter,
      })
  }
  return new Refusal([502, 503, 504].includes(response.status) ? 'unavailable' : 'internal', response.status, {
    retryAfter,
  })
}
