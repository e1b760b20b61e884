import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Presses Tab until the focus is where it should go, as somebody does who has no mouse. Fails after `most` presses. */
export async function tabTo(page: Page, target: Locator, { key = 'Tab', most = 30 } = {}): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key)
    if (await hasFocus(target)) return
  }
  throw new Error(`${most} times ${key} did not lead to ${target}; the focus is at ${await whereFocusIs(page)}`)
}

/** Moves the caret on until it stands after these words of its paragraph, and the editor knows. */
export async function caretAfter(page: Page, words: string): Promise<void> {
  const place = () => page.evaluate(() => document.getSelection()?.anchorOffset ?? 0)
  for (let pressed = 0; pressed < 2 * words.length && (await place()) < words.length; pressed += 1) {
    await page.keyboard.press('ArrowRight')
  }
  expect(await place()).toBe(words.length)
  await caretIsKnown(page)
}

/**
 * Waits until the editor knows where the caret is: it is told a moment after the page, and a key that splits or deletes
 * goes by what the editor knows. Nobody presses keys so fast that it matters, but a journey does.
 */
export async function caretIsKnown(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )
}

/** Waits until something has the focus. */
export async function isFocused(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target), { message: `the focus is not at ${target}` }).toBe(true)
}

/** Asks once: to find something as a screen reader does costs as much as a key pressed. */
const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluateAll((found) => found.length === 1 && found[0] === document.activeElement)

function whereFocusIs(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300) ?? 'nowhere')
}
