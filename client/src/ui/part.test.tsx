// @vitest-environment jsdom
import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Part, partsOf } from './part.tsx'

let root: Root
let host: HTMLElement
beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
})
beforeEach(() => {
  host = document.createElement('div')
  document.body.append(host)
  // React would tell the terminal of every error that a part was broken by.
  root = createRoot(host, { onCaughtError: () => {} })
})
afterEach(() => {
  act(() => root.unmount())
  host.remove()
})

const parts = { One: ({ say }: { say: string }) => <p>one {say}</p>, Two: () => <p>two</p> }

test('parts that come as one file are fetched once and drawn together, with what they are given by then', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof parts>()
  let fetched = 0
  const late = partsOf(() => {
    fetched += 1
    return promise
  })
  const [One, Two] = [late('One'), late('Two')]
  const draw = (say: string) =>
    act(() =>
      root.render(
        <>
          <Part>
            <One say={say} />
          </Part>
          <Part>
            <Two />
          </Part>
        </>,
      ),
    )
  draw('early')
  draw('now')
  expect(host.textContent).toBe('')
  await act(async () => resolve(parts))
  expect(host.textContent).toBe('one nowtwo')
  draw('later')
  expect([host.textContent, fetched]).toEqual(['one latertwo', 1])
})

test('a file that could not be fetched breaks its own parts alone, and whichever is drawn next tries again', async () => {
  let isAway = true
  const late = partsOf(async () => {
    if (isAway) throw new Error('no network')
    return parts
  })
  const [One, Two] = [late('One'), late('Two')]
  const draw = (...shown: ReactNode[]) => act(async () => root.render([...shown, 'text']))
  const one = (key: string) => (
    <Part key={key} failed={(error) => String(error)}>
      <One say="" />
    </Part>
  )
  await draw(one('first'))
  expect(host.textContent).toBe('Error: no networktext')
  isAway = false
  // The same part drawn anew, as well as another.
  await draw(one('first'), one('second'), <Part key="two">{<Two />}</Part>)
  expect(host.textContent).toBe('Error: no networkone twotext')
})
