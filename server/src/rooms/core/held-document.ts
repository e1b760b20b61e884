import { factsRoot } from '@cabildo/schema/rules'
import { defineRoots } from '@cabildo/schema/templates/shapes'
import * as Y from 'yjs'
import type { LoadedDocument } from '../ports.ts'
import { step2 } from './frames.ts'

/**
 * A document as a room holds it: awake, as a Y.Doc that can be changed, or at rest, as its bytes inside the very message
 * that answers a newcomer. At rest a long document takes a tenth of the memory, and a crowd is answered without encoding
 * anything (spec RM51). The two answer alike.
 */
export interface HeldDocument {
  readonly awake: boolean
  /** The Y.Doc, made from the bytes if need be. */
  wake(): Y.Doc
  /** Puts the Y.Doc away. Its bytes must be all that anybody still wants of it. */
  putAway(): void
  stateVector(): Uint8Array
  /** What a holder of `theirs` (a state vector) lacks, encoded once for all who hold the same. */
  answerTo(theirs: Uint8Array): Answer
  /** Runs `change` on the awake document and answers the transactions it made, Yjs's own tidying included. */
  run(change: (doc: Y.Doc) => void): Y.Transaction[]
  /** Rows of so many bytes came: prepared answers are old, the document is larger. */
  grew(bytes: number): void
  /** Whether the document may grow by so many bytes. */
  hasRoomFor(bytes: number): boolean
}

/** A prepared answer. `message` is the update as a step 2 frame, made when first sent. */
export interface Answer {
  update: Uint8Array
  message: Uint8Array | null
}

interface Rest {
  message: Uint8Array
  state: Uint8Array
  stateVector: Uint8Array | null
  /** What somebody who has every struct may still lack. */
  deletions: Uint8Array | null
}

/** The state vector of somebody who has nothing. */
export const emptyVector = Uint8Array.of(0)
const isEmpty = (vector: Uint8Array): boolean => vector.length === 1 && vector[0] === 0
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

const restOf = (state: Uint8Array): Rest => {
  const message = step2(state)
  return { message, state: message.subarray(message.length - state.length), stateVector: null, deletions: null }
}

/** Whether everything that was applied could be integrated. */
export const isWhole = (doc: Y.Doc): boolean => doc.store.pendingStructs === null && doc.store.pendingDs === null

/** A Y.Doc with the roots of its form in their right types: a commitment's, until it says another. */
export function createDoc(state?: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  if (state) Y.applyUpdate(doc, state)
  // What the form is stands in the state.
  defineRoots(doc)
  doc.getMap(factsRoot)
  return doc
}

/** How many state vectors are kept with what their holders lack. */
const answersKept = 8

/** Apart from `holdDocument`, whose functions would otherwise keep what was loaded in memory for as long as the room. */
function replayTail(doc: Y.Doc, { documentId, tail }: LoadedDocument): void {
  doc.transact(() => {
    for (const { bytes } of tail) Y.applyUpdate(doc, bytes)
  })
  // The first of them may have said what form it is of.
  defineRoots(doc)
  if (!isWhole(doc)) throw new Error(`document ${documentId} has entries missing from its log`)
}

/** Holds what the log says. Throws when entries are missing from it. */
export function holdDocument(loaded: LoadedDocument, limits: { documentBytes: number }): HeldDocument {
  let doc: Y.Doc | null = null
  let rest: Rest | null = loaded.snapshot && restOf(loaded.snapshot.state)
  let transactions: Y.Transaction[] = []
  let size = loaded.tail.reduce((sum, { bytes }) => sum + bytes.length, loaded.snapshot?.state.length ?? 0)
  /** Good until the next row. */
  let answers: (Answer & { stateVector: Uint8Array })[] = []

  const wake = (): Y.Doc => {
    if (doc) return doc
    doc = createDoc(rest?.state)
    rest = null
    doc.on('afterTransaction', (transaction: Y.Transaction) => transactions.push(transaction))
    return doc
  }
  const run = (change: (live: Y.Doc) => void): Y.Transaction[] => {
    const live = wake()
    transactions = []
    try {
      change(live)
      return transactions
    } finally {
      // A transaction holds on to everything it touched.
      transactions = []
    }
  }
  const stateVector = (): Uint8Array => {
    if (doc) return Y.encodeStateVector(doc)
    if (!rest) return emptyVector
    rest.stateVector ??= Y.encodeStateVectorFromUpdate(rest.state)
    return rest.stateVector
  }

  if (!rest || loaded.tail.length > 0) {
    replayTail(wake(), loaded)
    transactions = []
  }

  return {
    get awake() {
      return doc !== null
    },
    wake,
    run,
    stateVector,

    putAway() {
      if (!doc) return
      const vector = Y.encodeStateVector(doc)
      const deletions = Y.encodeStateAsUpdate(doc, vector)
      rest = { ...restOf(Y.encodeStateAsUpdate(doc)), stateVector: vector, deletions }
      size = rest.state.length
      answers = []
      doc.destroy()
      doc = null
    },

    answerTo(theirs) {
      if (rest && isEmpty(theirs)) return { update: rest.state, message: rest.message }
      const kept = answers.find((answer) => sameBytes(answer.stateVector, theirs))
      if (kept) return kept
      const update =
        rest?.deletions && sameBytes(theirs, stateVector())
          ? rest.deletions
          : Y.encodeStateAsUpdate(wake(), isEmpty(theirs) ? undefined : theirs)
      const answer = { stateVector: theirs.slice(), update, message: null }
      answers = [...answers.slice(1 - answersKept), answer]
      return answer
    },

    grew(bytes) {
      size += bytes
      if (answers.length > 0) answers = []
    },

    hasRoomFor(bytes) {
      if (size + bytes <= limits.documentBytes) return true
      // The sum of the rows only ever grows; what is really there may be far less.
      size = Y.encodeStateAsUpdate(wake()).length
      return size + bytes <= limits.documentBytes
    },
  }
}
