import { AppError, type FieldProblem, refuseField } from '@cabildo/protocol/errors'
import { type Api, api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import type { Actor } from '../auth/sessions.ts'
import type { HttpEnv } from './env.ts'
import { bodyLimitOf } from './limits.ts'
import { pointerStep, refuseNul } from './nul.ts'
import { createUploads } from './uploads.ts'

/** The name of an operation: method and path, as in `POST /api/session`. */
export type OperationKey = keyof Api

type Checked<K extends OperationKey, Part extends string> =
  Api[K] extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : undefined

/** What a handler is given: checked by the contract, nothing else of the request. */
export interface Asked<K extends OperationKey> {
  /** Somebody for certain wherever the contract lists `signed_out`. */
  actor: 'signed_out' extends Api[K]['refusals'][number] ? Actor : Actor | undefined
  params: Checked<K, 'params'>
  query: Checked<K, 'query'>
  body: Checked<K, 'body'>
  /** Reads the bytes of the file, where the contract takes one: once, and after it is known that the asker may send it. */
  file: Api[K] extends { upload: object } ? () => Promise<Uint8Array> : undefined
}

/** What a handler answers. The contract drops every property it does not name. */
export type Answer<K extends OperationKey> =
  Api[K] extends Record<'response', infer Schema extends z.ZodType> ? z.input<Schema> : undefined

/**
 * Mounts one operation of the contract. In this order: who asks (`signed_out`), ids in the path (one that cannot exist
 * is `not_found`, like a missing one; one with U+0000 in it `invalid`, as anywhere else), how often (`throttled`), query and body (`invalid`, with a JSON pointer per field), the handler, which reads a
 * file itself, and the answer, which the contract checks too: an answer that breaks it is a defect.
 */
export function operation<K extends OperationKey>(
  app: Hono<HttpEnv>,
  key: K,
  handle: (asked: Asked<K>, c: Context<HttpEnv>) => Promise<Answer<K>>,
): void {
  const contract: Contract = api[key]
  const [method = '', path = ''] = key.split(' ')
  const onError = () => tooLarge(bodyLimitOf(key))
  // It reads a body that does not say how long it is at once; a file is to be read later.
  const limit = contract.upload ? passOn : bodyLimit({ maxSize: bodyLimitOf(key), onError })
  const needsActor = contract.refusals.includes('signed_out')

  app.on(method, path, limit, async (c) => {
    if (needsActor && !c.var.actor) throw new AppError('signed_out')
    refuseNul(c.req.param())
    const params = contract.params && checkPath(contract.params, c.req.param())
    await c.var.rates?.spend(key, {
      userId: c.var.actor?.userId,
      plan: c.req.param('planId'),
    })
    const asked = {
      actor: c.var.actor,
      params,
      query: contract.query && check(contract.query, c.req.query(), 'query'),
      body: contract.body && check(contract.body, await readJson(c), 'body'),
      file: contract.upload && fileOf(c, { file: contract.upload.bytes, body: bodyLimitOf(key) }),
    }
    // The contract of `key` made every part; TypeScript cannot follow the lookup.
    const answer = await handle(asked as Asked<K>, c)
    c.header('Cache-Control', 'no-store')
    if (!contract.response) return c.body(null, 204)
    return c.json(contract.response.parse(answer), contract.status === 204 ? 200 : contract.status)
  })
}

function checkPath(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  if (!result.success) throw new AppError('not_found')
  return result.data
}

function check(schema: z.ZodType, value: unknown, part: 'query' | 'body'): unknown {
  refuseNul(value)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError('invalid', { detail: `The ${part} is not valid.`, errors: fieldProblems(result.error) })
}

/** Zod's issues as JSON pointers (RFC 6901) into what was sent. */
function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.map(({ path, message }) => ({ pointer: path.map(pointerStep).join(''), detail: message }))
}

const passOn: MiddlewareHandler<HttpEnv> = (_, next) => next()

function tooLarge(bytes: number): never {
  throw new AppError('too_large', { detail: `The limit is ${bytes} bytes.` })
}

const uploads = createUploads()

/** What reads the file of a form; a body that says it is too long is refused before. */
function fileOf(c: Context<HttpEnv>, most: { file: number; body: number }): () => Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > most.body) tooLarge(most.body)
  return () => uploads.take(c.var.actor?.userId ?? '', () => readFile(c, most))
}

/** The file of a form. Read as a whole first, so that the bound on bodies is what ends one that is too long. */
async function readFile(c: Context<HttpEnv>, most: { file: number; body: number }): Promise<Uint8Array> {
  const body = await readBody(c, most.body)
  const headers = { 'Content-Type': c.req.header('content-type') ?? '' }
  const form = await new Response(body, { headers }).formData().catch(() => {
    throw new AppError('bad_request', { detail: 'The body is not a form with a file.' })
  })
  const file = form.get('file')
  if (!(file instanceof Blob)) throw refuseField('/file', 'A file is needed.')
  if (file.size > most.file) tooLarge(most.file)
  return new Uint8Array(await file.arrayBuffer())
}

/** The bytes of a body, counted while they come, so that chunking cannot pass the bound. */
async function readBody(c: Context<HttpEnv>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = c.req.raw.body?.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      tooLarge(most)
    }
    parts.push(value)
  }
  return Buffer.concat(parts)
}

/** The body as JSON; undefined when there is none. */
async function readJson(c: Context<HttpEnv>): Promise<unknown> {
  const text = await c.req.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('bad_request', { detail: 'The body is not JSON.' })
  }
}
