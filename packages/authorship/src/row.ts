/** How a row came to be, as the room's log says it. Unknown words are taken as `edit`. */
export type Via = 'edit' | 'template' | 'restore' | 'repair' | 'draft' | 'import' | (string & {})

/** One row of a document's log. */
export interface LogRow {
  /** Its number in the document's log. Rows are applied in this order. */
  seq: number
  /** Who sent it: any text that is the same for the same person, on whatever device. */
  author: string
  via: Via
  /** One Yjs v1 update. */
  bytes: Uint8Array
  /** Whose words these are when the sender only put them in: the author of a draft. The sender stays the editor. */
  writtenBy?: string | undefined
}

/** Text that a row took away, in the order in which it stood. */
export interface Deletion {
  seq: number
  /** The sender of the row that took it away. */
  by: string
  via: Via
  /** The root it stood in; `facts` holds no text. */
  field: string
  text: string
  /** Who wrote it, and the row that first brought its first character. */
  author: string
  written: number
}
