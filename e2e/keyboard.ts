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

/** Waits until something has the focus. */
export async function isFocused(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target), { message: `the focus is not at ${target}` }).toBe(true)
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && target.evaluate((element) => element === document.activeElement)
}

function whereFocusIs(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300) ?? 'nowhere')
}
