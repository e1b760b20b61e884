import { afterEach, expect, test, vi } from 'vitest'
import { fetchFile } from './fetch-file.ts'
import { Refusal } from './refusal.ts'

afterEach(() => vi.unstubAllGlobals())

/** Answers every request with `make`. */
const serve = (make: () => Response) => vi.stubGlobal('fetch', async () => make())

/** A body that gives these parts, and then ends or breaks. */
function bodyOf(parts: readonly string[], broken?: Error): ReadableStream<Uint8Array> {
  const left = parts.map((part) => new TextEncoder().encode(part))
  return new ReadableStream({
    pull(controller) {
      const part = left.shift()
      if (part) controller.enqueue(part)
      else if (broken) controller.error(broken)
      else controller.close()
    },
  })
}

const headers = { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="chepo-hitos.csv"' }
const { signal } = new AbortController()

test('a file comes whole, under the name the server gives it, and tells how much is here', async () => {
  serve(() => new Response(bodyOf(['N.º,', 'Hito\r\n']), { headers }))
  const heard: number[] = []
  const { blob, name } = await fetchFile('/x', { signal, onBytes: (bytes) => heard.push(bytes) })
  expect([await blob.text(), blob.type, name]).toEqual(['N.º,Hito\r\n', 'text/csv', 'chepo-hitos.csv'])
  expect(heard).toEqual([5, 11])
})

test('a refusal is one of ours, and what breaks off is no file', async () => {
  const problem = { 'Content-Type': 'application/problem+json', 'Retry-After': '5' }
  serve(() => new Response(JSON.stringify({ code: 'unavailable' }), { status: 503, headers: problem }))
  const refused = await fetchFile('/x', { signal, onBytes: () => undefined }).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 5 })

  serve(() => new Response(bodyOf(['half'], new TypeError('network')), { headers }))
  const broken = await fetchFile('/x', { signal, onBytes: () => undefined }).catch((error: unknown) => error)
  expect(broken).toBeInstanceOf(Refusal)
  expect(broken).toMatchObject({ code: 'offline' })

  serve(() => new Response(bodyOf(['half'], new DOMException('given up', 'AbortError')), { headers }))
  const stopped = await fetchFile('/x', { signal, onBytes: () => undefined }).catch((error: unknown) => error)
  expect(stopped).toMatchObject({ name: 'AbortError' })
})
