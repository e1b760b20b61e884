// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { answerName, entryName, keep } from '../sync/kept-writing.ts'
import { guardWriting } from './guard-writing.ts'

beforeEach(() => sessionStorage.clear())

test('[TH21] the browser asks wherever one goes while something that was written is not sent', () => {
  let goOn = () => {}
  const page = new EventTarget()
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  sessionStorage.setItem('another thing', 'yes')
  const stop = guardWriting(
    {
      subscribe(_, listener) {
        goOn = listener
        return () => {}
      },
    },
    page,
  )
  expect(asks()).toBe(false)
  // The facts of a list in which nothing is written are no loss.
  keep(entryName('plan', 'me'), { blank: true, facts: {} })
  goOn()
  expect(asks()).toBe(false)
  const answer = answerName('input', 'me')
  keep(answer, { reason: 'Porque' })
  goOn()
  expect(asks()).toBe(true)
  // Sent on the same page.
  keep(answer, undefined)
  expect(asks()).toBe(false)
  sessionStorage.setItem('cabildo-writing me proposal document 0 ', 'AAEB')
  goOn()
  expect(asks()).toBe(true)
  stop()
  expect(asks()).toBe(false)
})
