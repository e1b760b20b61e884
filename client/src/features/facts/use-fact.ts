import { useCallback, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'

/** One fact of the shared document; the component is drawn again when anybody changes it. */
export function useFact(facts: Y.Map<unknown>, key: string): unknown {
  const subscribe = useCallback(
    (told: () => void) => {
      const hear = (event: Y.YMapEvent<unknown>) => {
        if (event.keysChanged.has(key)) told()
      }
      facts.observe(hear)
      return () => facts.unobserve(hear)
    },
    [facts, key],
  )
  // A value in the map is one object until it is replaced, so that identity is equality.
  return useSyncExternalStore(subscribe, () => facts.get(key))
}

/** All facts of the shared document as one plain object, new whenever one of them changes. */
export function useFacts(facts: Y.Map<unknown>): Readonly<Record<string, unknown>> {
  const subscribe = useCallback(
    (told: () => void) => {
      const hear = () => {
        snapshots.delete(facts)
        told()
      }
      facts.observe(hear)
      return () => facts.unobserve(hear)
    },
    [facts],
  )
  return useSyncExternalStore(subscribe, () => {
    const known = snapshots.get(facts)
    if (known) return known
    const made = Object.freeze(facts.toJSON())
    snapshots.set(facts, made)
    return made
  })
}

/** The last plain object made of a map; `useSyncExternalStore` wants the same one as long as nothing changed. */
const snapshots = new WeakMap<Y.Map<unknown>, Readonly<Record<string, unknown>>>()
