import { randomInt } from 'node:crypto'

/** A stream of choices that its seed repeats exactly. */
export interface Random {
  seed: number
  /** A number in [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number
  /** One of the items. Throws when there is none. */
  pick<T>(items: readonly T[]): T
  /** True in the given share of calls. */
  chance(share: number): boolean
  /** Bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>
}

/**
 * A generator for random tests (mulberry32). Its seed is printed, so that a failure can be repeated with SEED=…; a seed
 * that ever failed becomes a test of its own, with the seed given here.
 */
export function createRandom(seed: number = seedFromEnvironment()): Random {
  process.stderr.write(`SEED=${seed}\n`)
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    seed,
    next,
    integer,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new Error('nothing to pick from')
      // The index is within bounds; T itself may include undefined.
      return items[integer(0, items.length - 1)] as T
    },
    chance: (share) => next() < share,
    bytes: (length) => Uint8Array.from({ length }, () => integer(0, 255)),
  }
}

/** SEED as a number, for fast-check's `seed` option too; a new one when it is not set. */
export function seedFromEnvironment(): number {
  const given = Number(process.env.SEED)
  return process.env.SEED && Number.isInteger(given) ? given : randomInt(2 ** 31)
}
