import type { Door } from '../harness/crowd.ts'
import { type Dialect, hocuspocus, yProtocol } from '../harness/dialects.ts'
import type { Cluster } from '../harness/postgres.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'

/** A server with an empty database of its own: what one repetition measures. */
export interface Site {
  /** Makes so many empty documents and answers their names. Before the server starts. */
  makeRooms(count: number): Promise<string[]>
  /** Starts the server, or starts it again on what it has stored. */
  start(): Promise<ServerProcess>
  door(server: ServerProcess): Door
  /** Removes the database. Stop the server first. */
  end(): Promise<void>
}

/** One of the servers compared. */
export interface Contender {
  name: string
  /** What the table says it is. */
  says: string
  role: 'limit' | 'peer' | 'ours'
  /** Whether what was typed is still there after a restart. */
  stores: boolean
  open(cluster: Cluster, core: number | undefined): Promise<Site>
}

interface Plain {
  entry: string
  dialect: Dialect
  env?: Record<string, string>
  path: (room: string) => string
  stores: boolean
}

/** A server that makes a document of any name when it is first asked for. */
function plain({ entry, dialect, env = {}, path, stores }: Plain): Contender['open'] {
  return async (cluster, core) => {
    const database = stores ? await cluster.createDatabase() : undefined
    const settings = database ? { ...env, DATABASE_URL: database.url } : env
    return {
      makeRooms: async (count) =>
        Array.from({ length: count }, (_, i) => `room-${String(i).padStart(4, '0')}-of-a-plan`),
      start: () => startServer({ entry, env: settings, core }),
      door: ({ port }) => ({ port, dialect, request: (room) => ({ path: path(room), headers: {} }) }),
      end: async () => database?.drop(),
    }
  }
}

const yPath = (room: string) => `/${room}`

/** All servers, in the order of the table. */
export const contenders: readonly Contender[] = [
  {
    name: 'relay',
    says: 'bare `ws` 8.23, no Yjs, forwards frames: the practical limit',
    role: 'limit',
    stores: false,
    open: plain({ entry: 'relay.ts', dialect: yProtocol, path: yPath, stores: false }),
  },
  {
    name: 'relay-turn',
    says: 'the same with one write per receiver and turn of the event loop',
    role: 'limit',
    stores: false,
    open: plain({ entry: 'relay.ts', env: { RELAY_TURN: '1' }, dialect: yProtocol, path: yPath, stores: false }),
  },
  {
    name: 'ywebsocket',
    says: '@y/websocket-server 0.1.1, in memory',
    role: 'peer',
    stores: false,
    open: plain({ entry: 'ywebsocket.ts', dialect: yProtocol, path: yPath, stores: false }),
  },
  {
    name: 'ywebsocket-pg',
    says: 'the same, each update appended to Postgres through its persistence hook',
    role: 'peer',
    stores: true,
    open: plain({ entry: 'ywebsocket.ts', dialect: yProtocol, path: yPath, stores: true }),
  },
  {
    name: 'hocuspocus-pg',
    says: '@hocuspocus/server 4.7.0 with extension-database on Postgres, default debounce (2 s, at most 10 s)',
    role: 'peer',
    stores: true,
    open: plain({ entry: 'hocuspocus.ts', dialect: hocuspocus, path: () => '/', stores: true }),
  },
]
