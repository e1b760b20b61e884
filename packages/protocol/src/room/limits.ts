/** Every bound of the room server in one place. Sizes are bytes, times milliseconds. */
export interface RoomLimits {
  /** Largest frame; a longer one closes its socket with 1009. */
  frameBytes: number
  /** Largest awareness state of one client, as JSON. */
  awarenessBytes: number
  /** Most presence of one person in one room, over all their sockets; a state beyond it is passed over. */
  awarenessBytesPerUser: number
  /** Most clock units one update may add, and most structs and delete ranges it may hold. */
  updateClocks: number
  updateStructs: number
  /** Largest encoded document. */
  documentBytes: number
  /** Deepest nesting of nodes. */
  depth: number
  /** Client ids one socket may bring: one per page load and offline session. */
  clientsPerSocket: number
  /** How often one socket may ask for the document or for who is here between two heartbeats. Answers cost far more. */
  questionsPerHeartbeat: number
  /** How many heartbeats a socket may take to send its step 2 after an update that needs it: on a bad network, minutes. */
  heartbeatsBehind: number
  /** Frames and bytes a second one socket may send for long, and how much it may save up. Beyond them it is read slower. */
  framesPerSecond: number
  bytesPerSecond: number
  burstSeconds: number
  /** A socket held back for this long without a pause is closed with 4529. */
  throttledFor: number
  /** Sockets at once. */
  socketsPerAddress: number
  socketsPerUser: number
  socketsPerRoom: number
  sockets: number
  /** A receiver with more than this unsent gets no awareness; beyond `backlogClose` it is closed with 4408. */
  backlogSkip: number
  backlogClose: number
  /** Presence is gathered this long; a heartbeat goes out this often. */
  presenceEvery: number
  heartbeatEvery: number
  /** A room nobody is in leaves memory after this; its Y.Doc is put away after this time without an edit. */
  unloadAfter: number
  hibernateAfter: number
  /** A snapshot is written each time this many rows came since the last. */
  snapshotEvery: number
  /** Longest wait between two fan-outs of a busy room, so that one write carries more. None when the room is calm. */
  gatherAtMost: number
}

export const defaultLimits: RoomLimits = {
  frameBytes: 1 << 20,
  awarenessBytes: 4096,
  awarenessBytesPerUser: 64 << 10,
  updateClocks: 200_000,
  updateStructs: 200_000,
  documentBytes: 2 << 20,
  depth: 24,
  clientsPerSocket: 64,
  questionsPerHeartbeat: 100,
  heartbeatsBehind: 8,
  framesPerSecond: 2000,
  bytesPerSecond: 4 << 20,
  burstSeconds: 2,
  throttledFor: 30_000,
  socketsPerAddress: 1000,
  socketsPerUser: 300,
  socketsPerRoom: 500,
  sockets: 4000,
  backlogSkip: 64 << 10,
  backlogClose: 8 << 20,
  presenceEvery: 50,
  heartbeatEvery: 15_000,
  unloadAfter: 30_000,
  hibernateAfter: 10_000,
  snapshotEvery: 500,
  gatherAtMost: 8,
}
