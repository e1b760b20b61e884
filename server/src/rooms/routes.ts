import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { AppError } from '@cabildo/protocol/errors'
import { UserId } from '@cabildo/protocol/ids'
import type { CloseReason } from '@cabildo/protocol/room/close'
import { type Capability, capabilities } from '@cabildo/protocol/room/messages'
import { schemaHash } from '@cabildo/schema/rules'
import { upgradeWebSocket } from '@hono/node-server'
import { Hono } from 'hono'
import type { WebSocket } from 'ws'
import { networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import { refuseNul } from '../http/nul.ts'
import { isOwnOrigin } from '../http/origin.ts'
import { createSocketConnection, type SocketConnection } from './adapters/ws.ts'
import type { Access, AccessReader, Clock } from './ports.ts'
import type { RoomServer } from './registry.ts'

export interface RoomRouteDeps {
  config: { readonly baseUrl: string }
  rooms: RoomServer
  access: AccessReader
  clock: Clock
}

/** What a socket asked for in its address. */
interface Wish {
  documentId: string
  /** Whose text the page holds; a cookie may have become somebody else's meanwhile. */
  user: string | undefined
  schema: string | undefined
  epoch: string | undefined
  capabilities: ReadonlySet<Capability>
  expectsToWrite: boolean
  /** On whose behalf everything through this socket is to be typed. */
  behalfId: string | undefined
}

const wishOf = (documentId: string, query: Record<string, string>): Wish => ({
  documentId,
  user: query.user,
  schema: query.schema,
  epoch: query.epoch,
  capabilities: new Set(capabilities.filter((name) => query.caps?.split(',').includes(name))),
  expectsToWrite: query.mode === 'edit',
  behalfId: query.behalf || undefined,
})

/**
 * The upgrade (docs/spec/room.md, RM55): origin, session, limits, access, schema, epoch, then the room.
 * A foreign origin gets HTTP 403. Everything else is told by a close code, since a browser cannot see an HTTP status
 * here and would come back for ever.
 */
export function roomRoutes(deps: RoomRouteDeps) {
  const { rooms, access, clock, config } = deps
  const { limits } = rooms
  const perAddress = new Map<string, number>()
  const perUser = new Map<string, number>()
  const sockets = new Set<SocketConnection>()
  const count = (counts: Map<string, number>, key: string, by: number): number => {
    const value = (counts.get(key) ?? 0) + by
    if (value > 0) counts.set(key, value)
    else counts.delete(key)
    return value
  }

  /** Pings everyone, so that a peer that vanished without a word is noticed. */
  const probe = (): void => {
    for (const socket of sockets) socket.probe()
    clock.after(limits.heartbeatEvery, probe)
  }
  clock.after(limits.heartbeatEvery, probe)

  return new Hono<HttpEnv>().get('/rooms/:documentId', async (c, next) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
      throw new AppError('bad_request', { detail: 'This address speaks WebSocket.' })
    if (!isOwnOrigin(c.req.raw.headers, config.baseUrl)) throw new AppError('foreign_origin')
    refuseNul({ ...c.req.param(), ...c.req.query() })
    const wish = wishOf(c.req.param('documentId'), c.req.query())
    const { actor } = c.var
    const address = networkOf(c.var.address)
    const { rights } = rooms
    // On a device that is shared, the session may be another person's by now: their name must not get this page's words.
    const isTheirs = wish.user === undefined || wish.user === actor?.userId
    const { behalfId } = wish
    const isNobody = behalfId !== undefined && !UserId.safeParse(behalfId).success
    const granted: Access = isNobody
      ? { kind: 'refused', reason: 'forbidden' }
      : actor && isTheirs
        ? await access.check({
            userId: actor.userId,
            sessionId: actor.sessionId,
            documentId: wish.documentId,
            behalfId,
          })
        : { kind: 'refused', reason: 'sign_in' }
    const full =
      sockets.size >= limits.sockets ||
      (perAddress.get(address) ?? 0) >= limits.socketsPerAddress ||
      (actor !== undefined && (perUser.get(actor.userId) ?? 0) >= limits.socketsPerUser)
    const refusal: CloseReason | undefined = rooms.draining
      ? 'restarting'
      : granted.kind === 'refused'
        ? granted.reason
        : full
          ? 'too_many'
          : wish.schema !== schemaHash
            ? 'schema_mismatch'
            : undefined
    const socket = c.env.incoming?.socket
    const sessionId = actor?.sessionId

    const opened = (ws: WebSocket): void => {
      if (!socket) return
      if (refusal !== undefined || granted.kind === 'refused' || sessionId === undefined)
        refuse(ws, socket, refusal ?? 'sign_in')
      else admit(ws, socket, { ...wish, rights }, granted, sessionId, address)
    }
    return upgradeWebSocket(() => ({
      onOpen(_, { raw }) {
        const ws = raw as WebSocket
        // The helper now adds listeners that would keep this whole request in memory for as long as the socket lives.
        // They pass on nothing that we listen to, so they go before the first frame can come.
        queueMicrotask(() => {
          ws.removeAllListeners()
          opened(ws)
        })
      },
    }))(c, next)
  })

  function refuse(ws: WebSocket, socket: Socket, reason: CloseReason): void {
    createSocketConnection(ws, socket, {
      id: '',
      limits,
      clock,
      onFrame: () => undefined,
      onClose: () => undefined,
    }).close(reason)
  }

  function admit(
    ws: WebSocket,
    socket: Socket,
    wish: Wish & { rights: number },
    granted: Extract<Access, { kind: 'granted' }>,
    sessionId: string,
    address: string,
  ): void {
    const { userId } = granted.person
    count(perAddress, address, 1)
    count(perUser, userId, 1)
    // Until the room is loaded nothing more is read; what had already arrived waits here.
    let early: Uint8Array[] | undefined = []
    const connection = createSocketConnection(ws, socket, {
      id: randomBytes(9).toString('base64url'),
      limits,
      clock,
      onFrame(from, frame) {
        if (early) early.push(frame)
        else rooms.receive(from, frame)
      },
      onClose(gone) {
        count(perAddress, address, -1)
        count(perUser, userId, -1)
        sockets.delete(connection)
        rooms.leave(gone)
      },
    })
    sockets.add(connection)
    connection.pause()
    void rooms
      .join(connection, {
        documentId: wish.documentId,
        epoch: wish.epoch,
        rights: wish.rights,
        member: {
          userId,
          sessionId,
          person: granted.person,
          behalf: granted.behalf,
          canWrite: granted.canWrite,
          expectsToWrite: wish.expectsToWrite,
          capabilities: wish.capabilities,
        },
      })
      .then(() => {
        const waiting = early ?? []
        early = undefined
        for (const frame of waiting) if (connection.open) rooms.receive(connection, frame)
        connection.resume()
      })
      .catch(() => connection.close('cannot_load'))
  }
}
