/**
 * @y/websocket-server, as its own start script composes it. With DATABASE_URL, every update becomes a row in Postgres
 * through its persistence hook: rows are loaded and applied when a document is first asked for, and appended as updates
 * happen, without waiting for one another.
 */
import { createServer } from 'node:http'
import { setPersistence, setupWSConnection, type WSSharedDoc } from '@y/websocket-server/utils'
import pg from 'pg'
import { WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { announce } from './announce.ts'

const databaseUrl = process.env.DATABASE_URL
const store = databaseUrl ? createStore(databaseUrl) : undefined
if (store) setPersistence(store.persistence)

const web = createServer()
const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
web.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request))
})
web.listen(0, '127.0.0.1', () => {
  const address = web.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  announce(address.port)
})

process.on('SIGTERM', async () => {
  for (const socket of sockets.clients) socket.terminate()
  await store?.close()
  process.exit(0)
})

interface Unstored {
  count: number
  stored: PromiseWithResolvers<void>
}

function createStore(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 10 })
  pool.on('error', (error) => console.error(error))
  const waiting = new Map<string, Unstored>()

  function append(document: string, bytes: Uint8Array): void {
    const line = waiting.get(document) ?? { count: 0, stored: Promise.withResolvers<void>() }
    waiting.set(document, line)
    line.count += 1
    const over = () => {
      line.count -= 1
      if (line.count > 0) return
      waiting.delete(document)
      line.stored.resolve()
    }
    pool
      .query({
        name: 'append',
        text: 'insert into yjs_update (document, bytes) values ($1, $2)',
        values: [document, bytes],
      })
      .then(over, (error) => {
        console.error(error)
        over()
      })
  }

  return {
    persistence: {
      provider: pool,
      async bindState(document: string, doc: WSSharedDoc) {
        await waiting.get(document)?.stored.promise
        const { rows } = await pool.query<{ bytes: Buffer }>({
          name: 'load',
          text: 'select bytes from yjs_update where document = $1 order by id',
          values: [document],
        })
        // What came in while we read has not been stored yet.
        const early = Y.encodeStateAsUpdate(doc)
        if (early.length > 2) append(document, early)
        Y.transact(doc, () => {
          for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
        })
        doc.on('update', (update: Uint8Array) => append(document, update))
      },
      async writeState(document: string) {
        await waiting.get(document)?.stored.promise
      },
    },
    async close() {
      await Promise.all([...waiting.values()].map(({ stored }) => stored.promise))
      await pool.end()
    },
  }
}
