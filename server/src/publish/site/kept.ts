/**
 * Keeps what was made of public plans, so that a reader costs one question to the database and no work beside those who write.
 * 1. Each request asks for the plan's stamp (store.ts), which changes with everything that may change a page. Its strict part
 *    changes with what takes something away: a reader never gets what was made under another one of those, and waits.
 * 2. What was made under the same strict part is given on while it is made anew, beside the requests and once for all; a
 *    reader waits a moment for that, and then reads what stood a moment ago. So it is after a minute, too, for what leaves no
 *    trace in a record: that somebody who left goes by another name now, or that a workshop's time is over. Who asks for what is
 *    not in it waits, where it is known to be old, before they are told that it is not there: once for all who do, and no
 *    sooner than the rest between two readings allows.
 * 3. Pages are made one after another, and rooms, which share this thread, have their turn before each. What is made in a process
 *    of its own, in a line of its own, holds none of them up. What reads as before is not made again.
 * 4. What could not be made is not tried again for a while.
 * 5. What was used longest ago goes when the bound is reached.
 */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { AppError } from '@cabildo/protocol/errors'
import type { PublicPlan } from '../reading.ts'

/** What says whether anything public of a plan may have changed. */
export interface Stamp {
  /** Changes with what takes something away: words, names, files, what anybody may see. */
  strict: string
  /** Changes with anything. */
  whole: string
}

/** How time goes. */
export interface KeptTime {
  /** In milliseconds. */
  now(): number
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<void>
}

/** Where plans come from. */
export interface KeptSource extends KeptTime {
  /** The stamp of a plan now; undefined when it is not public. */
  stamp(slug: string): Promise<Stamp | undefined>
  /** Reads a plan that is public, as it is now. */
  read(slug: string, stamp: Stamp): Promise<PublicPlan>
}

/** How much is kept, and how long. Times in milliseconds. */
export interface KeptLimits {
  bytes: number
  plans: number
  /** After this a plan is read again, whatever its stamp. */
  age: number
  /** How long a reader waits for what is newer than what is there. */
  patience: number
  /** Between two readings of a plan of which nothing was taken away. */
  rest: number
  /** How long the map of the site stands. */
  map: number
  /** How many wait at once for what is not there as yet; everybody else is told so at once. */
  waiting: number
}

/** The usual bounds. */
export const keptLimits: KeptLimits = {
  bytes: 32 << 20,
  plans: 16,
  age: 60_000,
  patience: 5,
  rest: 1000,
  map: 60_000,
  waiting: 100,
}

/** A public plan with what it is as of. */
export interface KeptPlan {
  plan: PublicPlan
  /** As long as the plan reads the same, it is the same. */
  stamp: Stamp
  /**
   * The same whatever was entered in the record since, once that is signed which the plan tells of: for files that cost much,
   * and say how far the record was signed when they were made.
   */
  lasting: Stamp
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

/**
 * Plans that are kept: the one of a slug; undefined when there is none that is public. `wanted`: whether it holds what is asked
 * for; one that does not is answered only when it is as new as the question, or could not be read again.
 */
export type KeptPlans = (slug: string, wanted?: (plan: PublicPlan) => boolean) => Promise<KeptPlan | undefined>

/**
 * Pages that are kept, each of a plan that was got before. `apart`: it is waited for while another
 * process, in a line of its own, or the database makes it, and no page waits for it. Throws what `make` throws, again without making it for as long as that said, at most a minute.
 */
export type KeptPages = (
  path: string,
  stamp: Stamp,
  make: () => Made | Promise<Made>,
  options?: { apart?: boolean },
) => Promise<KeptPage>

/** Something that is made anew now and then: what is there, and what is being made. */
interface Slot<Value> {
  there?: { value: Value; stamp: Stamp; at: number }
  making?: { stamp: Stamp; done: Promise<Value> }
  /** When it was begun to be made last. */
  begun: number
}

/** A page, with how many bytes it takes, and why it could not be made last, until when that holds. */
interface PageSlot extends Slot<KeptPage> {
  bytes: number
  failed?: { stamp: Stamp; until: number; error: unknown }
}

/** Answers what slots hold, and makes it anew. */
function createSlots({ now, pause }: KeptTime, limits: Pick<KeptLimits, 'patience'>) {
  function begin<Value>(slot: Slot<Value>, stamp: Stamp, make: () => Promise<Value>): Promise<Value> {
    slot.begun = now()
    const making = { stamp, done: make() }
    slot.making = making
    const end = () => {
      if (slot.making === making) delete slot.making
    }
    making.done.then((value) => {
      slot.there = { value, stamp, at: slot.begun }
      end()
    }, end)
    return making.done
  }

  /** What a slot holds once it is of this stamp, or at least of its strict part. */
  async function reach<Value>(
    slot: Slot<Value>,
    { stamp, part, oldest }: { stamp: Stamp; part: keyof Stamp; oldest: number },
    make: () => Promise<Value>,
  ): Promise<Value> {
    // What is being made of another stamp is waited for, so that one is made at a time.
    while (slot.making && slot.making.stamp[part] !== stamp[part]) await slot.making.done.catch(() => undefined)
    if (slot.making) return slot.making.done
    const { there } = slot
    if (there && there.stamp[part] === stamp[part] && now() - there.at < oldest) return there.value
    return begin(slot, stamp, make)
  }

  async function current<Value>(
    slot: Slot<Value>,
    stamp: Stamp,
    make: () => Promise<Value>,
    { age: oldest, rest }: Pick<KeptLimits, 'age' | 'rest'>,
  ): Promise<Value> {
    const { there } = slot
    const age = there ? now() - there.at : 0
    if (!there || there.stamp.strict !== stamp.strict || age >= 2 * oldest)
      return reach(slot, { stamp, part: 'strict', oldest }, make)
    if (there.stamp.whole === stamp.whole && age < oldest) return there.value
    if (!slot.making && now() - slot.begun < rest) return there.value
    const newer = reach(slot, { stamp, part: 'whole', oldest }, make)
    if (limits.patience === Number.POSITIVE_INFINITY) return newer
    const asItStood = () => there.value
    return Promise.race([newer.catch(asItStood), pause(limits.patience).then(asItStood)])
  }

  return current
}

/** Keeps plans. */
export function createKeptPlans(source: KeptSource, limits: KeptLimits = keptLimits): KeptPlans {
  const plans = new Map<string, Slot<KeptPlan>>()
  const stampNow = together((slug) => source.stamp(slug))
  const current = createSlots(source, limits)
  let waiting = 0

  return async (slug, wanted = () => true) => {
    const asked = source.now()
    for (;;) {
      const stamp = await stampNow(slug)
      if (stamp === undefined) {
        plans.delete(slug)
        return undefined
      }
      const slot = latest(plans, slug) ?? { begun: Number.NEGATIVE_INFINITY }
      plans.set(slug, slot)
      const [oldest] = plans.keys()
      if (plans.size > limits.plans && oldest !== undefined) plans.delete(oldest)
      // Who waited asks again: all who did read it once, as it is by then, and not once for each stamp that there was.
      if (slot.making && slot.making.stamp.strict !== stamp.strict) {
        await slot.making.done.catch(() => undefined)
        continue
      }
      const make = async (): Promise<KeptPlan> => {
        const plan = await source.read(slug, stamp)
        // Pages are of what was read: a minute later the same stamp may read otherwise, and another one the same.
        const { record, ...said } = plan
        const words = await hashOf(said)
        const { strict } = stamp
        const isSigned = plan.events.every(({ entry }) => entry === null || entry <= record.seq)
        return {
          plan,
          stamp: { strict, whole: `${words} ${await hashOf({ record })}` },
          lasting: { strict, whole: `${words} ${isSigned}` },
        }
      }
      const found = await current(slot, stamp, make, limits)
      if (wanted(found.plan)) return found
      const { there, making, begun } = slot
      // When the last reading that is over was begun, be it that it failed.
      const last = making ? (there?.at ?? begun) : begun
      if (there?.value === found && (there.stamp.whole === stamp.whole || last > asked)) return found
      if (waiting >= limits.waiting) return found
      waiting += 1
      // Until the reading that is under way ends, or until the next one may begin: never one for each who asks.
      const waited = making?.done ?? source.pause(Math.max(0, begun + limits.rest - source.now()))
      const [{ status }] = await Promise.allSettled([waited])
      waiting -= 1
      if (status === 'rejected') return found
    }
  }
}

/** The longest for which it is not tried again what could not be made, in milliseconds. */
const mostPatience = 60_000

/** Keeps pages. */
export function createKeptPages(
  time: KeptTime,
  limits: Pick<KeptLimits, 'bytes' | 'patience'> = keptLimits,
): KeptPages {
  const pages = new Map<string, PageSlot>()
  const current = createSlots(time, limits)
  const inTurn = oneByOne()
  let bytes = 0

  return async (path, stamp, make, { apart = false } = {}) => {
    const slot: PageSlot = latest(pages, path) ?? { begun: Number.NEGATIVE_INFINITY, bytes: 0 }
    pages.set(path, slot)
    const makeOnce = async (): Promise<KeptPage> => {
      const { failed } = slot
      if (failed && isSame(failed.stamp, stamp) && time.now() < failed.until) throw failed.error
      try {
        const encoded = () => encode(make, slot.there?.value)
        const page = await (apart ? encoded() : inTurn(encoded))
        delete slot.failed
        if (pages.get(path) === slot) account(slot, page)
        return page
      } catch (error) {
        const wait =
          error instanceof AppError && error.retryAfter !== undefined ? error.retryAfter * 1000 : mostPatience
        slot.failed = { stamp, until: time.now() + Math.min(wait, mostPatience), error }
        throw error
      }
    }
    return current(slot, stamp, makeOnce, { age: Number.POSITIVE_INFINITY, rest: 0 })
  }

  function account(slot: { bytes: number }, page: KeptPage): void {
    const size = (page.br?.length ?? 0) + (page.gzip?.length ?? 0) + page.plain.length
    bytes += size - slot.bytes
    slot.bytes = size
    for (const [oldest, one] of pages) {
      if (bytes <= limits.bytes) break
      bytes -= one.bytes
      pages.delete(oldest)
    }
  }
}

const isSame = (one: Stamp, other: Stamp): boolean => one.strict === other.strict && one.whole === other.whole

/** So many letters are read at a time. */
const slice = 1 << 16

/** The hash of what a plan says, read in slices: rooms share this thread. */
async function hashOf(said: object): Promise<string> {
  const hash = createHash('sha256')
  let letters = 0
  for (const [key, value] of Object.entries(said)) {
    hash.update(`${key}\n`)
    for (const part of Array.isArray(value) ? value : [value]) {
      // No line ends within JSON, so each line is one part.
      const line = `${JSON.stringify(part)}\n`
      hash.update(line)
      letters += line.length
      if (letters < slice) continue
      letters = 0
      await setImmediate()
    }
  }
  return hash.digest('base64url')
}

/** Takes what is kept under a key out, to be put in again as the one used last. */
function latest<Value>(slots: Map<string, Value>, key: string): Value | undefined {
  const slot = slots.get(key)
  slots.delete(key)
  return slot
}

/** Runs pieces of work one after another, each in a turn of its own of the event loop. */
function oneByOne(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(() => setImmediate()).then(work)
    last = turn.catch(() => undefined)
    return turn
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

/** Makes a page ready to be sent. One that says what it said before is that one. */
export async function encode(make: () => Made | Promise<Made>, before?: KeptPage): Promise<KeptPage> {
  const made = await make()
  const plain = Buffer.from(typeof made === 'string' ? new TextEncoder().encode(made) : made)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  if (before?.hash === hash) return before
  if (typeof made !== 'string') return { hash, br: null, gzip: null, plain }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  const [br, gz] = await Promise.all([asBrotli(plain, { params }), asGzip(plain)])
  return { hash, br, gzip: gz, plain }
}
