import { AppError, type FieldProblem, refuseField } from '@cabildo/protocol/errors'
import { type Api, api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import type { Actor } from '../auth/sessions.ts'
import type { HttpEnv } from './env.ts'
import { bodyLimitOf } from './limits.ts'
import { pointerStep, refuseNul } from './nul.ts'

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
  /** The bytes of the file, where the contract takes one. */
  file: Api[K] extends { upload: object } ? Uint8Array : undefined
}

/** What a handler answers. The contract drops every property it does not name. */
export type Answer<K extends OperationKey> =
  Api[K] extends Record<'response', infer Schema extends z.ZodType> ? z.input<Schema> : undefined

/**
 * Mounts one operation of the contract. In this order: who asks (`signed_out`), ids in the path (one that cannot exist
 * is `not_found`, like a missing one; one with U+0000 in it `invalid`, as anywhere else), how often (`throttled`), query and body (`invalid`, with a JSON pointer per field), the handler, and the
 * answer, which the contract checks too: an answer that breaks it is a defect.
 */
export function operation<K extends OperationKey>(
  app: Hono<HttpEnv>,
  key: K,
  handle: (asked: Asked<K>, c: Context<HttpEnv>) => Promise<Answer<K>>,
): void {
  const contract: Contract = api[key]
  const [method = '', path = ''] = key.split(' ')
  const limit = bodyLimit({
    maxSize: bodyLimitOf(key),
    onError: () => {
      throw new AppError('too_large', { detail: `The limit is ${bodyLimitOf(key)} bytes.` })
    },
  })
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
      file: contract.upload && (await readFile(c, contract.upload.bytes)),
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

/** The file of a form. Read as a whole first, so that the bound on bodies is what ends one that is too long. */
async function readFile(c: Context<HttpEnv>, most: number): Promise<Uint8Array> {
  const body = await c.req.arrayBuffer()
  const headers = { 'Content-Type': c.req.header('content-type') ?? '' }
  const form = await new Response(body, { headers }).formData().catch(() => {
    throw new AppError('bad_request', { detail: 'The body is not a form with a file.' })
  })
  const file = form.get('file')
  if (!(file instanceof Blob)) throw refuseField('/file', 'A file is needed.')
  if (file.size > most) throw new AppError('too_large', { detail: `The limit is ${most} bytes.` })
  return new Uint8Array(await file.arrayBuffer())
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
