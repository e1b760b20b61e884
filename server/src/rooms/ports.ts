import type { DocumentKind } from '@cabildo/protocol/http/common'
import type { CloseReason } from '@cabildo/protocol/room/close'
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import type { NewsTopic } from '@cabildo/protocol/room/messages'
import type { Transaction } from 'kysely'
import type { Database } from '../db/types.ts'

/**
 * How a row came to be: typed by a person, seeded from a template, a version brought back, a repair of the form, a
 * proposal that was accepted, a text read from a file.
 */
export type Via = 'edit' | 'template' | 'restore' | 'repair' | 'draft' | 'proposal' | 'import'

/** Who answers for a row. Taken from the session, never from the bytes. */
export interface Writer {
  userId: string
  sessionId: string | null
  groupId: string | null
  /**
   * On whose behalf they type, or whose proposal they accept, when it is not for themselves; `groupId` is then that
   * person's.
   */
  behalfId?: string | undefined
}

/**
 * Whose a client id is, as one word: the person's id, with the id of the person on whose behalf they type, when they do.
 * So words typed for oneself and for somebody else never come under the same client id.
 */
export function ownerOf({ userId, behalfId }: { userId: string; behalfId?: string | null | undefined }): string {
  return behalfId ? `${userId} ${behalfId}` : userId
}

export type DocumentStatus = 'open' | 'frozen' | 'archived'

/** What a room needs to begin. `clients` says whose each bound client id is, as `ownerOf` names them. */
export interface LoadedDocument {
  documentId: string
  planId: string
  status: DocumentStatus
  epoch: number
  headSeq: number
  snapshot: { seq: number; state: Uint8Array } | null
  /** Every row after the snapshot, in seq order, without a gap. */
  tail: { seq: number; bytes: Uint8Array }[]
  clients: Map<number, string>
  /** Clocks of what was taken out of the document or of drafts of it: none of it may come back from a device. */
  takenOut: readonly { client: number; clock: number; length: number }[]
}

/** One row to store. `newClients` are bound to the writer in the same transaction. */
export interface AppendRow {
  writer: Writer
  via: Via
  bytes: Uint8Array
  newClients: readonly number[]
}

/** The rows of one document, taken whole or refused whole. They become `baseSeq + 1 …`. */
export interface AppendBatch {
  documentId: string
  /** The document's plan, in which its writers need a role. */
  planId: string
  epoch: number
  baseSeq: number
  rows: readonly AppendRow[]
  /** Set by a restore: the document's epoch is raised with these rows. */
  raiseEpoch?: boolean
  /** Put into the document's row with the batch, because the title changed. */
  title?: string
}

/**
 * What became of a batch. `out_of_sync`: the log moved on without us. `frozen`, `forbidden`: state or rights changed
 * under us. `foreign_client`: another user owns one of the new client ids, or the same one on
 * behalf of somebody else. Only `stored` changed anything.
 */
export type AppendOutcome =
  | { kind: 'stored'; headSeq: number; epoch: number; storedAt: Date }
  | { kind: 'refused'; reason: 'out_of_sync' | 'frozen' | 'forbidden' | 'foreign_client' }

/**
 * The durable log of every document. Its contract is `log.contract.ts`.
 * `append` answers only after the transaction has committed; when it throws nothing of the call is known to be stored,
 * and the caller must load again before it appends again.
 */
export interface UpdateLog {
  load(documentId: string): Promise<LoadedDocument | undefined>
  /** Whether a document takes edits now; undefined when there is none. */
  statusOf(documentId: string): Promise<DocumentStatus | undefined>
  append(batches: readonly AppendBatch[]): Promise<AppendOutcome[]>
  /**
   * Keeps a state so that loading is short. A cache: losing it loses nothing. A state of another epoch than the document's
   * is not kept: words may have been taken out since it was made.
   */
  saveSnapshot(documentId: string, snapshot: { seq: number; epoch: number; state: Uint8Array }): Promise<void>
  /** The state after row `seq`, from the nearest snapshot and the rows since, and whose words that row holds. Undefined when
   * there is no such row. */
  stateAt(
    documentId: string,
    seq: number,
  ): Promise<{ state: Uint8Array; storedAt: Date | null; userId: string | null } | undefined>
}

/** A document about to be: its first row is the template's seed, written in the name of its creator. */
export interface NewDocument {
  documentId: string
  planId: string
  kind: DocumentKind
  template: string
  templateVersion: number
  title: string
  writer: Writer
  /** The seed (`seedDocument`): a Yjs update (v1) made under `clientId` alone. */
  state: Uint8Array
  clientId: number
}

/** Creates a document with its seed as row 1 of its log, in the caller's transaction. */
export type InsertDocument = (trx: Transaction<Database>, document: NewDocument) => Promise<void>

/** A person in a room, as everyone there may see them. */
export interface RoomPerson {
  userId: string
  name: string
  groupName: string | null
  groupId: string | null
  sector: string | null
  /** A guest, who is shown by name or group: nobody looked at who they are. */
  unverified?: true
}

/** Somebody for whom somebody else types: as everyone in the room may see them, and the group it counts for. */
export interface BehalfPerson {
  userId: string
  groupId: string | null
  /** Empty for who is not shown by name. */
  name: string
  groupName: string | null
}

/** What a session may do in a document now. `canWrite` speaks of the person's role, `status` of the document. */
export type Access =
  | {
      kind: 'granted'
      planId: string
      status: DocumentStatus
      canWrite: boolean
      person: RoomPerson
      /** There when it was asked for: on whose behalf everything here is typed. */
      behalf?: BehalfPerson
    }
  | { kind: 'refused'; reason: 'sign_in' | 'not_found' | 'forbidden' }

export interface AccessQuery {
  userId: string
  sessionId: string
  documentId: string
  /** On whose behalf they mean to type. Without the right to, the answer is `forbidden`. */
  behalfId?: string | undefined
}

/** Reads rights when they are used. `checkMany` answers in the order asked, with one query. */
export interface AccessReader {
  check(query: AccessQuery): Promise<Access>
  checkMany(queries: readonly AccessQuery[]): Promise<Access[]>
}

/** Time as an argument. `after` answers a function that cancels. */
export interface Clock {
  now(): number
  after(milliseconds: number, run: () => void): () => void
}

/** One socket as the rooms see it. Calls after `close` do nothing. */
export interface Connection {
  readonly id: string
  /** Puts a message into this turn's write. A volatile one may be left out when the receiver is behind. */
  send(message: Uint8Array, volatile: boolean): void
  /** Writes out what `send` gathered. */
  flush(): void
  close(reason: CloseReason): void
  /** False once either side has closed it. */
  readonly open: boolean
  /** Stops and starts reading from the peer. */
  pause(): void
  resume(): void
}

/** A document as committed. `state` is a Yjs v1 update; do not change it. */
export interface Committed {
  planId: string
  status: DocumentStatus
  epoch: number
  headSeq: number
  state: Uint8Array
}

/** What the rest of the server may ask of the rooms. */
export interface Rooms {
  /** The committed document, whether or not anybody is inside. Undefined when there is none. Throws `unavailable`. */
  read(documentId: string): Promise<Committed | undefined>
  stateAt: UpdateLog['stateAt']
  /**
   * Makes one edit as the server, in `writer`'s name, under a client id minted for it (`clientId`, or one of its own), and
   * answers once it is committed. `change` gets the live Y.Doc inside a transaction and must not wait. A change of nothing stores nothing.
   * Throws `AppError` `not_found`, `frozen`, `forbidden`, `unavailable`.
   */
  edit(
    documentId: string,
    by: { writer: Writer; via: Exclude<Via, 'edit' | 'template'>; raiseEpoch?: boolean; clientId?: number },
    change: (doc: import('yjs').Doc) => void,
  ): Promise<{ headSeq: number; epoch: number }>
  /** Who has each of these documents open on this node, each person once. */
  inside(documentIds: readonly string[]): Map<string, RoomPerson[]>
  /**
   * What is stored of a document was changed beneath its room, and its epoch raised: everybody inside is sent away to
   * come back to what is stored now. When it resolves, nothing of what the room held will be stored any more.
   */
  reload(documentId: string): Promise<void>
  /**
   * Tells everybody inside that something beside the text changed. Call it after the commit. A hint: who comes in later
   * asks anyway.
   */
  announce(documentId: string, topic: NewsTopic): void
  /**
   * A document may have been frozen or opened: its room reads which. Call it after the commit: a room that nobody is in
   * does not look at rights, and would go by what it was told when it was loaded. When it resolves the room goes by what
   * was committed, or by something later, also one that was being loaded; it never fails.
   */
  statusChanged(documentId: string): Promise<void>
  /** Rights may have changed: look again now. */
  recheck(): void
  /** Refuses newcomers, stores what is waiting, writes snapshots, closes all sockets with 1012. */
  drain(): Promise<void>
  limits: RoomLimits
}

/** Told by the host, after the commit, so that others need not poll. Must not throw. */
export interface RoomEvents {
  /** Rows of this document were stored, or may have been. Called after each commit: it must cost nothing. */
  stored(documentId: string): void
  /** The last person who could write has left, and rows were added while somebody was inside. */
  lastWriterLeft(documentId: string, headSeq: number): void
}
