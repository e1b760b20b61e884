/** Counts of times in milliseconds: to 0.05 ms below 100 ms, to 1 ms up to 30 s, and how many there were beyond. */
export interface Histogram {
  add(milliseconds: number): void
  /** Adds times nobody will ever see: what was sent and did not arrive. They count as the longest. */
  addLost(count: number): void
  /** The time that this share (0 to 1) of all did not exceed. Infinity when it was lost, NaN when nothing was counted. */
  quantile(share: number): number
  readonly count: number
}

const fineSteps = 20
const fineUntil = 100
const coarseUntil = 30_000

/** An empty histogram. */
export function createHistogram(): Histogram {
  const fine = new Float64Array(fineUntil * fineSteps)
  const coarse = new Float64Array(coarseUntil - fineUntil)
  let count = 0
  return {
    add(milliseconds) {
      count++
      if (milliseconds < fineUntil) {
        const step = milliseconds > 0 ? Math.floor(milliseconds * fineSteps) : 0
        fine[step] = (fine[step] ?? 0) + 1
      } else if (milliseconds < coarseUntil) {
        const step = Math.floor(milliseconds) - fineUntil
        coarse[step] = (coarse[step] ?? 0) + 1
      }
    },
    addLost(lost) {
      count += lost
    },
    quantile(share) {
      if (count === 0) return Number.NaN
      let left = Math.max(1, Math.ceil(share * count))
      for (let step = 0; step < fine.length; step++) {
        left -= fine[step] ?? 0
        if (left <= 0) return (step + 1) / fineSteps
      }
      for (let step = 0; step < coarse.length; step++) {
        left -= coarse[step] ?? 0
        if (left <= 0) return step + fineUntil + 1
      }
      return Number.POSITIVE_INFINITY
    },
    get count() {
      return count
    },
  }
}

/** The middle of some numbers; of an even count, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
