import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** The two themes that every page is looked at in. */
const schemes = ['light', 'dark'] as const

/**
 * What axe finds on a page as it stands, in light and then in dark, in words that name the theme, the rule and the place.
 * The page follows the theme by itself, as it does on a device that turns dark in the evening.
 */
export async function findings(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, colorScheme)
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, nodes } of violations) {
      found.push(`${colorScheme}, ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    }
  }
  return found
}
