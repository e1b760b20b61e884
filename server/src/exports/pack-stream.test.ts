import { expect, test } from 'vitest'
import { streamOf } from './pack-stream.ts'

const never = 3_600_000

/** Parts without end, and what became of the making of them. */
function scene(limits: { stall: number; whole: number }) {
  const seen = { returned: false, ended: 0, done: false }
  let tell = () => {}
  const over = new Promise<void>((resolve) => {
    tell = resolve
  })
  async function* make() {
    try {
      for (;;) yield new Uint8Array(8)
    } finally {
      seen.returned = true
      tell()
    }
  }
  const ears = { onEnd: () => (seen.done = true), end: () => (seen.ended += 1) }
  return { seen, over, stream: streamOf(make(), ears, limits) }
}

test('[EX22] whoever takes nothing any more is given up, and what was being made for them ends', async () => {
  const { seen, over, stream } = scene({ stall: 30, whole: never })
  const reader = stream.getReader()
  expect((await reader.read()).value).toHaveLength(8)
  await over
  expect(seen).toEqual({ returned: true, ended: 1, done: false })
  await expect(reader.closed).rejects.toThrow('nobody reads it')
})

test('[EX22] whoever takes a little again and again is not through in time', async () => {
  const { seen, over, stream } = scene({ stall: never, whole: 30 })
  const reader = stream.getReader()
  const reading = (async () => {
    for (;;) {
      await reader.read()
      await new Promise<void>((resume) => setImmediate(resume))
    }
  })()
  await expect(reading).rejects.toThrow('it takes too long')
  await over
  expect(seen).toEqual({ returned: true, ended: 1, done: false })
})

test('[EX22] what was taken whole has ended well, and each end is heard once', async () => {
  const seen = { ended: 0, done: false }
  async function* make() {
    yield new Uint8Array(3)
    yield new Uint8Array(4)
  }
  const ears = { onEnd: () => (seen.done = true), end: () => (seen.ended += 1) }
  const bytes = await new Response(streamOf(make(), ears, { stall: never, whole: never })).arrayBuffer()
  expect(bytes.byteLength).toBe(7)
  expect(seen).toEqual({ ended: 1, done: true })

  const given = scene({ stall: never, whole: never })
  await given.stream.cancel()
  expect(given.seen).toMatchObject({ ended: 1, done: false })
})
