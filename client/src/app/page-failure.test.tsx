// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  type RouteComponent,
  RouterProvider,
} from '@tanstack/react-router'
import i18next from 'i18next'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { firstLoad } from '../lib/first-load.ts'
import common from '../locales/es/common.json' with { type: 'json' }
import { PageFailure, PageNotFound } from './page-failure.tsx'

const i18n = i18next.createInstance()
let root: Root
let host: HTMLElement
beforeAll(async () => {
  await i18n.use(initReactI18next).init({ lng: 'es', defaultNS: 'common', resources: { es: { common } } })
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  Object.assign(globalThis, { matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) })
  Object.assign(globalThis, { scrollTo: () => {} })
})
beforeEach(() => {
  host = document.createElement('div')
  document.body.append(host)
  root = createRoot(host)
})
afterEach(() => {
  act(() => root.unmount())
  host.remove()
})

/** Draws a page as the only one there is. */
async function draw(component: RouteComponent): Promise<void> {
  const history = createMemoryHistory({ initialEntries: ['/'] })
  const router = createRouter({ routeTree: createRootRoute({ component }), history })
  await router.load()
  await act(async () =>
    root.render(
      <I18nextProvider i18n={i18n}>
        <MantineProvider>
          <RouterProvider router={router} />
        </MantineProvider>
      </I18nextProvider>,
    ),
  )
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
    expect(host.querySelector('h1')).not.toBeNull()
    // Else it would come after ten seconds, and this test takes no more than five.
    await coming
    expect(hasCome).toBe(true)
  },
  5000,
)
