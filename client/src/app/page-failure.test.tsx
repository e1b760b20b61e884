// @vitest-environment jsdom
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  type RouteComponent,
  RouterProvider,
} from '@tanstack/react-router'
import { expect, test, vi } from 'vitest'
import { firstLoad } from '../lib/first-load.ts'
import { openPage } from '../testing/page.tsx'
import { PageFailure, PageNotFound } from './page-failure.tsx'

const onScreen = openPage()
// jsdom has nothing to scroll.
vi.stubGlobal('scrollTo', () => {})

/** Draws a page as the only one there is. */
async function draw(component: RouteComponent): Promise<void> {
  const history = createMemoryHistory({ initialEntries: ['/'] })
  const router = createRouter({ routeTree: createRootRoute({ component }), history })
  await router.load()
  await onScreen.drawAndWait(<RouterProvider router={router} />)
}

const pages: [string, RouteComponent][] = [
  ['is not there', PageNotFound],
  ['could not be had', () => <PageFailure error={new Error('no network')} />],
]
test.each(pages)(
  'what waits for a text comes when the text %s',
  async (_, component) => {
    firstLoad.beginWithText()
    let hasCome = false
    const coming = firstLoad.after(async () => {
      hasCome = true
    })()
    await Promise.resolve()
    expect(hasCome).toBe(false)
    await draw(component)
    expect(onScreen.host.querySelector('h1')).not.toBeNull()
    // Else it would come after ten seconds, and this test takes no more than five.
    await coming
    expect(hasCome).toBe(true)
  },
  5000,
)
