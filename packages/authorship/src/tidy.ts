import { forget, type Gone } from './gone.ts'
import { type Piece, sourceClient, sourceClock } from './piece.ts'
import { clientOf, type Tree } from './tree.ts'

/**
 * Ends the row of a sender: what it deleted is a gap, whose words are kept for a while, and neighbours that are one stretch
 * again become one piece.
 */
export function endRow(tree: Tree, gone: Gone, sender: number): void {
  for (const piece of tree.taken) {
    if (piece.kind === 'text') {
      piece.goneBy = sender
      gone.push({ client: piece.client, clock: piece.clock, length: piece.length })
    }
    if (piece.kind === 'text' || piece.kind === 'format') piece.kind = 'gap'
    piece.value = undefined
  }
  for (const list of [tree.taken, tree.brought]) {
    // From the back: a piece that was joined with the one before it has no id of its own any more.
    for (let at = list.length - 1; at >= 0; at--) {
      const piece = list[at] as Piece
      if (piece.length > 0) joinAround(tree, piece)
    }
  }
  for (const old of gone.takeExcess()) {
    for (const piece of forget(tree, old)) if (piece.length > 0) joinAround(tree, piece)
  }
  tree.taken = []
  tree.brought = []
  tree.seq = 0
}

/** Makes a piece one with its neighbours where nothing tells them apart. */
function joinAround(tree: Tree, piece: Piece): void {
  joinWithNext(tree, piece)
  joinWithPrevious(tree, piece)
}

function joinWithNext(tree: Tree, piece: Piece): void {
  const next = piece.right
  if (next && next.client === piece.client && next.clock === piece.clock + piece.length) join(tree, piece, next)
}

function joinWithPrevious(tree: Tree, piece: Piece): void {
  const previous = piece.left
  if (previous && previous.client === piece.client && previous.clock + previous.length === piece.clock) {
    join(tree, previous, piece)
  }
}

/** Makes two neighbours with consecutive ids one where nothing tells them apart. */
function join(tree: Tree, left: Piece, right: Piece): void {
  if (
    left.kind !== right.kind ||
    left.deleted !== right.deleted ||
    left.key !== null ||
    (left.kind !== 'text' && left.kind !== 'gap') ||
    right.originClient !== left.client ||
    right.originClock !== right.clock - 1 ||
    left.rightClient !== right.rightClient ||
    left.rightClock !== right.rightClock ||
    left.fromClient < 0 !== right.fromClient < 0 ||
    sourceClient(left) !== sourceClient(right) ||
    sourceClock(left) + left.length !== sourceClock(right) ||
    left.goneBy !== right.goneBy ||
    (left.text === '') !== (right.text === '')
  ) {
    return
  }
  left.text += right.text
  clientOf(tree, right.client).remove(right)
  left.length += right.length
  right.length = 0
  left.right = right.right
  if (left.right) left.right.left = left
}
