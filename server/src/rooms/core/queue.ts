import { titleOf } from '@cabildo/schema/title'
import * as Y from 'yjs'
import { type AppendBatch, type AppendRow, ownerOf, type Via, type Writer } from '../ports.ts'
import { collectDeletions, type Deletions, encodeChange } from './encode.ts'
import { repairForm, touchedParents } from './form.ts'
import { updateFrame } from './frames.ts'
import { type HeldDocument, isWhole } from './held-document.ts'

/**
 * What was applied to the document and waits to be stored. Applying and queueing are one step, so that the rows are
 * exactly what changed: the sender's own bytes where they say it all, and otherwise what the document reports.
 */
export interface Queue {
  readonly length: number
  /**
   * Applies a change and queues it with whatever the form then needs. `broken`: part of it could not be integrated, and
   * the document can no longer be trusted.
   */
  accept(source: Source, change: Change): 'queued' | 'nothing' | 'broken'
  /** The next batch raises the document's epoch. */
  raiseEpoch(): void
  /** Takes everything waiting as one batch. Undefined when nothing waits. */
  seal(at: { headSeq: number; epoch: number }): Sealed | undefined
}

/** Who makes a change, and through which connection; `null` when the server does, in somebody's name. */
export interface Source {
  connection: string | null
  writer: Writer
  via: Via
}

export interface Change {
  apply(doc: Y.Doc): void
  /** Client ids whose structs it adds, and those among them that write here for the first time. */
  clients: readonly number[]
  newClients: readonly number[]
  /** Nodes it is known to create. */
  newNodes: readonly Y.ID[]
  /** Its bytes, when they say exactly what it changes. */
  exact: Uint8Array | null
}

/** A batch on its way to the log, and what to tell of it once it is there. */
export interface Sealed {
  batch: AppendBatch
  /** The batch as one message. */
  message: Uint8Array
  /** Every connection with rows in it, those that have left meanwhile included. */
  senders: readonly string[]
  /** The one connection that needs none of it, when there is one: every row is its own, as it sent it. */
  sole: string | undefined
}

/** An empty queue in front of a document. `claim` is told which client ids a writer now uses. */
export function createQueue(
  { documentId, planId }: { documentId: string; planId: string },
  document: HeldDocument,
  claim: (client: number, owner: string) => void,
): Queue {
  /** `sole`: the connection that sent all that the row says, if one did. */
  let waiting: { row: AppendRow; sole: string | null }[] = []
  const senders = new Set<string>()
  /** Since the last seal: where each client stood, and what was deleted. */
  let since = new Map<number, number>()
  let deletions: Deletions = new Map()
  let raise = false
  let titleTouched = false

  const add = (
    { connection, writer, via }: Source,
    bytes: Uint8Array,
    newClients: readonly number[],
    before: ReadonlyMap<number, number>,
    removed: Deletions,
    { asSent = true } = {},
  ): void => {
    for (const client of newClients) claim(client, ownerOf(writer))
    for (const [client, clock] of before) if (!since.has(client)) since.set(client, clock)
    for (const [client, items] of removed) {
      const list = deletions.get(client)
      if (list) list.push(...items)
      else deletions.set(client, [...items])
    }
    waiting.push({ row: { writer, via, bytes, newClients }, sole: asSent ? connection : null })
    if (connection !== null) senders.add(connection)
    document.grew(bytes.length)
  }

  const deletionsOf = (transactions: readonly Y.Transaction[]): Deletions => {
    const removed: Deletions = new Map()
    for (const transaction of transactions) collectDeletions(removed, transaction)
    return removed
  }

  /** Mends the form below `parents` as a row of its own, in the name of whoever made it necessary. */
  const mend = (source: Source, parents: ReadonlySet<Y.XmlFragment>): void => {
    let mended = false
    const transactions = document.run((doc) =>
      doc.transact((transaction) => {
        mended = repairForm(transaction, parents)
      }),
    )
    if (!mended) return
    const removed = deletionsOf(transactions)
    const row = encodeChange(document.wake(), new Map(), removed)
    // Who accepts a proposal answers for what its words make necessary.
    const { behalfId, ...sender } = { ...source.writer, sessionId: null }
    const writer = source.via === 'proposal' || behalfId === undefined ? sender : { ...sender, behalfId }
    add({ connection: null, writer, via: 'repair' }, row, [], new Map(), removed)
  }

  return {
    get length() {
      return waiting.length
    },

    accept(source, { apply, clients, newClients, newNodes, exact }) {
      const doc = document.wake()
      const before = new Map(clients.map((client) => [client, Y.getState(doc.store, client)]))
      const transactions = document.run(apply)
      if (!isWhole(doc)) return 'broken'
      const [first, ...followers] = transactions
      const removed = deletionsOf(transactions)
      const grown = clients.some((client) => Y.getState(doc.store, client) > (before.get(client) ?? 0))
      if (!first || (!grown && removed.size === 0)) return 'nothing'
      // Yjs tidies redundant formatting in a transaction of its own: then the sender's bytes are not the whole change, and
      // the sender has to be told of it like all others.
      const tidied = followers.some((transaction) => transaction.deleteSet.clients.size > 0)
      const bytes = exact && !tidied ? exact : encodeChange(doc, before, removed)
      add(source, bytes, newClients, before, removed, { asSent: !tidied })
      const parents = touchedParents(doc, first, newNodes)
      if (parents.size > 0) mend(source, parents)
      // The library's types do not see that a fragment is one of its shared types.
      const title = doc.getXmlFragment('title') as unknown as Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>
      if (first.changedParentTypes.has(title)) titleTouched = true
      return 'queued'
    },

    raiseEpoch() {
      raise = true
    },

    seal({ headSeq, epoch }) {
      if (waiting.length === 0) return undefined
      const doc = document.wake()
      const rows = waiting.map(({ row }) => row)
      const only = rows.length === 1 ? rows[0] : undefined
      // Encoded now, while the document is exactly what these rows make it.
      const message = updateFrame(only ? only.bytes : encodeChange(doc, since, deletions))
      const [first] = waiting
      const sole = first && waiting.every((row) => row.sole === first.sole) ? first.sole : null
      const sealed: Sealed = {
        message,
        senders: [...senders],
        sole: sole ?? undefined,
        batch: {
          documentId,
          planId,
          epoch,
          baseSeq: headSeq,
          rows,
          ...(raise && { raiseEpoch: true }),
          ...(titleTouched && { title: titleOf(doc) }),
        },
      }
      waiting = []
      senders.clear()
      since = new Map()
      deletions = new Map()
      raise = false
      titleTouched = false
      return sealed
    },
  }
}
