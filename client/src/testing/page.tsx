/** Tests only: a page of jsdom that React draws on. */
import { MantineProvider } from '@mantine/core'
import i18next, { type Resource } from 'i18next'
import { act, type ReactNode } from 'react'
import { createRoot, type Root, type RootOptions } from 'react-dom/client'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import common from '../locales/es/common.json' with { type: 'json' }

/** What a test draws on: empty before each test, and gone after it. */
export interface TestPage {
  /** What it is drawn into. */
  readonly host: HTMLElement
  /** Draws this in place of what was drawn before, and answers into what. */
  draw(node: ReactNode): HTMLElement
  /** The same where what is drawn asks for something that is there already: returns when React has drawn that, too. */
  drawAndWait(node: ReactNode): Promise<HTMLElement>
}

/**
 * Opens a page for one file of tests: ask for it where the file begins. It reads Spanish, with these words beside the common
 * ones. jsdom draws nothing, so that a question about its media is answered with no.
 */
export function openPage(words: Resource[string] = {}, options: RootOptions = {}): TestPage {
  const i18n = i18next.createInstance()
  let root: Root
  let host: HTMLElement
  beforeAll(async () => {
    await i18n.use(initReactI18next).init({
      lng: 'es',
      defaultNS: 'common',
      resources: { es: { common, ...words } },
      interpolation: { escapeValue: false },
    })
    const media = () => ({ matches: false, addEventListener() {}, removeEventListener() {} })
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    vi.stubGlobal('matchMedia', media)
  })
  // The next file has the same globals.
  afterAll(() => {
    vi.unstubAllGlobals()
  })
  beforeEach(() => {
    host = document.createElement('div')
    document.body.append(host)
    root = createRoot(host, options)
  })
  afterEach(() => {
    act(() => root.unmount())
    host.remove()
  })

  const render = (node: ReactNode) =>
    root.render(
      <I18nextProvider i18n={i18n}>
        {/* Its sheets would be among the words of the page. */}
        <MantineProvider withCssVariables={false} withGlobalClasses={false}>
          {node}
        </MantineProvider>
      </I18nextProvider>,
    )
  return {
    get host() {
      return host
    },
    draw(node) {
      act(() => render(node))
      return host
    },
    async drawAndWait(node) {
      await act(async () => render(node))
      return host
    },
  }
}
