// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { useLedOn } from './use-led-on.ts'

let root: Root
beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
})
beforeEach(() => {
  document.body.innerHTML = '<div></div><button>Otra cosa</button>'
  root = createRoot(document.querySelector('div') as HTMLElement)
})
afterEach(() => act(() => root.unmount()))

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
const draw = (done: boolean, own: boolean) => act(() => root.render(<Published {...{ done, own }} />))

test('who pressed a button that is gone goes on reading where it tells what was done', async () => {
  await draw(false, false)
  document.querySelector('button')?.focus()
  await draw(true, true)
  expect(document.activeElement?.textContent).toBe('Publicado')
})

test('nobody is led anywhere by what others did, nor from where they have gone in the meantime', async () => {
  await draw(false, false)
  await draw(true, false)
  expect(document.activeElement).toBe(document.body)
  await draw(false, false)
  const [, other] = document.querySelectorAll('button')
  other?.focus()
  await draw(true, true)
  expect(document.activeElement).toBe(other)
})
