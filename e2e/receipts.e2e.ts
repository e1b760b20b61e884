import { readFile } from 'node:fs/promises'
import { concat } from '@cabildo/record/bytes'
import { fromDigits, toDigits } from '@cabildo/record/digits'
import { sha256 } from '@cabildo/record/hash'
import jsqr from 'jsqr'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { addCommitment, textOn } from './document.ts'
import { programIsKept } from './kept.ts'
import { desk, keeping, openTown, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'
import { joinAnother, openWorkshop, passTo, planOf, scan } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

// A CommonJS package, whose types say that it is none.
const readPixels = jsqr as unknown as typeof jsqr.default

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
  return { guest, number, group, close }
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

  const reader = await town.arrive({ screen: phone, settings: keeping })
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
  await (await check(reader)).getByText(say.receipts.check.unknown).waitFor()
  await page.getByRole('button', { name: say.receipts.keep.here }).click()
  await page.getByText(say.receipts.keep.isHere).waitFor()
  await programIsKept(reader)

  await context.setOffline(true)
  await page.reload()
  const kept = page.getByRole('button', { name: new RegExp(code) })
  await kept.click()
  await stands(reader)
  await (await check(reader)).getByText(say.receipts.check.unknown).waitFor()
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

test('[RC164] what one person kept on a shared phone is not listed for the next, and is again in their turn', async () => {
  const { guest, group } = await guestWhoWrote()
  const { page, say } = guest
  const text = page.url()
  const code = await takeReceipt(guest)
  const kept = page.getByRole('button', { name: new RegExp(code) })
  await page.goto(`/recibo#${code}`)
  await stands(guest)
  await page.getByRole('button', { name: say.receipts.keep.here }).click()
  await page.getByText(say.receipts.keep.isHereShared).waitFor()
  await page.goto('/recibo')
  await kept.waitFor()

  await page.goto(text)
  await joinAnother(guest, 'Beto Ríos', group)
  await page.goto('/recibo')
  await page.getByLabel(say.receipts.start.label).waitFor()
  expect(await kept.count()).toBe(0)
  await page.getByRole('button', { name: say.receipts.phone.submit }).click()
  await page.getByText(say.receipts.phone.none).waitFor()

  await page.goto(text)
  await passTo(guest, 'Rosa Batista')
  await page.goto('/recibo')
  await kept.waitFor()
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
  await page.getByRole('button', { name: say.receipts.keep.file, exact: true }).click()
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
  // This device knows the key from the plan that was opened on it.
  await (await check(reader)).getByText(say.receipts.check.sound).waitFor()

  const { receipt } = JSON.parse(await readFile(file, 'utf8'))
  await page.goto('/help/record')
  await page.getByText(receipt.recordKey, { exact: true }).waitFor()
})

test('[RC160] [RC161] [RC162] the second QR on paper holds the proof: read from its picture, it verifies without a network, and not with one digit changed', async () => {
  const { guest } = await guestWhoWrote()
  const code = await takeReceipt(guest)
  const owner = await town.arrive({ screen: phone, settings: { deviceScaleFactor: 3 } })
  await owner.page.goto(`/recibo#${code}`)
  await owner.page.getByRole('button', { name: owner.say.receipts.keep.qr }).click()
  const shown = owner.page.getByRole('img', { name: owner.say.receipts.proof.qr })
  const { text: onScreen, square } = await readQr(shown)
  expect(square, 'dots of a screen of 360 px for one square').toBeGreaterThan(2.5)
  await owner.page.evaluate(() => {
    window.print = () => {}
  })
  await owner.page.getByRole('button', { name: owner.say.receipts.keep.print }).click()
  await owner.page.emulateMedia({ media: 'print' })
  const onPaper = await readQr(shown.last())
  expect(onPaper.text).toBe(onScreen)
  expect((onPaper.square / 96) * 25.4, 'millimetres of paper for one square').toBeGreaterThan(0.45)
  // The proof itself and no short code: how long it is depends on where in the tree its entry stands.
  expect(onScreen).toMatch(new RegExp(`^${town.url}/recibo#[0-9]{600,}$`))
  const digits = onScreen.split('#')[1] ?? ''

  // Another phone that has been here once, and has no network now.
  const { page, context, say, ...reader } = await town.arrive({ screen: phone, settings: keeping })
  await page.goto('/recibo')
  await page.getByLabel(say.receipts.start.label).waitFor()
  await programIsKept({ page, context, say, ...reader })
  const asked: string[] = []
  await context.setOffline(true)
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  await page.goto(onScreen)
  await page.getByRole('alert').getByText(say.receipts.proof.unknown).waitFor()
  await page.getByText('chepo.example/record', { exact: true }).waitFor()
  await expect.poll(() => page.url()).toBe(`${town.url}/recibo`)
  expect(asked.filter((request) => request.includes('/api/') || request.includes(digits))).toEqual([])
  expect(await findings(page), 'a proof').toEqual([])

  // One digit misread; then a proof of another, whose check is right and whose signature is not.
  const at = Math.floor(digits.length / 2)
  const misread = digits.slice(0, at) + ((Number(digits[at]) + 1) % 10) + digits.slice(at + 1)
  const bytes = fromDigits(digits)?.slice(0, -4) ?? new Uint8Array()
  bytes.set([(bytes[100] ?? 0) ^ 1], 100)
  const forged = toDigits(concat(bytes, sha256(bytes).subarray(0, 4)))
  for (const [given, words] of [
    [misread, say.receipts.proof.unread],
    [forged, say.receipts.proof.false],
    [onScreen, say.receipts.proof.unknown],
  ] as const) {
    await page.getByRole('button', { name: say.receipts.start.other }).click()
    await page.getByLabel(say.receipts.start.label).fill(given)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText(words).waitFor()
  }
})

/** What a QR on a page says, read from a picture of it as a phone's camera would, and how wide its squares are there. */
async function readQr(image: Locator): Promise<{ text: string; square: number }> {
  const squares = Number((await image.getAttribute('viewBox'))?.split(' ')[2])
  const width = (await image.boundingBox())?.width ?? 0
  const picture = (await image.screenshot()).toString('base64')
  const pixels = await image.page().evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0))
    const drawn = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d')
    context?.drawImage(drawn, 0, 0)
    const { data, width, height } = context?.getImageData(0, 0, drawn.width, drawn.height) ?? new ImageData(1, 1)
    let dots = ''
    for (let at = 0; at < data.length; at += 4) dots += (data[at] ?? 0) < 128 ? '#' : ' '
    return { dots, width, height }
  }, picture)
  const grey = [...pixels.dots].flatMap((dot) => (dot === '#' ? [0, 0, 0, 255] : [255, 255, 255, 255]))
  const found = readPixels(Uint8ClampedArray.from(grey), pixels.width, pixels.height)
  return { text: found?.data ?? '', square: width / squares }
}

test('axe finds nothing on the pages of receipts, on a desk or a phone, in light or in dark', async () => {
  // A guest has a phone, whatever the receipt is read on later.
  const { guest } = await guestWhoWrote()
  const code = await takeReceipt(guest)
  expect(await findingsInBothThemes(guest.page), 'taking').toEqual([])
  for (const screen of [desk, phone]) {
    const reader = await town.arrive({ screen })
    const { page, say } = reader
    await page.goto('/recibo')
    await page.getByLabel(say.receipts.start.label).waitFor()
    expect(await findingsInBothThemes(page), `asking for the code at ${screen.name}`).toEqual([])
    const width = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await width()).toBe(screen.viewport.width)
    await page.goto(`/recibo#${code}`)
    await stands(reader)
    await page.getByRole('button', { name: say.receipts.keep.proof }).waitFor()
    await check(reader)
    expect(await findingsInBothThemes(page), `the receipt at ${screen.name}`).toEqual([])
    expect(await width()).toBe(screen.viewport.width)
  }
})
