import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { listenOn } from '../listen.ts'
import { createHttpServer, type Door } from './server.ts'

/** What is answered where a door stands before an app that says `in`. */
async function answerBehind(door: Door): Promise<string> {
  const sockets = new WebSocketServer({ noServer: true })
  const server = createHttpServer({ fetch: () => new Response('in'), sockets, door })
  await listenOn(server, '127.0.0.1', 0)
  onTestFinished(() => void server.close())
  // An address that listens on TCP is one of a port.
  const { port } = server.address() as AddressInfo
  return (await fetch(`http://127.0.0.1:${port}/`)).text()
}

test('what the door leaves is the app’s, and what it answers is not', async () => {
  expect(await answerBehind(() => false)).toBe('in')
  const answers: Door = (_, response) => {
    response.end('no')
    return true
  }
  expect(await answerBehind(answers)).toBe('no')
})

test('a defect of the door ends neither the program nor the request', async () => {
  const breaks: Door = () => {
    throw new Error('a defect')
  }
  expect(await answerBehind(breaks)).toBe('in')
})
