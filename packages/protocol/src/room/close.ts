/**
 * Why the server closes a room's socket (docs/spec/room.md). y-websocket treats 4400-4499 as final and comes back
 * after anything else, so a passing fault must never carry a 44xx code.
 */
export const closeCodes = {
  malformed: 4400,
  sign_in: 4401,
  forbidden: 4403,
  foreign_client: 4403,
  not_found: 4404,
  too_slow: 4408,
  schema_mismatch: 4409,
  epoch_mismatch: 4409,
  out_of_sync: 4409,
  too_large: 4413,
  content_not_allowed: 4422,
  frozen: 4423,
  storage_unavailable: 4503,
  too_many: 4529,
  restarting: 1012,
  cannot_load: 1013,
} as const

/** The name of a reason: sent as the close frame's reason text, so that a client need not guess among equal codes. */
export type CloseReason = keyof typeof closeCodes
