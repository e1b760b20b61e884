const last = new Map<string, Promise<unknown>>()

/**
 * Runs `work` once everything asked before for the same document has ended, well or badly, and answers as it does.
 * Whatever makes versions takes a turn, so that a restore and its versions stand next to each other. For this process
 * only: across processes the document's row lock keeps numbers apart.
 */
export function inTurn<Result>(documentId: string, work: () => Promise<Result>): Promise<Result> {
  const turn = (last.get(documentId) ?? Promise.resolve()).then(work, work)
  const settled = turn.then(noop, noop).then(() => {
    if (last.get(documentId) === settled) last.delete(documentId)
  })
  last.set(documentId, settled)
  return turn
}

function noop(): void {}
