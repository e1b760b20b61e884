/**
 * Keeps what was made of public plans, so that a reader costs one question to the database.
 * 1. Each request asks for the plan's stamp (store.ts), which changes with everything that may change a page.
 * 2. A plan that was read and a page that was made under another stamp are not given again; nor after a minute, for what
 *    leaves no trace in a record: that somebody who left goes by another name now, or that a workshop's time is over.
 * 3. What was used longest ago goes when the bound is reached.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { PublicPlan } from '../reading.ts'
import { type PublicDeps, readPublicPlan, stampOf } from '../service.ts'

/** A public plan with what it is as of. */
export interface KeptPlan {
  plan: PublicPlan
  stamp: string
}

/** A page in the encodings in which it can be sent. */
export interface KeptPage {
  /** Of the bytes without encoding. */
  hash: string
  /** Null for what is packed already. */
  br: Buffer | null
  gzip: Buffer | null
  plain: Buffer
}

/** What a page is made as: text, or the bytes of a picture, which is not packed again. */
export type Made = string | Uint8Array

/** What is kept. */
export interface Kept {
  /** The plan of a slug as it is now; undefined when there is none that is public. */
  plan(slug: string): Promise<KeptPlan | undefined>
  /** A page of a plan: the kept one of this stamp, or the one that is made now. */
  page(path: string, stamp: string, make: () => Made | Promise<Made>): Promise<KeptPage>
}

const usual = { bytes: 32 << 20, plans: 16, milliseconds: 60_000 }

interface Dated<Value> {
  stamp: string
  until: number
  value: Promise<Value>
}

/** Keeps plans and pages; `now` in milliseconds. */
export function createKept(deps: PublicDeps, now: () => number, limits = usual): Kept {
  const plans = new Map<string, Dated<PublicPlan>>()
  const pages = new Map<string, Dated<KeptPage> & { bytes: number }>()
  const stampNow = together((slug) => stampOf(deps.db, slug))
  let bytes = 0

  function drop(path: string): void {
    bytes -= pages.get(path)?.bytes ?? 0
    pages.delete(path)
  }

  return {
    async plan(slug) {
      const stamp = await stampNow(slug)
      if (stamp === undefined) return undefined
      const known = plans.get(slug)
      plans.delete(slug)
      const entry =
        known?.stamp === stamp && known.until > now()
          ? known
          : { stamp, until: now() + limits.milliseconds, value: readPublicPlan(deps, slug) }
      plans.set(slug, entry)
      const [oldest] = plans.keys()
      if (plans.size > limits.plans && oldest !== undefined) plans.delete(oldest)
      try {
        return { plan: await entry.value, stamp: `${stamp} ${entry.until}` }
      } catch (error) {
        if (plans.get(slug) === entry) plans.delete(slug)
        throw error
      }
    },
    async page(path, stamp, make) {
      const known = pages.get(path)
      if (known?.stamp === stamp) {
        pages.delete(path)
        pages.set(path, known)
        return known.value
      }
      drop(path)
      const entry = { stamp, until: 0, value: encode(make), bytes: 0 }
      pages.set(path, entry)
      try {
        const page = await entry.value
        if (pages.get(path) === entry) {
          entry.bytes = (page.br?.length ?? 0) + (page.gzip?.length ?? 0) + page.plain.length
          bytes += entry.bytes
          for (const oldest of pages.keys()) {
            if (bytes <= limits.bytes) break
            drop(oldest)
          }
        }
        return page
      } catch (error) {
        if (pages.get(path) === entry) drop(path)
        throw error
      }
    },
  }
}

/**
 * Asks one question at a time about each thing: who comes while it is asked shares the next one with all who come then. So
 * nobody is answered from before they came, and a crowd costs no more questions than one reader.
 */
function together<Answer>(ask: (about: string) => Promise<Answer>): (about: string) => Promise<Answer> {
  const running = new Map<string, Promise<Answer>>()
  const next = new Map<string, Promise<Answer>>()
  const start = (about: string): Promise<Answer> => {
    const asked = ask(about).finally(() => running.delete(about))
    running.set(about, asked)
    return asked
  }
  return (about) => {
    const now = running.get(about)
    if (!now) return next.get(about) ?? start(about)
    const waiting =
      next.get(about) ??
      now
        .catch(() => undefined)
        .then(() => {
          next.delete(about)
          return start(about)
        })
    next.set(about, waiting)
    return waiting
  }
}

const asBrotli = promisify(brotliCompress)
const asGzip = promisify(gzip)

/** Makes a page ready to be sent. */
export async function encode(make: () => Made | Promise<Made>): Promise<KeptPage> {
  const made = await make()
  const plain = Buffer.from(typeof made === 'string' ? new TextEncoder().encode(made) : made)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  if (typeof made !== 'string') return { hash, br: null, gzip: null, plain }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  const [br, gz] = await Promise.all([asBrotli(plain, { params }), asGzip(plain)])
  return { hash, br, gzip: gz, plain }
}
