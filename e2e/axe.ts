import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What axe finds, by all its rules, in words that name the rule and the place. Whatever moves has come to rest before:
 * a colour on its way to another is nobody's colour. `offline`: the network is away, or was since the page came; axe does
 * not read the page's sheets anew then.
 */
export async function findings(page: Page, { offline = false } = {}): Promise<string[]> {
  await page.evaluate(comeToRest)
  // Axe is large and stays in the page: a second look at the same page has it already.
  const isThere = await page.evaluate(() => 'axe' in window)
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: 'true' } : {}) })
  // Otherwise it looks in every frame apart, carries everything into a new page and judges there, which takes ten times
  // as long. Our pages have no frames, and what is well need not be told.
  const { violations } = await axe
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: !offline })
    .analyze()
  return violations.map(({ id, nodes }) => {
    const [first] = nodes
    const places = nodes.map(({ target }) => target.join(' ')).join(', ')
    return `${id}: ${places} (${first?.failureSummary})`
  })
}

/**
 * What axe finds in the one theme and in the other while the page stays as it is, each with its theme in front. It begins
 * with the theme that the page has: every second page of a journey is loaded in the dark, and half the changes are spared.
 */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = []
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  for (const colorScheme of isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction((name) => document.documentElement.dataset.mantineColorScheme === name, colorScheme)
    found.push(...(await findings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  return found
}

/**
 * Runs in the page: brings whatever moves to its end. Without motion a change of theme goes from each element to those in
 * it, each waiting for a frame, which a busy machine has few of. What never ends, as a sign of waiting, goes on.
 */
async function comeToRest(): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame)
  const moving = () =>
    document
      .getAnimations()
      .filter(
        ({ playState, effect }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
      )
  // What a page does at the end of a motion may start another.
  for (let rounds = 0; rounds < 500; rounds += 1) {
    const now = moving()
    if (now.length > 0) for (const motion of now) motion.finish()
    else {
      await frame()
      if (moving().length === 0) return
    }
  }
  throw new Error('the page does not come to rest')
}
