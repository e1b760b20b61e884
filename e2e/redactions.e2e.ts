import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { filler } from '@cabildo/verify/redact'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { addCommitment, documentOf, goTo, openText, post } from './document.ts'
import { programIsKept } from './kept.ts'
import { desk, keeping, openTown, phone, type Town, type Visitor } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const quote = 'Ana Paz, 8-888-888'
const gone = filler.repeat(quote.length)

async function openPage({ page, say }: Visitor): Promise<void> {
  await goTo(page, '/plans/chepo/people')
  await page.getByRole('link', { name: say.people.parts.redactions }).click()
  await page.getByRole('heading', { level: 2, name: say.people.redactions.title }).waitFor()
}

const look = async ({ page }: Visitor, name: string) => {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('[RC172] [RC95] [RC96] two people take words out, and an open text, its history and the bundle lose them', async () => {
  const ivan = await town.enter('gobierno')
  const title = 'Pozo de la comunidad'
  const number = await addCommitment(ivan, title)
  const documentId = await documentOf(ivan, number)
  const writing = await openText(ivan, number)
  await writing.write('problem', `La señora ${quote}, vive ahí.`)
  await writing.saved()
  const version = await post<{ id: string; seq: number }>(ivan, `/api/documents/${documentId}/versions`, {
    name: 'Una',
  })
  await writing.write('problem', ' Y nadie más.')
  await writing.saved()
  const third = await town.enter('sociedad')
  const reading = await openText(third, number)
  await reading.mentions('problem', quote)

  const first = await town.enter('coordinacion', { screen: phone })
  const words = first.say.people.redactions
  await openPage(first)
  await first.page.getByText(words.open.none).waitFor()
  await first.page.getByLabel(words.ask.document).selectOption({ label: `${number}. ${title}` })
  await first.page.getByRole('button', { name: words.ask.button, exact: true }).click()
  await first.page.getByText(words.ask.needQuote).waitFor()
  await first.page.getByLabel(words.ask.quote).fill('No está aquí')
  await first.page.getByRole('button', { name: words.ask.button, exact: true }).click()
  await first.page.getByText(words.ask.nowhere).waitFor()
  await first.page.getByLabel(words.ask.quote).fill(quote)
  await first.page.getByLabel(words.ask.quote).press('Tab')
  await first.page.getByRole('button', { name: words.ask.button, exact: true }).press('Enter')
  await first.page.getByText(words.open.own).waitFor()
  expect(await first.page.getByRole('button', { name: words.approve.button }).count()).toBe(0)
  expect(await first.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await findings(first.page)).toEqual([])
  await look(first, 'asked-360')

  const second = await town.enter('facilitacion', { screen: desk, language: 'en' })
  const english = second.say.people.redactions
  await openPage(second)
  await second.page.getByText(quote).waitFor()
  expect(await findings(second.page)).toEqual([])
  await look(second, 'open-1280')
  await second.page.getByRole('button', { name: english.approve.button }).press('Enter')
  const sheet = second.page.getByRole('dialog', { name: english.approve.title })
  await sheet.getByText(english.approve.sure).waitFor()
  expect(await findings(second.page)).toEqual([])
  await look(second, 'sheet-1280')
  await sheet.getByRole('button', { name: english.approve.button }).press('Enter')
  await sheet.waitFor({ state: 'detached' })
  await second.page.getByText(english.open.none).waitFor()
  await look(second, 'decided-1280')

  for (const text of [reading, writing]) {
    await text.mentions('problem', `La señora ${gone}, vive ahí. Y nadie más.`)
    expect(await text.read('problem')).not.toContain('Paz')
  }
  await writing.write('problem', ' Sigue.')
  await writing.saved()
  await reading.mentions('problem', 'Sigue.')

  const get = async (path: string) => {
    const answer = await third.context.request.get(path)
    expect([path, answer.status()]).toEqual([path, 200])
    return answer
  }
  for (const path of ['', `/at/${version.seq}`, `/versions/${version.id}`, `/versions/${version.id}/diff`]) {
    const told = await (await get(`/api/documents/${documentId}${path}`)).text()
    expect(told).toContain(filler)
    expect(told).not.toMatch(/Paz|8-888/)
  }
  await third.page.goto(`/plans/chepo/commitments/${number}?versions=open`)
  await third.page.getByRole('heading', { name: third.say.versions.title }).waitFor()
  expect(await third.page.content()).not.toMatch(/Ana Paz|8-888/)

  await expect
    .poll(async () => {
      const bundle = new Uint8Array(await (await get('/api/plans/chepo/record/bundle')).body())
      const { findings } = await verifyBundle(bundle, { verifiers: nodeVerifiers })
      // The demo of the tests was played at another address than this one, whose log has that name.
      const damages = findings.filter(({ level, code }) => level === 'damaged' && code !== 'checkpoint-origin')
      return [findings.some(({ code }) => code === 'redacted'), damages]
    })
    .toEqual([true, []])
})

test('[RC154] a device that was away lets go of the words: with the plan what it had sent, with the text what it had not', async () => {
  const ivan = await town.enter('gobierno')
  const number = await addCommitment(ivan, 'Acueducto rural')
  const documentId = await documentOf(ivan, number)
  const his = await openText(ivan, number)
  await his.write('problem', `La señora ${quote}, vive ahí.`)
  await his.saved()
  const reader = await town.enter('sociedad')
  const writer = await town.enter('gobierno', { screen: phone, settings: keeping })
  const read = await openText(reader, number)
  const written = await openText(writer, number)
  for (const text of [read, written]) await text.mentions('problem', quote)
  await programIsKept(writer)
  await writer.context.setOffline(true)
  await written.write('causes', 'Anotado en la lancha.')
  await written.state(writer.say.editor.save.offline).waitFor()
  // Both are away: one has closed the page, the other has no connection.
  await reader.page.goto('/privacy')
  for (const one of [reader, writer]) await expect.poll(() => heldOn(one)).toMatch(words)

  const body = { documentId, quote, basis: 'Ley 81 de 2019', reason: '' }
  const first = await town.enter('coordinacion')
  const { id } = await post<{ id: string }>(first, '/api/plans/chepo/redactions', body)
  await post(await town.enter('facilitacion'), `/api/plans/chepo/redactions/${id}/approve`)

  await reader.page.goto('/plans/chepo')
  await expect.poll(() => heldOn(reader)).not.toMatch(words)
  await writer.context.setOffline(false)
  await written.mentions('problem', `La señora ${gone}, vive ahí.`)
  await expect.poll(() => heldOn(writer)).not.toMatch(words)
  const { items } = await (await writer.context.request.get(`/api/documents/${documentId}/drafts`)).json()
  const draft = await (await writer.context.request.get(`/api/documents/${documentId}/drafts/${items[0].id}`)).text()
  expect(draft).toContain('Anotado en la lancha.')
  expect(draft).not.toMatch(words)
})

const words = /Ana Paz|8-888-888/

/** Everything that a browser keeps of the program: its databases, its storage, and the answers of its service worker. */
const heldOn = ({ page }: Visitor): Promise<string> =>
  page.evaluate(async () => {
    const told: string[] = []
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const values: unknown[] = await done(database.transaction(store).objectStore(store).getAll())
        for (const value of values)
          told.push(value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value))
      }
      database.close()
    }
    for (const kept of [localStorage, sessionStorage]) told.push(JSON.stringify(Object.entries(kept)))
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) told.push((await (await cache.match(request))?.text()) ?? '')
    }
    return told.join('\n')
  })
