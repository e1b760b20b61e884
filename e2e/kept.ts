import { expect } from 'vitest'
import type { Visitor } from './town.ts'

/** Waits until this browser can open the page again without a network: it keeps every part that it has loaded. */
export async function programIsKept({ page }: Visitor): Promise<void> {
  const missing = () =>
    page.evaluate(async () => {
      const cache = await caches.open('cabildo')
      const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
      const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
      return ['/', ...loaded].filter((path) => /^\/(?:assets\/.*)?$/.test(path) && !kept.has(path))
    })
  await expect.poll(missing).toEqual([])
}
