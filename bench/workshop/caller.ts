import { Agent, request } from 'node:http'

/** An answer: its status, its JSON, and the cookies it set, as a browser would show them. */
export interface Answered {
  status: number
  body: unknown
  cookies: string
}

/** Somebody who asks a server over HTTP, from its own pages. */
export interface Caller {
  ask(
    method: 'GET' | 'POST',
    path: string,
    asking?: { cookie?: string; body?: object; from?: string },
  ): Promise<Answered>
  /** Hangs up. */
  end(): void
}

/** Milliseconds that an answer may take, waiting for a socket included. */
const answerWithin = 60_000

/**
 * A caller with at most so many sockets, which it keeps. `from` of a request is where it says that it comes from. An answer
 * that does not come in a minute is an error that names the request.
 */
export function createCaller(port: number, sockets = 1): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  return {
    ask: (method, path, { cookie, body, from } = {}) =>
      new Promise((resolve, refuse) => {
        const late = setTimeout(() => {
          refuse(new Error(`${method} ${path} was not answered within ${answerWithin / 1000} s`))
          sent.destroy()
        }, answerWithin)
        const reject = (error: Error) => {
          clearTimeout(late)
          refuse(error)
        }
        const headers = {
          Origin: `http://127.0.0.1:${port}`,
          'Content-Type': 'application/json',
          ...(cookie && { Cookie: cookie }),
          ...(from && { 'X-Forwarded-For': from }),
        }
        const sent = request({ host: '127.0.0.1', port, method, path, agent, headers }, (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', reject)
          response.on('end', () => {
            clearTimeout(late)
            const text = Buffer.concat(parts).toString('utf8')
            const cookies = (response.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0]).join('; ')
            resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text), cookies })
          })
        })
        sent.on('error', reject)
        sent.end(body === undefined ? undefined : JSON.stringify(body))
      }),
    end: () => agent.destroy(),
  }
}
