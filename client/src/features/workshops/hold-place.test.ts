// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdPlace, leavePlace, returnToPlace } from './hold-place.ts'

let main: HTMLElement
/** How far the window is scrolled. */
let scrolled = 0
beforeEach(() => {
  vi.useFakeTimers()
  scrolled = 1000
  vi.spyOn(window, 'scrollBy').mockImplementation(((_x: number, y: number) => {
    scrolled = Math.max(0, scrolled + y)
  }) as typeof window.scrollBy)
  vi.spyOn(window, 'scrollY', 'get').mockImplementation(() => scrolled)
  main = document.createElement('main')
  main.id = 'main'
  document.body.append(main)
})
afterEach(() => {
  main.remove()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Draws the page anew: what has which id at how many pixels from its start. */
function draw(places: Readonly<Record<string, number>>): void {
  const page = document.createElement('div')
  for (const [id, at] of Object.entries(places)) {
    const element = document.createElement('p')
    element.id = id
    element.getBoundingClientRect = () => ({ top: at - scrolled, width: 300, height: 40 }) as DOMRect
    page.append(element)
  }
  main.replaceChildren(page)
}

const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds)

test('what is read stays where it is, while texts above it come in one after the other', () => {
  draw({ 'field-problem': 600, 'field-causes': 1200, 'field-solution': 1900 })
  const drawnAnew = holdPlace()
  drawnAnew(true)
  draw({})
  pass(300)
  expect(scrolled).toBe(1000)
  draw({ 'field-problem': 600, 'field-causes': 700, 'field-solution': 800 })
  pass(1000)
  expect(scrolled).toBe(500)
  // Within the time in which one must be at rest, again and again.
  draw({ 'field-problem': 600, 'field-causes': 950, 'field-solution': 1300 })
  pass(1000)
  expect(scrolled).toBe(750)
  draw({ 'field-problem': 600, 'field-causes': 1200, 'field-solution': 1900 })
  pass(1000)
  expect(scrolled).toBe(1000)
  pass(5000)
  draw({ 'field-problem': 600, 'field-causes': 1300, 'field-solution': 2000 })
  pass(5000)
  expect(scrolled).toBe(1000)
  expect(main.style.minHeight).toBe('')
})

test('a page that has no room yet above what is read is put right once it has', () => {
  draw({ 'field-causes': 1200 })
  holdPlace()(true)
  draw({ 'field-causes': 100 })
  pass(100)
  expect(scrolled).toBe(0)
  draw({ 'field-causes': 1200 })
  pass(100)
  expect(scrolled).toBe(1000)
})

test('the nearest may be called otherwise for the next one: then it is the next that has a name', () => {
  draw({ 'field-problem': 600, 'mantine-_r_5_': 1200, 'only-mine': 1210, 'field-causes': 1300 })
  holdPlace()(true)
  draw({ 'field-problem': 600, 'mantine-_r_5_': 400, 'field-causes': 1400 })
  pass(100)
  expect(scrolled).toBe(1100)
})

test('a tap on the page that is still blank loses nothing; one on the text lets go', () => {
  draw({ 'field-causes': 1200 })
  holdPlace()(true)
  draw({})
  pass(100)
  window.dispatchEvent(new Event('pointerdown'))
  draw({ 'field-causes': 900 })
  pass(100)
  expect(scrolled).toBe(700)
  window.dispatchEvent(new Event('pointerdown'))
  draw({ 'field-causes': 1500 })
  pass(100)
  expect(scrolled).toBe(700)
})

test('who goes elsewhere without key or pointer is let go', () => {
  draw({ 'field-causes': 1200 })
  holdPlace()(true)
  draw({ 'field-causes': 1200 })
  pass(100)
  scrolled = 300
  pass(100)
  expect(scrolled).toBe(300)
  expect(main.style.minHeight).toBe('')
})

test('a text that somebody new comes to is where it was read before they joined, and no other page is moved', () => {
  const { pathname } = location
  draw({ 'field-problem': 600, 'field-causes': 1200 })
  leavePlace()
  scrolled = 0
  draw({ 'field-problem': 600, 'field-causes': 1200 })
  returnToPlace()
  pass(100)
  expect(scrolled).toBe(1000)

  pass(5000)
  leavePlace()
  scrolled = 0
  history.replaceState(null, '', '/elsewhere')
  returnToPlace()
  history.replaceState(null, '', pathname)
  returnToPlace()
  pass(100)
  expect(scrolled).toBe(0)
})
