import { afterEach, expect, test, vi } from 'vitest'
import { createNear } from './near.ts'
import { createTurns } from './turns.ts'

afterEach(() => void vi.unstubAllGlobals())

/** A watch whose places come near when the test says so, and turns that come at once. */
function world() {
  let see: (seen: { target: Element; isIntersecting: boolean }[]) => void = () => undefined
  const watched = new Set<Element>()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: typeof see) {
        see = callback
      }
      observe = (place: Element) => watched.add(place)
      unobserve = (place: Element) => watched.delete(place)
    },
  )
  const near = createNear(createTurns((callback) => callback()))
  return { near, watched, come: (target: Element, isIntersecting = true) => see([{ target, isIntersecting }]) }
}

// A watch looks at no more of a place than which one it is.
const place = (name: string) => ({ name }) as unknown as Element

test('what waits is done once its place is near, and no sooner', () => {
  const { near, watched, come } = world()
  const done: string[] = []
  const [summary, causes, results] = [place('summary'), place('causes'), place('results')]
  near.watch(summary, () => done.push('summary'))
  near.watch(causes, () => done.push('causes'))
  const callOff = near.watch(results, () => done.push('results'))
  come(summary, false)
  expect(done).toEqual([])
  come(causes)
  come(causes)
  callOff()
  come(results)
  expect(done).toEqual(['causes'])
  expect([...watched]).toEqual([summary])
})

test('where the browser has no such watch, every place is near', () => {
  const done: string[] = []
  createNear(createTurns((callback) => callback())).watch(place('summary'), () => done.push('summary'))
  expect(done).toEqual(['summary'])
})
