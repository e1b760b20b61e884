import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Result, RunOptions } from 'axe-core'
import type { Locator, Page } from 'playwright-core'

/** Axe in its smaller file: the other is more than twice as long, and each page has to be sent it and read it anew. */
const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Those of axe's rules in its category of colours that are switched on. */
const aboutColours = ['color-contrast', 'link-in-text-block'] as const

/**
 * What axe finds, by all its rules, in words that name the rule and the place; `rules`: by these alone. Whatever moves has
 * come to rest before: a colour on its way to another is nobody's colour. `where`: of a sheet over a page that was looked at
 * in a journey, the sheet alone; a long text takes axe seconds, and behind a sheet nobody reads it.
 */
export async function findings(where: Page | Locator, rules?: readonly string[]): Promise<string[]> {
  const page = 'page' in where ? where.page() : where
  await page.evaluate(comeToRest)
  // Axe is large and stays in the page: a second look at the same page has it already.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source)
  const options = {
    resultTypes: ['violations'],
    // Of the rules that are switched on, one waits for media that plays by itself, and none looks into sheets: by itself axe
    // would copy them all at every look.
    preload: { assets: ['media'] },
    ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
  } satisfies RunOptions
  const violations = await ('page' in where ? where : page.locator(':root')).evaluate(look, options)
  return violations.map(({ id, nodes }) => {
    const [first] = nodes
    const places = nodes.map(({ target }) => target.join(' ')).join(', ')
    return `${id}: ${places} (${first?.failureSummary})`
  })
}

/** Runs in the page, where axe is: our pages have no frames. Of the root it looks at the page as such, too. */
async function look(place: Element, options: RunOptions): Promise<Result[]> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') }
  // By itself axe notes the markup of every element that it looks at, which no finding of ours tells.
  axe.configure({ noHtml: true })
  return (await axe.run(place, options)).violations
}

/**
 * What axe finds in the one theme and in the other while the page stays as it is, each with its theme in front. It begins
 * with the theme that the page has: every second page of a journey is loaded in the dark, and half the changes are spared.
 * A theme is colours and nothing else, as a test of the client's sheets says, so in the other one axe looks with all its
 * rules about colours.
 */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const [first, other] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  await hasTheme(page, first)
  const found = (await findings(page)).map((finding) => `${first}: ${finding}`)
  await inTheme(page, other)
  const more = (await findings(page, aboutColours)).map((finding) => `${other}: ${finding}`)
  return [...found, ...more]
}

/**
 * Changes the theme at once. Each element of the page would go to its new colours by a motion of its own, each after the
 * one it is in, which took longer than looking.
 */
async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(() => {
    const still = new CSSStyleSheet()
    still.replaceSync('*, ::before, ::after { transition: none !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]
  })
  await page.emulateMedia({ colorScheme })
  await hasTheme(page, colorScheme)
  await page.evaluate(() => {
    // The new colours hold before motions are allowed again.
    document.body.getAnimations({ subtree: true })
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)
  })
}

/** Waits until the page shows a theme. */
const hasTheme = (page: Page, theme: 'light' | 'dark') =>
  page.waitForFunction((name) => document.documentElement.dataset.mantineColorScheme === name, theme)

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
