/**
 * Hocuspocus with its database extension: the whole state of a document in one row, stored at its default debounce
 * (2 s after the last change, at most 10 s after the first).
 */
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import pg from 'pg'
import { announce, setting } from './announce.ts'

const pool = new pg.Pool({ connectionString: setting('DATABASE_URL'), max: 10 })
pool.on('error', (error) => console.error(error))

const server = new Server({
  address: '127.0.0.1',
  quiet: true,
  extensions: [
    new Database({
      async fetch({ documentName }) {
        const { rows } = await pool.query<{ state: Buffer }>({
          name: 'fetch',
          text: 'select state from document_state where document = $1',
          values: [documentName],
        })
        return rows[0]?.state ?? null
      },
      async store({ documentName, state }) {
        await pool.query({
          name: 'store',
          text: `insert into document_state (document, state) values ($1, $2)
            on conflict (document) do update set state = excluded.state`,
          values: [documentName, state],
        })
      },
    }),
  ],
})
// `listen(0)` would keep its default port of 80.
server.configuration.port = 0
await server.listen()
announce(server.address.port)
