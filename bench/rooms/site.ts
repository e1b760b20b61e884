import type { Door } from '../harness/crowd.ts'
import type { ServerProcess } from '../harness/server-process.ts'

/** A server with an empty database of its own: what one repetition measures. */
export interface Site {
  /** Makes so many empty documents and answers their names. Before the server starts. */
  makeRooms(count: number): Promise<string[]>
  /**
   * Starts the server, or starts it again on what it has stored. `idleAfter` has a server that puts away what nobody
   * edits do so after so many milliseconds: memory is measured in seconds, not minutes.
   */
  start(options?: { idleAfter?: number }): Promise<ServerProcess>
  door(server: ServerProcess): Door
  /** Removes the database. Stop the server first. */
  end(): Promise<void>
}
