// @vitest-environment jsdom
import { act, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '../testing/page.tsx'
import { Part, partsOf } from './part.tsx'

// React would tell the terminal of every error that a part was broken by.
const page = openPage({}, { onCaughtError: () => {} })
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
    page.draw(
      <>
        <Part>
          <One say={say} />
        </Part>
        <Part>
          <Two />
        </Part>
      </>,
    )
  draw('early')
  draw('now')
  expect(page.host.textContent).toBe('')
  await act(async () => resolve(parts))
  expect(page.host.textContent).toBe('one nowtwo')
  draw('later')
  expect([page.host.textContent, fetched]).toEqual(['one latertwo', 1])
})

test('a file that could not be fetched breaks its own parts alone, and whichever is drawn next tries again', async () => {
  let isAway = true
  const late = partsOf(async () => {
    if (isAway) throw new Error('no network')
    return parts
  })
  const [One, Two] = [late('One'), late('Two')]
  const draw = (...shown: ReactNode[]) => page.drawAndWait([...shown, 'text'])
  const one = (key: string) => (
    <Part key={key} failed={(error) => String(error)}>
      <One say="" />
    </Part>
  )
  await draw(one('first'))
  expect(page.host.textContent).toBe('Error: no networktext')
  isAway = false
  // The same part drawn anew, as well as another.
  await draw(one('first'), one('second'), <Part key="two">{<Two />}</Part>)
  expect(page.host.textContent).toBe('Error: no networkone twotext')
})
