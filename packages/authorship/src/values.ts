import { loseValue, type Memory } from './memory.ts'
import { type Piece, sourceClient, sourceClock } from './piece.ts'
import type { Tree } from './tree.ts'
import type { Sender } from './undone.ts'

/** Shortest value, as JSON, that is known again when somebody else deleted it. Part of the algorithm. */
const shortestForeign = 14

/**
 * The same for facts and for attributes of nodes: whoever only moves a milestone, or sets what stands there already, has
 * not written its dates. Text is compared with text, in the row itself first, then with what was replaced lately.
 */
export function carryValues(tree: Tree, memory: Memory, sender: Sender): void {
  const { seq } = tree
  const brought = tree.brought.filter((piece) => piece.kind === 'value' && piece.key !== null)
  const taken = tree.taken.filter((piece) => piece.kind === 'value' && piece.cameIn !== seq)
  if (brought.length === 0 && taken.length === 0) return
  const inRow = new Map<string, Piece>()
  for (const piece of taken) inRow.set(placeOf(piece), piece)
  for (const piece of brought) {
    const place = placeOf(piece)
    const same = inRow.get(place)
    const lost = memory.values.get(place)
    if (same) {
      piece.fromClient = sourceClient(same)
      piece.fromClock = sourceClock(same)
    } else if (lost && (sender.restores || lost.by === sender.number || lengthOf(place) >= shortestForeign)) {
      piece.fromClient = lost.client
      piece.fromClock = lost.clock
    }
  }
  for (const [place, piece] of inRow) {
    loseValue(memory, place, { client: sourceClient(piece), clock: sourceClock(piece), by: sender.number })
  }
}

/** What tells a value from others: the kind of place it stands in, its key and itself. */
function placeOf({ parent, key, value }: Piece): string {
  return `${parent?.item ? parent.name : parent?.field}\n${key}\n${asText(value)}`
}

const lengthOf = (place: string): number => place.length - place.indexOf('\n', place.indexOf('\n') + 1) - 1

function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // A number that JSON does not have.
    return String(value)
  }
}
