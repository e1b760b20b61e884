// @vitest-environment jsdom
import { act } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '../testing/page.tsx'
import { useChosen } from './use-chosen.ts'

const page = openPage()
const asked: { value: string; settled: () => void }[] = []

function Choice({ known }: { known: string }) {
  const [shown, choose] = useChosen(known, (value, settled) => asked.push({ value, settled }))
  return ['a', 'b', 'c'].map((value) => (
    <input key={value} type="radio" name="choice" checked={shown === value} onChange={() => choose(value)} />
  ))
}

const radios = () => [...page.host.querySelectorAll('input')]
const shown = () => radios().map(({ checked }) => checked)

test('a choice is shown from the press on, whatever is known, and what is known once all is over', () => {
  page.draw(<Choice known="a" />)
  act(() => radios()[1]?.click())
  expect(shown()).toEqual([false, true, false])
  act(() => radios()[2]?.click())
  expect(asked.map(({ value }) => value)).toEqual(['b', 'c'])
  act(() => asked[0]?.settled())
  expect(shown()).toEqual([false, false, true])
  // It was refused: what is known did not change.
  act(() => asked[1]?.settled())
  expect(shown()).toEqual([true, false, false])
})
