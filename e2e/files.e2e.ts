import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { desk, openTown, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** A picture of a flip chart, more or less: lines on paper. */
function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height, 245)
  for (let y = 0; y < height; y += 1) {
    const start = y * (width * 3 + 1)
    rows[start] = 0
    if (y % 40 > 12 && y % 40 < 18) rows.fill(70, start + 1 + 120, start + width * 3 - ((y * 7) % 300))
  }
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const voice = Buffer.concat([
  Buffer.from('4f67675300020000000000000000000000000000000000000000011e01766f72626973', 'hex'),
  Buffer.alloc(9000),
])
const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n')

const files = ({ page, say }: Visitor) => page.getByRole('region', { name: say.attachments.title })
const images = (visitor: Visitor) => files(visitor).locator('img')

test('[IN60] [IN61] [IN64] a facilitator attaches a photo, a voice and a form on a phone, and takes one away; a reviewer sees them', async () => {
  const host = await town.enter('facilitacion', { screen: phone })
  const { page, say } = host
  const words = say.attachments
  const { items } = await (await host.context.request.get('/api/plans/chepo/inputs?channel=photo')).json()
  const address = `/plans/chepo/inputs/${items[0].number}`
  await page.goto(address)
  await page.getByText(items[0].words).waitFor()
  await page.getByText(words.none).waitFor()
  await page.getByRole('button', { name: words.way.photo }).waitFor()
  expect(await findings(page)).toEqual([])

  await page.locator('input[data-way=photo]').setInputFiles({
    name: 'Rosa Díaz.png',
    mimeType: 'image/png',
    buffer: picture(640, 480),
  })
  await images(host).first().waitFor()
  await expect
    .poll(() =>
      images(host)
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBe(320)
  await page.getByText(words.sent_one).waitFor()
  await page.locator('input[data-way=files]').setInputFiles([
    { name: 'voz.ogg', mimeType: 'audio/ogg', buffer: voice },
    { name: 'hoja.pdf', mimeType: 'application/pdf', buffer: paper },
    { name: 'página.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') },
  ])
  await page
    .getByRole('alert')
    .getByText(fill(words.failed, { name: 'página.html' }))
    .waitFor()
  await page.getByText(fill(words.sent_other, { count: 2 })).waitFor()
  expect(await files(host).getByRole('listitem').count()).toBe(3)
  expect(await page.locator('audio').count()).toBe(1)
  expect(await findingsInBothThemes(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.viewport.width)

  const reader = await town.enter('revision', { screen: desk, language: 'en' })
  await reader.page.goto(address)
  await images(reader).first().waitFor()
  await reader.page.getByRole('link', { name: fill(reader.say.attachments.open, { name: 'Form 3' }) }).waitFor()
  expect(await reader.page.getByRole('button', { name: reader.say.attachments.remove.button }).count()).toBe(0)
  expect(await reader.page.locator('input[type=file]').count()).toBe(0)
  expect(await findings(reader.page)).toEqual([])

  const form = fill(words.kind.paper, { number: 3 })
  await page.getByRole('button', { name: fill(words.remove.of, { name: form }) }).focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: fill(words.remove.title, { name: form }) })
  await sheet.waitFor()
  await sheet.getByRole('button', { name: words.remove.button }).focus()
  await page.keyboard.press('Enter')
  await sheet.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: fill(words.open, { name: form }) }).waitFor({ state: 'detached' })
  expect(await files(host).getByRole('listitem').count()).toBe(2)
})
