// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest'
import { onceLetGo } from './let-go.ts'

const stops = new Set<() => void>()
afterEach(() => {
  for (const stop of stops) stop()
  stops.clear()
  getSelection()?.removeAllRanges()
  document.body.replaceChildren()
})

/** A field and words beside it, with what was done of that which waits for the field. */
function page({ mayWrite }: { mayWrite: boolean }) {
  document.body.innerHTML = '<div><p>El agua llega.</p></div><p>Otra cosa.</p>'
  const [field, beside] = [...document.body.children].map((element) => ({ element, words: wordsOf(element) }))
  if (!field || !beside) throw new Error('nothing to select in')
  let done = 0
  const wait = () => {
    stops.add(
      onceLetGo(
        field.element,
        () => mayWrite,
        () => (done += 1),
      ),
    )
    return done
  }
  /** Selects words as a browser does, which then tells of it; answers what was done by then. */
  const select = (words: Node, from: number, to = from) => {
    getSelection()?.setBaseAndExtent(words, from, words, to)
    document.dispatchEvent(new Event('selectionchange'))
    return done
  }
  return { field: field.words, beside: beside.words, wait, select }
}

function wordsOf(element: Element): Node {
  const words = (element.querySelector('p') ?? element).firstChild
  if (!words) throw new Error('no words')
  return words
}

test('what waits for a selection to let go of a field is done at once where nothing is selected in it, and once', () => {
  const { beside, field, wait, select } = page({ mayWrite: true })
  select(beside, 0, 4)
  expect(wait()).toBe(1)
  expect([select(field, 0, 4), select(beside, 2)]).toEqual([1, 1])
})

test.each([true, false])(
  'words that are selected hold a field until they are let go of (may write: %s)',
  (mayWrite) => {
    const { beside, field, wait, select } = page({ mayWrite })
    select(field, 0, 4)
    expect(wait()).toBe(0)
    expect([select(field, 0, 7), select(beside, 3)]).toEqual([0, 1])
  },
)

test('a cursor holds a field that may be written in, and no other', () => {
  const mine = page({ mayWrite: true })
  mine.select(mine.field, 3)
  expect([mine.wait(), mine.select(mine.field, 5), mine.select(mine.beside, 5)]).toEqual([0, 0, 1])
  const theirs = page({ mayWrite: false })
  theirs.select(theirs.field, 3)
  expect(theirs.wait()).toBe(1)
})

test('where nobody may write, words that are let go of by a press among them hold nothing any more', () => {
  const { field, wait, select } = page({ mayWrite: false })
  select(field, 0, 4)
  expect([wait(), select(field, 2)]).toEqual([0, 1])
})

test('what was called off is not done', () => {
  const { field, beside, wait, select } = page({ mayWrite: true })
  select(field, 0, 4)
  wait()
  for (const stop of stops) stop()
  expect(select(beside, 0)).toBe(0)
})
