import type { Group, Role } from '@cabildo/protocol/http/common'
import type { LetterSide } from '@cabildo/protocol/http/endorsements'

/** Endorsements that one group gives in a plan, and letters that a plan keeps, those withdrawn too. */
export const mostOfGroup = 50
export const mostLetters = 30

/** That something was withdrawn. */
export interface WithdrawnColumns {
  withdrawnAt: Date | null
  withdrawnById: string | null
  withdrawnReason: string | null
  withdrawnSalt: Uint8Array | null
  withdrawnEntry: number | null
}

/** A text that is or can be endorsed. `number` is the commitment's. */
export interface TextRow {
  documentId: string
  number: number
  title: string
  versionId: string
  versionNumber: number
  contentHash: string
}

/** An endorsement as it is kept. `salt` is empty once who it names was erased. */
export interface EndorsementRow extends WithdrawnColumns {
  id: string
  number: number
  groupId: string
  name: string
  office: string
  organisation: string
  salt: Uint8Array
  byId: string
  entry: number
  givenAt: Date
}

/** A letter as it is kept, without its bytes. `sha256` is null once it was withdrawn. */
export interface LetterRow extends WithdrawnColumns {
  number: number
  side: LetterSide
  organisation: string
  mediaType: string
  size: number
  salt: Uint8Array
  sha256: Uint8Array | null
  byId: string
  entry: number
  addedAt: Date
}

/** Whether somebody of this role and group endorses: an endorser, of any group but the government's. */
export function endorses(role: Role, group: Group | undefined): group is Group {
  return role === 'endorser' && group !== undefined && group.sector !== 'government'
}

/** What a letter's bytes are called when they are saved. */
export function letterName(number: number, mediaType: string): string {
  return `carta-${number}.${mediaType === 'application/pdf' ? 'pdf' : 'jpg'}`
}
