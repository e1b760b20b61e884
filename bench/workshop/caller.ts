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

/** A caller with at most so many sockets, which it keeps. `from` of a request is where it says that it comes from. */
export function createCaller(port: number, sockets = 1): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  return {
    ask: (method, path, { cookie, body, from } = {}) =>
      new Promise((resolve, reject) => {
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
