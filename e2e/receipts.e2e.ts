import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { addCommitment, textOn } from './document.ts'
import { programIsKept } from './kept.ts'
import { desk, openTown, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'
import { openWorkshop, planOf, scan } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const words = 'El agua llega dos horas.'

/** A guest who wrote in a workshop on a new commitment, and may close it. */
async function guestWhoWrote() {
  const host = await town.enter('facilitacion')
  const group = (await planOf(host)).groups[1]?.name ?? ''
  const number = await addCommitment(host, 'Agua para la isla')
  const workshop = await openWorkshop(host, [number])
  const guest = await scan(town, workshop, 'Rosa Batista', group)
  const text = textOn(guest)
  await text.write('problem', words)
  await text.saved()
  const close = async () => {
    const closed = await host.context.request.post(`/api/plans/chepo/workshops/${workshop.id}/close`, {
      headers: { origin: town.url, 'content-type': 'application/json' },
    })
    expect(closed.status()).toBe(200)
  }
  return { guest, number, close }
}

/** Takes the receipt in the head of the text, and answers its code. */
async function takeReceipt({ page, say }: Visitor): Promise<string> {
  await page.getByRole('button', { name: say.receipts.tool.open }).click()
  const sheet = page.getByRole('dialog', { name: say.receipts.tool.title })
  const code = (await sheet.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? ''
  await sheet.getByRole('img', { name: say.receipts.head.qr }).waitFor()
  return code
}

const stands = ({ page, say }: Visitor) =>
  page.getByText(fill(say.receipts.became.standing_other, { formatted: String(words.length) })).waitFor()
const check = async ({ page, say }: Visitor) => {
  await page.getByRole('button', { name: say.receipts.check.submit, exact: true }).click()
  return page.getByRole('alert')
}

test('[RC80] [RC92] [RC93] a guest takes a receipt; the workshop ends; another phone reads it, and verifies it without a network', async () => {
  const { guest, number, close } = await guestWhoWrote()
  const code = await takeReceipt(guest)
  await close()

  const reader = await town.arrive({ screen: phone })
  const { page, context, say } = reader
  await page.goto(`/recibo#${code}`)
  await page
    .getByRole('heading', { name: fill(say.receipts.head.document, { number, title: 'Agua para la isla' }) })
    .waitFor()
  await expect.poll(() => page.url()).toBe(`${town.url}/recibo`)
  await stands(reader)
  await page.getByText(words, { exact: true }).waitFor()
  expect(await page.getByText('Rosa').count()).toBe(0)
  await page.getByRole('button', { name: say.receipts.keep.proof }).waitFor()
  await (await check(reader)).getByText(say.receipts.check.sound).waitFor()
  await page.getByRole('button', { name: say.receipts.keep.here }).click()
  await page.getByText(say.receipts.keep.isHere).waitFor()
  await programIsKept(reader)

  await context.setOffline(true)
  await page.reload()
  const kept = page.getByRole('button', { name: new RegExp(code) })
  await kept.click()
  await stands(reader)
  await (await check(reader)).getByText(say.receipts.check.sound).waitFor()
  await page.getByText(fill(say.receipts.check.signature.sound, { name: '' }).trim().replace(/\.$/, '')).waitFor()

  // Somebody changes one letter of the proof, then one of what it says.
  for (const [from, to] of [
    ['index ', 'index 1'],
    ['contribution', 'contributiom'],
  ]) {
    await page.evaluate(
      ([from = '', to = '']) => {
        const key = 'cabildo:receipts'
        const [one] = JSON.parse(localStorage.getItem(key) ?? '[]')
        const part = from.startsWith('index') ? 'proof' : 'entry'
        const forged = { ...one, receipt: { ...one.receipt, [part]: one.receipt[part].replace(from, to) } }
        localStorage.setItem(key, JSON.stringify([forged]))
      },
      [from, to] as const,
    )
    await page.reload()
    await kept.click()
    await (await check(reader)).getByText(say.receipts.check.false).waitFor()
  }

  await page.getByRole('button', { name: say.receipts.keep.forget }).click()
  await page.reload()
  await page.getByLabel(say.receipts.start.label).waitFor()
  expect(await kept.count()).toBe(0)
})

test('[RC91] after the workshop the phone leads to the receipts of who wrote from it', async () => {
  const { guest, close } = await guestWhoWrote()
  const { page, say } = guest
  await close()
  await page.getByRole('link', { name: say.workshops.over.receipt }).click()
  await page.getByRole('button', { name: say.receipts.phone.submit }).click()
  await page.getByRole('button', { name: /Rosa Batista/ }).click()
  await stands(guest)
})

test('[RC83] [RC94] who wrote nothing is told how; a wrong code is told; a file opens and prints on one page', async () => {
  const reader = await town.enter('revision')
  const { page, say } = reader
  await page.goto('/plans/chepo/commitments/1')
  await page.getByRole('button', { name: say.receipts.tool.open }).click()
  await page.getByRole('dialog').getByText(say.receipts.tool.nothing).waitFor()

  const { guest } = await guestWhoWrote()
  const code = await takeReceipt(guest)
  await page.goto('/recibo')
  const field = page.getByLabel(say.receipts.start.label)
  await field.fill('7QKX')
  await page.keyboard.press('Enter')
  await page.getByText(fill(say.receipts.start.strange, { length: 12 })).waitFor()
  await field.fill('7QKX-2M4T-9HJ3')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText(say.receipts.start.gone).waitFor()
  await field.fill(code.toLowerCase().replaceAll('-', ' '))
  await page.keyboard.press('Enter')
  await stands(reader)
  await page.getByRole('button', { name: say.receipts.keep.proof }).waitFor()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: say.receipts.keep.file }).click()
  const file = await (await downloading).path()
  await page.evaluate(() => {
    window.print = () => {}
  })
  await page.getByRole('button', { name: say.receipts.keep.print }).click()
  const paper = (await page.pdf({ format: 'A6' })).toString('latin1')
  expect(paper.match(/\/Type \/Page\b/g), 'the receipt is one page of A6').toHaveLength(1)

  await page.goto('/recibo')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say.receipts.kept.open }).click()
  await (await choosing).setFiles({ name: 'recibo.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await page.getByRole('alert').getByText(say.receipts.kept.noFile).waitFor()
  const again = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say.receipts.kept.open }).click()
  await (await again).setFiles(file)
  await stands(reader)
  await (await check(reader)).getByText(say.receipts.check.sound).waitFor()
})

describe.each([desk, phone])('at $name', (screen) => {
  test('axe finds nothing on the pages of receipts, in light or in dark', async () => {
    const { guest } = await guestWhoWrote()
    const code = await takeReceipt(guest)
    expect(await findingsInBothThemes(guest.page), 'taking').toEqual([])
    const reader = await town.arrive({ screen, settings: { reducedMotion: 'reduce' } })
    const { page, say } = reader
    await page.goto('/recibo')
    await page.getByLabel(say.receipts.start.label).waitFor()
    expect(await findingsInBothThemes(page), 'asking for the code').toEqual([])
    const width = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await width()).toBe(screen.viewport.width)
    await page.goto(`/recibo#${code}`)
    await stands(reader)
    await page.getByRole('button', { name: say.receipts.keep.proof }).waitFor()
    await check(reader)
    expect(await findingsInBothThemes(page), 'the receipt').toEqual([])
    expect(await width()).toBe(screen.viewport.width)
  })
})
