/** The reference of the public pages: one page of the same size, from memory, by Hono alone. */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { announce, setting } from './announce.ts'

const page = `<!doctype html><title>Page</title><p>${'palabra '.repeat(Math.ceil(Number(setting('PAGE_BYTES')) / 8))}</p>`

const app = new Hono()
app.get('*', (c) => c.html(page))
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => announce(port))

process.on('SIGTERM', () => process.exit(0))
