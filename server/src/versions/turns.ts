import { createTurns } from '../turns.ts'

/**
 * Turns by document id. Whatever makes versions takes one, so that a restore and its versions stand next to each other.
 * For this process only: across processes the document's row lock keeps numbers apart.
 */
export const inTurn = createTurns()
