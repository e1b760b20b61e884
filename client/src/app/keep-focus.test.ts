// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepFocus } from './keep-focus.ts'

let end: () => void
let button: HTMLButtonElement
let other: HTMLButtonElement
beforeEach(() => {
  end = keepFocus(document)
  document.body.innerHTML = '<button>Guardar</button><button>Otra cosa</button>'
  const [one, two] = document.querySelectorAll('button')
  if (!one || !two) throw new Error('two buttons were drawn')
  button = one
  other = two
  button.focus()
})
afterEach(() => end())

/** As browsers do it: what cannot be pressed has no focus. */
function disable() {
  button.disabled = true
  button.blur()
}
/** Once whoever watches the page was told. */
const told = () => new Promise((resolve) => setTimeout(resolve))

test('a button that waited has the focus again when it can be pressed', async () => {
  disable()
  await told()
  expect(document.activeElement).toBe(document.body)
  button.disabled = false
  await told()
  expect(document.activeElement).toBe(button)
})

test('whoever has gone on in the meantime is left where they are', async () => {
  disable()
  other.focus()
  button.disabled = false
  await told()
  expect(document.activeElement).toBe(other)
})

test('whoever left it before, or presses somewhere else, is not brought back', async () => {
  button.blur()
  button.disabled = true
  await told()
  button.disabled = false
  await told()
  expect(document.activeElement).toBe(document.body)
  button.focus()
  disable()
  await told()
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
  button.disabled = false
  await told()
  expect(document.activeElement).toBe(document.body)
})

test('one that went does not come back, and another that can be pressed gets nothing', async () => {
  disable()
  button.remove()
  other.disabled = true
  await told()
  other.disabled = false
  await told()
  expect(document.activeElement).toBe(document.body)
})
