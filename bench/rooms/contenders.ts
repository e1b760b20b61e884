import pg from 'pg'
import { type Dialect, hocuspocus, yProtocol } from '../harness/dialects.ts'
import type { Cluster } from '../harness/postgres.ts'
import { startServer } from '../harness/server-process.ts'
import { openCabildo, openUnrecorded } from './cabildo-site.ts'
import type { Site } from './site.ts'

/** One of the servers compared. */
export interface Contender {
  name: string
  /** What the table says it is. */
  says: string
  role: 'limit' | 'peer' | 'ours'
  /** Whether what was typed is still there after a restart. */
  stores: boolean
  /** Only in these rows, unless it is asked for by name. */
  rows?: readonly string[]
  open(cluster: Cluster, core: number | undefined): Promise<Site>
}

interface Plain {
  entry: string
  dialect: Dialect
  env?: Record<string, string>
  path: (room: string) => string
  /** The tables it stores in. Without them it has no database. */
  tables?: string
}

/** A server that makes a document of any name when it is first asked for. */
function plain({ entry, dialect, env = {}, path, tables }: Plain): Contender['open'] {
  return async (cluster, core) => {
    const database = tables ? await cluster.createDatabase(entry, (url) => run(url, tables)) : undefined
    let made = 0
    const settings = database ? { ...env, DATABASE_URL: database.url } : env
    return {
      // As long as our ids, because some servers put the name into every message.
      makeRooms: async (count) => Array.from({ length: count }, () => `room-${String(made++).padStart(17, '0')}`),
      start: () => startServer({ entry, env: settings, core }),
      door: ({ port }) => ({ port, dialect, request: (room) => ({ path: path(room), headers: {} }) }),
      end: async () => database?.drop(),
    }
  }
}

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statements)
  await client.end()
}

const yPath = (room: string) => `/${room}`

const updateRows = `
  create table yjs_update (id bigserial primary key, document text not null, bytes bytea not null);
  create index yjs_update_document on yjs_update (document, id)`
const stateRows = 'create table document_state (document text primary key, state bytea not null)'

/** All servers, in the order of the table. */
export const contenders: readonly Contender[] = [
  {
    name: 'relay',
    says: 'bare `ws` 8.23, no Yjs, forwards frames: the practical limit',
    role: 'limit',
    stores: false,
    open: plain({ entry: 'relay.ts', dialect: yProtocol, path: yPath }),
  },
  {
    name: 'relay-turn',
    says: 'the same with one write per receiver and turn of the event loop',
    role: 'limit',
    rows: ['two-hundred'],
    stores: false,
    open: plain({ entry: 'relay.ts', env: { RELAY_TURN: '1' }, dialect: yProtocol, path: yPath }),
  },
  {
    name: 'ywebsocket',
    says: '@y/websocket-server 0.1.1, in memory',
    role: 'peer',
    stores: false,
    open: plain({ entry: 'ywebsocket.ts', dialect: yProtocol, path: yPath }),
  },
  {
    name: 'ywebsocket-pg',
    says: 'the same, each update appended to Postgres through its persistence hook',
    role: 'peer',
    stores: true,
    open: plain({ entry: 'ywebsocket.ts', dialect: yProtocol, path: yPath, tables: updateRows }),
  },
  {
    name: 'hocuspocus-pg',
    says: '@hocuspocus/server 4.7.0 with extension-database on Postgres, default debounce (2 s, at most 10 s)',
    role: 'peer',
    stores: true,
    open: plain({ entry: 'hocuspocus.ts', dialect: hocuspocus, path: () => '/', tables: stateRows }),
  },
  {
    name: 'cabildo',
    says: 'our server whole: HTTP, sessions, rights, gate; every update committed before it is shown',
    role: 'ours',
    stores: true,
    open: openCabildo,
  },
  {
    name: 'cabildo-unrecorded',
    says: 'the same without the record: what the record costs',
    role: 'limit',
    rows: ['recorded'],
    stores: true,
    open: openUnrecorded,
  },
]
