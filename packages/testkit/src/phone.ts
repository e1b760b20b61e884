import { consentText } from '@cabildo/protocol/consent'

/** Sends one request: `key` is method and path, `as` the cookies shown, `address` where it comes from. */
export type Send = (key: string, asking: { as?: string; body?: unknown; address?: string }) => Promise<Response>

/** A browser on a phone: it keeps the cookies it is given, and shows them. */
export interface Phone {
  ask(key: string, body?: unknown): Promise<Response>
  /** The cookies it would show now; empty when it has none. */
  readonly cookie: string
  /** Loses a cookie, as when somebody clears it or its time is over. */
  forget(name: string): void
}

/** A phone without cookies. */
export function createPhone(send: Send, address = '192.0.2.7'): Phone {
  const jar = new Map<string, string>()
  const shown = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    async ask(key, body) {
      const as = shown()
      const response = await send(key, { address, ...(as && { as }), ...(body !== undefined && { body }) })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';', 1)
        const at = pair.indexOf('=')
        if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return response
    },
    get cookie() {
      return shown()
    },
    forget: (name) => void jar.delete(name),
  }
}

/** What a guest says at the door, with consent read on the screen. */
export function newcomer(way: { token: string } | { code: string }, name: string, groupId: string) {
  return { ...way, name, groupId, consent: { version: consentText.version, way: 'screen' as const } }
}

/** Requests to a server that listens, from its own pages. */
export function sendTo(url: string): Send {
  return (key, { as, body }) => {
    const [method = 'GET', path = '/'] = key.split(' ')
    const headers = { origin: url, 'content-type': 'application/json', ...(as && { cookie: as }) }
    return fetch(`${url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
}
