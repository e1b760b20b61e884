import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { createAdaptorServer, type ServerType, type WebSocketServerLike } from '@hono/node-server'
import type { Hono } from 'hono'
import type { WebSocketServer } from 'ws'
import type { HttpEnv } from './env.ts'

/**
 * Stands before the app, where a request has cost nothing yet but reading its headers: answers it and says true, or leaves
 * it as it is for the app and says false.
 */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean

/** What a port serves. */
export interface Served {
  fetch: Hono<HttpEnv>['fetch']
  /** Takes the upgrades that `fetch` allows. */
  sockets: WebSocketServer
  door: Door
}

/** A defect of the door must neither end the program nor leave somebody without an answer. */
function isAnswered(door: Door, request: IncomingMessage, response: ServerResponse): boolean {
  try {
    return door(request, response)
  } catch {
    return response.headersSent
  }
}

/** HTTP/1.1 and WebSockets for the program, not yet listening. */
export function createHttpServer({ fetch, sockets, door }: Served): ServerType {
  const behindDoor = (options: ServerOptions, app: RequestListener) =>
    createServer(options, (request, response) => {
      if (!isAnswered(door, request, response)) app(request, response)
    })
  return createAdaptorServer({
    fetch,
    // The adapter's type leaves no room for ws's `noServer?: boolean | undefined`; it is the server its README shows.
    websocket: { server: sockets as unknown as WebSocketServerLike },
    // The adapter calls it in this one of its forms.
    createServer: behindDoor as typeof createServer,
  })
}
