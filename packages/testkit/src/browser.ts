import type { TestApp } from './test-app.ts'

/** What came back: the body as it was sent, for a test to compare whole. */
export interface Shown {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any operation; what is expected of it is what a test says.
  body: any
  headers: Headers
}

/** A browser without pages: it asks the app and keeps cookies as one would. */
export interface Browser {
  ask(key: string, body?: unknown): Promise<Shown>
  /** The value of a cookie, if it has one of this name. */
  cookie(name: string): string | undefined
  /** Another browser with the same cookies now, on another network. */
  copy(address?: string): Browser
}

/** Opens a browser on the network of `address`. */
export function createBrowser(
  world: Pick<TestApp, 'ask'>,
  { address = '192.0.2.1', cookies = new Map<string, string>() } = {},
): Browser {
  const jar = new Map(cookies)
  return {
    async ask(key, body) {
      const as = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await world.ask(key, { address, ...(as ? { as } : {}), ...(body === undefined ? {} : { body }) })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';', 1)
        const at = pair.indexOf('=')
        const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
        if (value === '' || /max-age=0\b/i.test(line)) jar.delete(name)
        else jar.set(name, value)
      }
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
    },
    cookie: (name) => jar.get(name),
    copy: (elsewhere = address) => createBrowser(world, { address: elsewhere, cookies: jar }),
  }
}
