import type { Turns } from './turns.ts'

/** How far beyond what is in sight something is near: a screen up and a screen down. */
const beyond = '100% 0px'

/** Work for places of the page that waits until they are near what is in sight. */
export interface Near {
  /** Once `place` is near, does `task` when its turn comes; answers how to call it off. */
  watch(place: Element, task: () => void): () => void
}

/** One watch over many places. Where the browser has none, all of them are near. */
export function createNear(turns: Turns): Near {
  const waiting = new Map<Element, () => void>()
  const come = (place: Element) => {
    const start = waiting.get(place)
    waiting.delete(place)
    watcher?.unobserve(place)
    start?.()
  }
  const watcher =
    'IntersectionObserver' in globalThis
      ? new IntersectionObserver(
          (seen) => {
            for (const { target, isIntersecting } of seen) if (isIntersecting) come(target)
          },
          { rootMargin: beyond },
        )
      : undefined
  return {
    watch(place, task) {
      let callOff = () => {
        waiting.delete(place)
        watcher?.unobserve(place)
      }
      waiting.set(place, () => {
        callOff = turns.take(task)
      })
      if (watcher) watcher.observe(place)
      else come(place)
      return () => callOff()
    },
  }
}
