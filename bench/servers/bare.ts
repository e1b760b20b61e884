/**
 * The control of the workshop: a bare node:http server that refuses every request at once and knows nothing. What the
 * phones feel while it is flooded is the doing of the clients and of the machine, not of a server of ours.
 */
import { createServer } from 'node:http'
import { announce } from './announce.ts'

const body = JSON.stringify({ type: '/', title: 'Too many attempts: wait a little.', status: 429, code: 'throttled' })

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(429, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Retry-After': '2',
  })
  response.end(body)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  announce(address.port)
})

process.on('SIGTERM', () => process.exit(0))
