// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPage } from '../testing/page.tsx'
import { useLedOn } from './use-led-on.ts'

const page = openPage()
const other = document.createElement('button')
beforeEach(() => document.body.append(other))
afterEach(() => other.remove())

function Published({ done, own }: { done: boolean; own: boolean }) {
  const place = useLedOn<HTMLParagraphElement>(done, own)
  return (
    <>
      <p ref={place} tabIndex={-1}>
        {done ? 'Publicado' : 'Todavía no'}
      </p>
      {!done && <button type="button">Publicar</button>}
    </>
  )
}
const draw = (done: boolean, own: boolean) => page.draw(<Published {...{ done, own }} />)

test('who pressed a button that is gone goes on reading where it tells what was done', () => {
  draw(false, false)
  page.host.querySelector('button')?.focus()
  draw(true, true)
  expect(document.activeElement?.textContent).toBe('Publicado')
})

test('nobody is led anywhere by what others did, nor from where they have gone in the meantime', () => {
  draw(false, false)
  draw(true, false)
  expect(document.activeElement).toBe(document.body)
  draw(false, false)
  other.focus()
  draw(true, true)
  expect(document.activeElement).toBe(other)
})
