// @vitest-environment jsdom
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import words from '../../locales/es/facts.json' with { type: 'json' }
import { openPage } from '../../testing/page.tsx'
import { FactsForm } from './facts-form.tsx'

const page = openPage({ facts: words })
let host: HTMLElement
let facts: Y.Map<unknown>
let focused: (string | null)[]

beforeEach(() => {
  vi.useFakeTimers()
  facts = new Y.Doc().getMap('facts')
  focused = []
  host = page.draw(
    <FactsForm
      facts={facts}
      template={ogpCommitment}
      keys={['leadInstitution', 'ogpId', 'ogpValues']}
      readOnly={false}
      onSet={(key, value) => (value === null ? facts.delete(key) : facts.set(key, value))}
      onFocusField={(key) => focused.push(key)}
    />,
  )
})

afterEach(() => {
  vi.useRealTimers()
})

function input(key: string): HTMLInputElement {
  const found = host.querySelector<HTMLInputElement>(`input[data-fact="${key}"]`)
  if (!found) throw new Error(`no control for ${key}`)
  return found
}

/** What a keyboard does: the browser's own setter, then the event that React listens to. */
function type(control: HTMLInputElement, text: string): void {
  act(() => {
    control.focus()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(control, text)
    control.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

test('what is typed is shared at the first pause, tidied, and stays as typed for its writer', () => {
  type(input('leadInstitution'), 'Tesorería  de ')
  expect(facts.get('leadInstitution')).toBeUndefined()
  act(() => vi.advanceTimersByTime(800))
  expect(facts.get('leadInstitution')).toBe('Tesorería de')
  expect(input('leadInstitution').value).toBe('Tesorería  de ')
})

test('leaving a control shares at once and shows what is shared', () => {
  type(input('leadInstitution'), ' Tesorería ')
  act(() => input('leadInstitution').blur())
  expect(facts.get('leadInstitution')).toBe('Tesorería')
  expect(input('leadInstitution').value).toBe('Tesorería')
  expect(focused).toEqual(['leadInstitution', null])
})

test('a form that leaves the page takes nothing along that was not shared', () => {
  type(input('leadInstitution'), 'Tesorería')
  page.draw(null)
  expect(facts.get('leadInstitution')).toBe('Tesorería')
})

test('the last writer wins, and is not disturbed while writing', () => {
  type(input('leadInstitution'), 'mío')
  act(() => facts.set('leadInstitution', 'de otra persona'))
  expect(input('leadInstitution').value).toBe('mío')
  act(() => vi.advanceTimersByTime(800))
  expect(facts.get('leadInstitution')).toBe('mío')
  act(() => facts.set('leadInstitution', 'de otra persona'))
  expect(input('leadInstitution').value).toBe('de otra persona')
})

test('what cannot be stored stays with its writer and is told', () => {
  type(input('ogpId'), 'PA<1>')
  act(() => input('ogpId').blur())
  expect(facts.has('ogpId')).toBe(false)
  expect(input('ogpId').value).toBe('PA<1>')
  expect(host.textContent).toContain(words.problem.notAllowed)
  type(input('ogpId'), 'PA 1')
  act(() => input('ogpId').blur())
  expect(facts.get('ogpId')).toBe('PA 1')
  expect(host.textContent).not.toContain(words.problem.notAllowed)
})

test('a choice is shared with the press', () => {
  const [first] = host.querySelectorAll<HTMLInputElement>('input[type=checkbox]')
  act(() => first?.click())
  expect(facts.get('ogpValues')).toHaveLength(1)
  act(() => first?.click())
  expect(facts.has('ogpValues')).toBe(false)
})
