/** The witness as others may ask it over HTTP (c2sp.org/tlog-witness): `POST /add-checkpoint` and nothing else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseAddCheckpoint, sizeContentType } from '@cabildo/record/add-checkpoint'
import { fromUtf8 } from '@cabildo/record/bytes'
import { parseCheckpoint } from '@cabildo/record/checkpoint'
import { parseNote } from '@cabildo/record/note'
import { type Answer, answerBody, type Witness } from '@cabildo/record/witness'

/** Bytes of a request that are read: a checkpoint with all its signatures, and a proof. */
const mostBytes = 128 * 1024

/** A head that the log signed and that was refused. */
export interface Refused {
  /** `forked`: the log had signed another one of its size. `inconsistent`: the proof does not lead to it from what was signed. */
  readonly reason: 'forked' | 'inconsistent'
  readonly origin: string
  readonly size: number
  /** The root of its tree, 32 bytes. */
  readonly root: Uint8Array
  readonly note: string
  readonly proof: readonly Uint8Array[]
}

/** A server that answers for a witness; `onRefused` is told what it must not sign. Not listening yet. */
export function serveWitness(witness: Witness, onRefused: (refused: Refused) => Promise<void>): Server {
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.maxConnections = 200
  return server

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.split('?', 1)[0] !== '/add-checkpoint') return end(response, 404)
    if (request.method !== 'POST') return end(response, 405, '', { allow: 'POST' })
    const tooLong = Number(request.headers['content-length'] ?? 0) > mostBytes
    const bytes = tooLong ? undefined : await readBody(request)
    if (!bytes) return end(response, 413, '', { connection: 'close' })
    const body = fromUtf8(bytes)
    if (body === undefined) return end(response, 400)
    const { verdict, lines }: Answer = await answerBody(witness, body)
    if (verdict.status === 200) return end(response, 200, lines, { 'content-type': 'text/plain; charset=utf-8' })
    if (verdict.status === 409 && verdict.reason === 'other-size') {
      return end(response, 409, `${verdict.size}\n`, { 'content-type': sizeContentType })
    }
    if (verdict.status === 409 || verdict.status === 422) {
      const { checkpoint: note = '', proof = [] } = parseAddCheckpoint(body) ?? {}
      const head = parseCheckpoint(parseNote(note)?.text ?? '')
      if (head) await onRefused({ reason: verdict.reason, ...head, note, proof })
    }
    end(response, verdict.status, `${verdict.reason}\n`, { 'content-type': 'text/plain; charset=utf-8' })
  }
}

function end(response: ServerResponse, status: number, body = '', headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(body)
}

/** The whole body, or `undefined` for one that is too long; then the connection is closed. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > mostBytes) return undefined
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces))
}
