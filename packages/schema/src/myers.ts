/** A stretch that two sequences share: `length` items from `left` in one and from `right` in the other. */
export interface Run {
  left: number
  right: number
  length: number
}

/** How many differences are searched at once. Up to here the answer is the best there is, beyond it a good one. */
const horizon = 256

/**
 * What two sequences have in common, in order (E. Myers, "An O(ND) difference algorithm and its variations", 1986). After
 * `horizon` differences the search settles for the path that has come furthest and starts again from its end, so that
 * time grows with length times `horizon`, never with the square of the length. Items are equal when their numbers are;
 * numbers are small and not negative, as `numbered` gives them.
 */
export function commonRuns(left: Int32Array, right: Int32Array): Run[] {
  // What one side alone has can match nothing; without it a rewritten text costs no more than an unchanged one.
  const inLeft = placesIn(left, right)
  const inRight = placesIn(right, left)
  const ownLeft = inLeft.map((place) => left[place] ?? 0)
  const ownRight = inRight.map((place) => right[place] ?? 0)
  const runs: Run[] = []
  const reach = new Int32Array(2 * horizon + 3)
  let i = 0
  let j = 0
  while (i < ownLeft.length && j < ownRight.length) {
    const leg = search(ownLeft.subarray(i), ownRight.subarray(j), reach)
    for (const run of leg.runs) {
      for (let n = 0; n < run.length; n += 1) {
        addTo(runs, inLeft[i + run.left + n] ?? 0, inRight[j + run.right + n] ?? 0)
      }
    }
    i += leg.x
    j += leg.y
  }
  return runs
}

/** Where a sequence has something that the other has too. */
function placesIn(own: Int32Array, other: Int32Array): Int32Array {
  const there = new Uint8Array(own.reduce((most, item) => Math.max(most, item), -1) + 1)
  for (const item of other) if (item < there.length) there[item] = 1
  const places = new Int32Array(own.length)
  let count = 0
  for (let place = 0; place < own.length; place += 1) {
    if (there[own[place] ?? 0] === 1) {
      places[count] = place
      count += 1
    }
  }
  return places.subarray(0, count)
}

function addTo(runs: Run[], left: number, right: number): void {
  const last = runs.at(-1)
  if (last && last.left + last.length === left && last.right + last.length === right) last.length += 1
  else runs.push({ left, right, length: 1 })
}

/** Numbers for items: equal items get equal numbers. `known` may be shared by several sequences. */
export function numbered(items: readonly string[], known: Map<string, number>): Int32Array {
  const numbers = new Int32Array(items.length)
  let place = 0
  for (const item of items) {
    let number = known.get(item)
    if (number === undefined) {
      number = known.size
      known.set(item, number)
    }
    numbers[place] = number
    place += 1
  }
  return numbers
}

/** Follows the diagonals `k = x - y`; `reach[k + horizon + 1]` is the furthest `x` on each after `d` differences. */
function search(left: Int32Array, right: Int32Array, reach: Int32Array): { x: number; y: number; runs: Run[] } {
  const middle = horizon + 1
  const history: Int32Array[] = []
  reach[middle + 1] = 0
  const most = Math.min(horizon, left.length + right.length)
  for (let d = 0; d <= most; d += 1) {
    history.push(reach.slice(middle - d - 1, middle + d + 2))
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(reach, middle, k, d) ? (reach[middle + k + 1] ?? 0) : (reach[middle + k - 1] ?? 0) + 1
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) x += 1
      reach[middle + k] = x
      if (x >= left.length && x - k >= right.length) return { x, y: x - k, runs: walkBack(history, d, k, x) }
    }
  }
  let best = { k: 0, x: -1, sum: -1 }
  for (let k = -most; k <= most; k += 2) {
    const x = reach[middle + k] ?? 0
    if (x <= left.length && x - k <= right.length && 2 * x - k > best.sum) best = { k, x, sum: 2 * x - k }
  }
  return { x: best.x, y: best.x - best.k, runs: walkBack(history, most, best.k, best.x) }
}

/** True when the best way to diagonal `k` at `d` differences skips an item of the right sequence. */
const comesFromAbove = (reach: Int32Array, middle: number, k: number, d: number): boolean =>
  k === -d || (k !== d && (reach[middle + k - 1] ?? 0) < (reach[middle + k + 1] ?? 0))

function walkBack(history: readonly Int32Array[], differences: number, diagonal: number, end: number): Run[] {
  const runs: Run[] = []
  let k = diagonal
  let x = end
  for (let d = differences; d >= 0; d -= 1) {
    const reach = history[d] ?? new Int32Array()
    const above = comesFromAbove(reach, d + 1, k, d)
    const before = above ? k + 1 : k - 1
    const from = d === 0 ? 0 : (reach[d + 1 + before] ?? 0)
    const start = above ? from : from + 1
    if (x > start) runs.push({ left: start, right: start - k, length: x - start })
    k = before
    x = from
  }
  return runs.reverse()
}
