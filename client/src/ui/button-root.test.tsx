// @vitest-environment jsdom
import { Button } from '@mantine/core'
import { expect, test } from 'vitest'
import { openPage } from '../testing/page.tsx'
import { ButtonRoot } from './button-root.tsx'

const page = openPage()

test('a button that waits for an answer keeps the focus, cannot be pressed, and sends no form', () => {
  let pressed = 0
  let sent = 0
  const draw = (isBusy: boolean) =>
    page.draw(
      <form
        onSubmit={(event) => {
          event.preventDefault()
          sent++
        }}
      >
        <Button component={ButtonRoot} type="submit" loading={isBusy} aria-disabled={false} onClick={() => pressed++}>
          Guardar
        </Button>
      </form>,
    )
  draw(false)
  const button = page.host.querySelector('button')
  button?.focus()
  button?.click()
  draw(true)
  expect(page.host.querySelector('button')).toBe(button)
  expect(document.activeElement).toBe(button)
  expect(button?.disabled).toBe(false)
  expect(button?.getAttribute('aria-disabled')).toBe('true')
  button?.click()
  expect([pressed, sent]).toEqual([1, 1])
  draw(false)
  expect(button?.getAttribute('aria-disabled')).toBe('false')
  button?.click()
  expect([pressed, sent]).toEqual([2, 2])
})

test('one that waits for another is held likewise', () => {
  let pressed = 0
  page.draw(
    <Button component={ButtonRoot} aria-disabled onClick={() => pressed++}>
      Retirar
    </Button>,
  )
  const button = page.host.querySelector('button')
  button?.click()
  expect([pressed, button?.disabled, button?.hasAttribute('data-loading')]).toEqual([0, false, false])
})
