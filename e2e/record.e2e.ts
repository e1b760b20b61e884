import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { addCommitment, documentOf, goTo, openText, post } from './document.ts'
import { programIsKept } from './kept.ts'
import { isFocused, tabTo } from './keyboard.ts'
import { desk, keeping, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** The record of the demo's plan, open at what its address asks for. */
async function openRecord({ page, say }: Visitor, search = ''): Promise<void> {
  await goTo(page, `/plans/chepo/record${search}`)
  await page.getByRole('heading', { level: 1, name: say.record.title }).waitFor()
  await page.getByRole('listitem').first().waitFor()
}

interface Head {
  seq: number
  last: number
}

/** Waits until everything of the demo's plan is signed; answers how far that is. */
async function signed({ context }: Visitor): Promise<number> {
  let head: Head = { seq: 0, last: 0 }
  await expect
    .poll(async () => {
      head = (await (await context.request.get('/api/plans/chepo/record/head')).json()) as Head
      return head.last > 0 && head.seq === head.last
    })
    .toBe(true)
  return head.seq
}

/** The whole record of the demo's plan, as it is downloaded, and the key that the plan shows. */
async function download({ context }: Visitor): Promise<{ bundle: Buffer; key: string }> {
  const bundle = await (await context.request.get('/api/plans/chepo/record/bundle')).body()
  const { recordKey } = (await (await context.request.get('/api/plans/chepo')).json()) as { recordKey: string }
  return { bundle, key: recordKey }
}

const asFile = (buffer: Buffer) => ({ name: 'registro-chepo.zip', mimeType: 'application/zip', buffer })

/** Where the proof of an entry can be opened. */
const proofs = ({ page, say }: Visitor) =>
  page.getByRole('link', { name: new RegExp(`^${say.record.proof.split('{')[0]}`) })

describe.each([desk, phone])('at $name', (screen) => {
  test('[RC131] [RC132] [RC133] what somebody wrote is in the record, found by who, text and kind, and proven on this device', async () => {
    const yadira = await town.enter('sociedad', { screen })
    const { page, say } = yadira
    const title = `Parques ${screen.viewport.width}`
    const number = await addCommitment(yadira, title)
    const text = await openText(yadira, number)
    await text.write('problem', 'No hay sombra.')
    await text.saved()
    await signed(yadira)

    await goTo(page, '/plans/chepo')
    await page.getByText(/^[0-9a-f]{64}$/).waitFor()
    await page.getByRole('button', { name: say.record.card.copyHash }).waitFor()
    await page.getByRole('link', { name: say.record.card.open }).click()
    await page.getByRole('heading', { level: 1, name: say.record.title }).waitFor()
    const narrow = screen === phone
    if (narrow) await page.getByRole('button', { name: say.record.filter.open, exact: true }).click()
    // By some letters of the name, by keyboard; nobody is called by a pseudonym.
    const who = page.getByRole('combobox', { name: say.record.filter.who })
    await tabTo(page, who)
    const list = page.getByRole('listbox')
    await page.keyboard.press('ArrowDown')
    await list.waitFor()
    expect(await list.getByRole('option').allTextContents()).not.toContainEqual(expect.stringMatching(/[\w-]{16}/))
    expect(await findings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
    await isFocused(who)
    // The list that the first letter opens forgets what is chosen in it once, a moment later.
    const [letter, ...letters] = people.sociedad.slice(2, 6).toUpperCase()
    await page.keyboard.type(letter ?? '')
    await list.waitFor()
    await page.keyboard.type(letters.join(''))
    await list.getByRole('option', { name: people.sociedad }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await list.waitFor({ state: 'hidden' })
    expect(await who.inputValue()).toBe(people.sociedad)
    await page.getByLabel(say.record.filter.document).selectOption({ label: `${number}. ${title}` })
    await page.getByLabel(say.record.filter.type).selectOption({ label: say.record.type['update-batch'] })
    if (narrow) {
      await page.getByRole('button', { name: say.record.filter.show }).click()
      await page.getByRole('button', { name: fill(say.record.filter.openCount, { count: 3 }) }).waitFor()
    }
    const wrote = page.getByText(new RegExp(`^${people.sociedad} escribió en «${title}» \\(`)).first()
    await wrote.waitFor()
    // Every choice is in the address: whoever gets it sees the same.
    await page.reload()
    await wrote.waitFor()

    await page.goto(`${page.url()}&entry=first`)
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: say.record.proofOf.check, exact: true }).click()
    await sheet.getByText(say.record.proofOf.sound).waitFor()
    expect(await sheet.getByText(say.record.proofOf.found.sound, { exact: true }).count()).toBe(4)
    const saving = page.waitForEvent('download')
    await sheet.getByRole('button', { name: say.record.proofOf.proofFile }).click()
    const file = await readFile(await (await saving).path(), 'utf8')
    expect(file).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await wrote.waitFor()
  })

  test('axe finds nothing on the pages of the record, in light or in dark', async () => {
    const visitor = await town.enter('revision', { screen })
    const { page, say } = visitor
    await signed(visitor)
    await openRecord(visitor)
    expect(await findingsInBothThemes(page), 'record').toEqual([])
    await proofs(visitor).first().click()
    await page.getByRole('button', { name: say.record.proofOf.check, exact: true }).click()
    await page.getByText(say.record.proofOf.sound).waitFor()
    expect(await findingsInBothThemes(page), 'proof').toEqual([])
    await goTo(page, '/plans/chepo')
    await page.getByRole('button', { name: say.record.card.copy }).waitFor()
    expect(await findingsInBothThemes(page), 'plan').toEqual([])
    const { bundle, key } = await download(visitor)
    await goTo(page, '/help/record')
    await page.getByRole('img', { name: say.record.help.drawing }).waitFor()
    // This device knows the key from the plan that was opened on it.
    await page.getByText(key, { exact: true }).waitFor()
    expect(await findingsInBothThemes(page), 'help').toEqual([])
    await goTo(page, '/verificar')
    await page.getByRole('heading', { level: 1, name: say.record.verify.title }).waitFor()
    expect(await findingsInBothThemes(page), 'verify').toEqual([])
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(bundle))
    await page.getByText(say.record.verify.ownKey).waitFor()
    expect(await findingsInBothThemes(page), 'verified').toEqual([])
    // A key has no spaces to be broken at, and must not push the page aside.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(screen.viewport.width)
  })
})

test('[RC132] a proof that was changed on its way is found out, and said in plain words', async () => {
  const visitor = await town.enter('gobierno')
  const { page, say } = visitor
  await signed(visitor)
  await page.route('**/record/entries/1', async (route) => {
    const answer = await (await route.fetch()).json()
    await route.fulfill({ json: { ...answer, entry: answer.entry.replace('"type":"plan"', '"type":"group"') } })
  })
  await openRecord(visitor, '?entry=1')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: say.record.proofOf.check, exact: true }).click()
  await sheet.getByRole('alert').getByText(say.record.proofOf.wrong).waitFor()
})

test('[RC134] beside every version stands the way to its proof', async () => {
  const visitor = await town.enter('gobierno')
  const { page, say } = visitor
  const number = await addCommitment(visitor, 'Bibliotecas')
  const documentId = await documentOf(visitor, number)
  const name = 'Mesa de libros'
  await post(visitor, `/api/documents/${documentId}/versions`, { name })
  await signed(visitor)
  await openText(visitor, number, '?versions=open')
  await page
    .getByRole('link', { name: new RegExp(`^${say.versions.action.prove}`) })
    .first()
    .click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText(name).first().waitFor()
  await sheet.getByRole('button', { name: say.record.proofOf.check, exact: true }).click()
  await sheet.getByText(say.record.proofOf.sound).waitFor()
})

test('the whole of it by keyboard alone, in English', async () => {
  const visitor = await town.enter('gobierno', { language: 'en' })
  const { page, say } = visitor
  const last = await signed(visitor)
  await openRecord(visitor, '?type=plan')
  await tabTo(page, proofs(visitor).first())
  await page.keyboard.press('Enter')
  const check = page.getByRole('button', { name: say.record.proofOf.check, exact: true })
  await check.waitFor()
  await tabTo(page, check)
  await page.keyboard.press('Enter')
  await page.getByText(say.record.proofOf.sound).waitFor()
  await page.keyboard.press('Escape')
  await isFocused(proofs(visitor).first())
  await goTo(page, '/plans/chepo')
  await page.getByText(fill(say.record.card.signed, { seq: last }), { exact: false }).waitFor()
})

describe('a downloaded record', () => {
  test('[RC135] [RC136] is verified by whoever has the file, without an account and without a network', async () => {
    const member = await town.enter('monitoreo')
    await signed(member)
    const { bundle, key } = await download(member)

    const stranger = await town.arrive({ screen: phone, settings: keeping })
    const { page, context, say } = stranger
    const asked: string[] = []
    await goTo(page, '/verificar')
    await page.getByRole('heading', { level: 1, name: say.record.verify.title }).waitFor()
    await programIsKept(stranger)
    await context.setOffline(true)
    page.on('request', (request) => asked.push(request.url()))
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(bundle))
    // By its own key alone it is not called sound yet: that key has to be compared.
    const verdict = page.getByText(say.record.verify.ownKey)
    await verdict.waitFor()
    await page.locator('code').filter({ hasText: key }).first().waitFor()
    await page.getByRole('button', { name: say.record.verify.confirm }).click()
    await page.getByText(say.record.verify.sound).waitFor()
    expect(asked.filter((url) => /^https?:/.test(url))).toEqual([])

    // Opened anew without a network, the page is there, and so is what verifies.
    await page.reload()
    await page.getByLabel(say.record.verify.key).fill(key)
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(bundle))
    await page.getByText(say.record.verify.sound).waitFor()
  })

  test('[RC137] of which one byte was changed is told to be damaged, and where', async () => {
    const member = await town.enter('monitoreo')
    await signed(member)
    const { bundle, key } = await download(member)
    const damaged = Buffer.from(bundle)
    const at = damaged.indexOf('"seq":3,')
    damaged[damaged.indexOf('"at":"2', damaged.lastIndexOf('\n', at)) + 8] = '9'.charCodeAt(0)
    expect(damaged.equals(bundle)).toBe(false)

    const { page, say } = await town.arrive()
    await goTo(page, '/verificar')
    await page.getByLabel(say.record.verify.key).fill(key)
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(damaged))
    await page.getByText(say.record.verify.damaged).waitFor()
    const report = page.getByRole('region', { name: say.record.verify.report })
    await report
      .getByText(fill(say.record.entry, { seq: 3 }))
      .first()
      .waitFor()
  })

  test('[RC136] that is signed by another key, or checked with what is no key, is told so', async () => {
    const member = await town.enter('monitoreo')
    await signed(member)
    const { bundle } = await download(member)
    const { page, say } = await town.arrive({ language: 'en' })
    await goTo(page, '/verificar')
    const field = page.getByLabel(say.record.verify.key)
    await field.fill('chepo')
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(bundle))
    await page.getByText(say.record.verify.badKey).waitFor()
    await isFocused(field)
    await field.fill(otherKey)
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(bundle))
    await page.getByText(say.record.verify.unknownKey).waitFor()
    await page.getByRole('button', { name: say.record.verify.again }).click()
    await page.getByLabel(say.record.verify.choose).setInputFiles(asFile(Buffer.from('not a ZIP')))
    await page.getByText(say.record.verify.damaged).waitFor()
  })
})

/** A key of the same name that never signed anything here. */
const otherKey = 'chepo.example/record+80389de8+AW56HN0psLeP0Tr0xVmP7/TvKpcWbjym8uT7/M2AUFvx'
