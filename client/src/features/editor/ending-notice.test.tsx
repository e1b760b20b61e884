// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import i18next from 'i18next'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import behalfWords from '../../locales/es/behalf.json' with { type: 'json' }
import words from '../../locales/es/editor.json' with { type: 'json' }
import type { DocumentSession } from '../../sync/session.ts'
import type { Ending } from '../../sync/settle.ts'
import { createStore } from '../../sync/store.ts'
import { EndingNotice } from './ending-notice.tsx'

const i18n = i18next.createInstance()
let root: Root
let host: HTMLElement

beforeAll(async () => {
  await i18n.use(initReactI18next).init({
    lng: 'es',
    resources: { es: { editor: words, behalf: behalfWords, common: {} } },
    interpolation: { escapeValue: false },
  })
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  Object.assign(globalThis, { matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) })
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

/** What is read when a text ends with so many edits that are not sent, typed for oneself or for Rosa. */
function read(ending: Ending, pending: number, behalf?: DocumentSession['behalf']): string {
  // Only what is looked at: an open document has more.
  const session = {
    ending: createStore<Ending | null>(ending),
    status: createStore({ pending }),
    behalf,
    settleAgain() {},
  } as unknown as DocumentSession
  act(() =>
    root.render(
      <MantineProvider>
        <I18nextProvider i18n={i18n}>
          <EndingNotice key={JSON.stringify([ending, pending, behalf])} session={session} onSignIn={() => {}} />
        </I18nextProvider>
      </MantineProvider>,
    ),
  )
  return host.textContent ?? ''
}

const rosa = { id: 'rosa', name: 'Doña Rosa' }
const onlyHere = behalfWords.onlyHere.replace('{{name}}', rosa.name)
const stuck: Ending = { kind: 'stuck', reason: 'forbidden', error: new Error('no') }
const endings: Ending[] = [{ kind: 'signIn' }, { kind: 'newProgram' }, { kind: 'gone', pending: 2 }, stuck]

test.each(endings)('[WS55] $kind: what was typed for somebody is not called kept, and can be downloaded', (ending) => {
  const said = read(ending, 2, rosa)
  expect(said).toContain(onlyHere)
  expect(said).not.toContain(words.ending.kept)
  expect(said).toContain(words.ending.download)
})

test('one’s own words are kept on the device, and what was sent needs no rescue', () => {
  for (const ending of endings) expect(read(ending, 2)).toContain(words.ending.kept)
  expect(read({ kind: 'signIn' }, 0, rosa)).not.toContain(words.ending.download)
  expect(read({ kind: 'newProgram' }, 0, rosa)).not.toContain(onlyHere)
})
