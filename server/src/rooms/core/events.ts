import type { CloseReason } from '@cabildo/protocol/room/close'
import type { Capability, NewsTopic } from '@cabildo/protocol/room/messages'
import type { Doc } from 'yjs'
import type { Access, AppendOutcome, BehalfPerson, DocumentStatus, RoomPerson, Via, Writer } from '../ports.ts'

/** A connection's side in the room. */
export interface Member {
  userId: string
  sessionId: string
  person: RoomPerson
  /** On whose behalf this connection types, from its door to its end. */
  behalf?: BehalfPerson | undefined
  canWrite: boolean
  /** Said `mode=edit`: losing the right to write must close it, so that it can keep its text as a draft. */
  expectsToWrite: boolean
  capabilities: ReadonlySet<Capability>
}

/** What a room is told. */
export type RoomEvent =
  | { type: 'joined'; connection: string; member: Member }
  | { type: 'left'; connection: string }
  | { type: 'received'; connection: string; frame: Uint8Array }
  | { type: 'rightsRead'; connection: string; access: Access }
  | { type: 'stored'; outcome: AppendOutcome }
  | { type: 'storeFailed' }
  | { type: 'presenceDue' }
  | { type: 'heartbeatDue' }
  | { type: 'readAsked'; token: number }
  | { type: 'editAsked'; token: number; edit: ServerEdit }
  /** Nothing was edited for a while: the Y.Doc may be put away. */
  | { type: 'calm' }
  /** Something beside the text changed, and is committed. */
  | { type: 'newsDue'; topic: NewsTopic }
  /** The document was frozen or opened, and that is committed. */
  | { type: 'statusRead'; status: DocumentStatus }
  /** A snapshot is wanted now. */
  | { type: 'snapshotDue' }

/** An edit by the server in somebody's name, under a client id minted for it. */
export interface ServerEdit {
  writer: Writer
  via: Via
  raiseEpoch: boolean
  clientId: number
  change: (doc: Doc) => void
}

/** A document as committed, without its plan. */
export interface CommittedState {
  headSeq: number
  epoch: number
  status: DocumentStatus
  state: Uint8Array
}

/** What a room wants done, in order. */
export type RoomEffect =
  /** One message, one frame. A `volatile` one may be skipped for a slow receiver. */
  | { type: 'send'; to: readonly string[]; message: Uint8Array; volatile: boolean }
  | { type: 'close'; connection: string; reason: CloseReason }
  /** There are rows to `seal`. */
  | { type: 'append' }
  /** Presence changed: send `presenceDue` soon. */
  | { type: 'announce' }
  | { type: 'answer'; token: number; committed: CommittedState }
  | { type: 'refuse'; token: number; reason: 'frozen' | 'too_large' | 'unavailable' }
  | { type: 'snapshot'; seq: number; epoch: number; state: Uint8Array }
  /** Memory may be ahead of the log: close everyone with this reason and forget the room. */
  | { type: 'retire'; reason: CloseReason }
