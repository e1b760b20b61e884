import { describe, expect, test } from 'vitest'
import { answerAsset, answerPage, type Keep, keepPage, kindOf } from './keeping.ts'

const origin = 'https://cabildo.example'
const html = (entry: string) =>
  new Response(`<!doctype html><script type="module" crossorigin src="/assets/${entry}.js" nonce="x"></script>`, {
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  })
const never = new Promise<never>(() => {})
const offline = () => Promise.reject(new TypeError('Failed to fetch'))

/** A keep in memory, with what it holds. */
function memory(held: Record<string, Response> = {}) {
  const answers = new Map(Object.entries(held).map(([path, response]) => [new URL(path, origin).href, response]))
  const href = (address: string) => new URL(address, origin).href
  const keep: Keep = {
    match: async (address) => answers.get(href(address))?.clone(),
    put: async (address, response) => {
      answers.set(href(address), response)
    },
    keys: async () => [...answers.keys()].map((url) => ({ url })),
    delete: async (address) => answers.delete(href(address)),
  }
  return { keep, paths: () => [...answers.keys()].map((url) => new URL(url).pathname).sort() }
}

describe('what a request is for', () => {
  test.each([
    ['/', 'page'],
    ['/plans/chepo/commitments/2?versions=open', 'page'],
    ['/login', 'page'],
    ['/api/docs', 'other'],
    ['/api/plans', 'other'],
    ['/rooms/abc', 'other'],
    ['/healthz', 'other'],
    ['/favicon.svg', 'other'],
    ['/apiary', 'page'],
  ])('a visit to %s is for a %s', (path, kind) => {
    expect(kindOf({ method: 'GET', mode: 'navigate', url: origin + path }, origin)).toBe(kind)
  })

  test('a hashed file is an asset, for whatever it is asked', () => {
    expect(kindOf({ method: 'GET', mode: 'cors', url: `${origin}/assets/a-1.js` }, origin)).toBe('asset')
  })

  test('other sites, other methods and calls of the API pass by', () => {
    expect(kindOf({ method: 'GET', mode: 'cors', url: 'https://other.example/assets/a.js' }, origin)).toBe('other')
    expect(kindOf({ method: 'POST', mode: 'navigate', url: `${origin}/` }, origin)).toBe('other')
    expect(kindOf({ method: 'GET', mode: 'cors', url: `${origin}/plans/chepo` }, origin)).toBe('other')
  })
})

describe('a page', () => {
  test("comes from the network, and the network's is kept", async () => {
    const { keep, paths } = memory()
    const { response, kept } = await answerPage(async () => html('one'), keep, never)
    await kept
    expect(await response.text()).toContain('/assets/one.js')
    expect(paths()).toEqual(['/'])
  })

  test('is the kept one when the network is away', async () => {
    const { keep } = memory({ '/': html('one') })
    const { response, kept } = await answerPage(offline, keep, never)
    await kept
    expect(await response.text()).toContain('/assets/one.js')
  })

  test('is the kept one when the network takes too long, and the late one is kept for next time', async () => {
    const { keep } = memory({ '/': html('one') })
    let arrive = (_: Response) => {}
    const late = new Promise<Response>((resolve) => {
      arrive = resolve
    })
    const { response, kept } = await answerPage(() => late, keep, Promise.resolve())
    expect(await response.text()).toContain('/assets/one.js')
    arrive(html('two'))
    await kept
    expect(await (await keep.match('/'))?.text()).toContain('/assets/two.js')
  })

  test('fails as without us when nothing is kept', async () => {
    await expect(answerPage(offline, memory().keep, Promise.resolve())).rejects.toThrow('Failed to fetch')
  })

  test('of a new build drops the files of the old one', async () => {
    const { keep, paths } = memory({ '/': html('one'), '/assets/one.js': new Response('1') })
    await keepPage(html('one'), keep)
    expect(paths()).toEqual(['/', '/assets/one.js'])
    await keepPage(html('two'), keep)
    expect(paths()).toEqual(['/'])
  })

  test.each([
    ['an error', new Response('no', { status: 503, headers: { 'Content-Type': 'text/html' } })],
    ['not a page', new Response('{}', { headers: { 'Content-Type': 'application/json' } })],
    ["a stranger's page", new Response('<h1>Wi-Fi del hotel</h1>', { headers: { 'Content-Type': 'text/html' } })],
  ])('is not kept when it is %s', async (_, response) => {
    const { keep, paths } = memory()
    await keepPage(response, keep)
    expect(paths()).toEqual([])
  })
})

describe('a hashed file', () => {
  test('is asked of the network once', async () => {
    const { keep } = memory()
    const url = `${origin}/assets/a-1.js`
    expect(await (await answerAsset(url, async () => new Response('code'), keep)).text()).toBe('code')
    expect(await (await answerAsset(url, offline, keep)).text()).toBe('code')
  })

  test('that is missing is not kept as missing', async () => {
    const { keep, paths } = memory()
    const url = `${origin}/assets/gone-1.js`
    expect((await answerAsset(url, async () => new Response('', { status: 404 }), keep)).status).toBe(404)
    expect(paths()).toEqual([])
  })
})
