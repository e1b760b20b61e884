/**
 * The room's wire: y-websocket's frames, one message each, told apart by a leading varuint.
 *
 *   0 sync      0 step1 <state vector> | 1 step2 <update> | 2 update <update>     (y-protocols)
 *   1 awareness <awareness update>   2 auth (never sent)   3 query awareness
 *   100 saved   varuint: how many of this connection's step2 and update frames are committed, or were found to
 *               change nothing. Sent only with `caps=saved1`.
 *   101 epoch   varuint: the document's epoch from now on. Sent only with `caps=…,epoch1`, after a restore.
 *   102 news    varstring: what changed beside the text, one of `newsTopics`, so that whoever shows it asks for it
 *               again. Sent only with `caps=…,news1`. A hint: none is sent for what changed while one was away.
 *
 * The address carries `schema` (required), `caps`, `epoch`, and `mode=edit` from a client that means to write: such a
 * socket is closed with 4403 when its person may not write (any more), so that it keeps its text as a draft. Without
 * `mode` a reader's edits are passed over in silence. `user` says whose page it is: closed with 4401 when the session is
 * another person's by now.
 */
export const messageType = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  saved: 100,
  epoch: 101,
  news: 102,
} as const
export const syncType = { step1: 0, step2: 1, update: 2 } as const

/** What a client may ask for in the `caps` parameter, separated by commas. */
export const capabilities = ['saved1', 'epoch1', 'news1'] as const
export type Capability = (typeof capabilities)[number]

/** What stands beside a document's text and is told of when it changes. A client passes over what it does not know. */
export const newsTopics = ['threads', 'proposals', 'inputs', 'dissents', 'approvals'] as const
export type NewsTopic = (typeof newsTopics)[number]
