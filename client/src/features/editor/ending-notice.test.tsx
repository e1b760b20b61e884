// @vitest-environment jsdom
import { expect, test } from 'vitest'
import behalfWords from '../../locales/es/behalf.json' with { type: 'json' }
import words from '../../locales/es/editor.json' with { type: 'json' }
import type { DocumentSession } from '../../sync/session.ts'
import type { Ending } from '../../sync/settle.ts'
import { createStore } from '../../sync/store.ts'
import { openPage } from '../../testing/page.tsx'
import { EndingNotice } from './ending-notice.tsx'

const page = openPage({ editor: words, behalf: behalfWords })

/** What is read when a text ends with so many edits that are not sent, typed for oneself or for Rosa. */
function read(ending: Ending, pending: number, behalf?: DocumentSession['behalf']): string {
  // Only what is looked at: an open document has more.
  const session = {
    ending: createStore<Ending | null>(ending),
    status: createStore({ pending }),
    behalf,
    settleAgain() {},
  } as unknown as DocumentSession
  const shown = page.draw(
    <EndingNotice key={JSON.stringify([ending, pending, behalf])} session={session} onSignIn={() => {}} />,
  )
  return shown.textContent ?? ''
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
