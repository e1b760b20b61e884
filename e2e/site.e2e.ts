import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { desk, openTown, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const withoutScripts = { settings: { javaScriptEnabled: false } } as const
const isWide = ({ page }: Visitor) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

test('[PU2] [PU10] [PU20] [PU21] [PU22] [PU25] a draft in consultation is read, commented and answered without a script', async () => {
  const marta = await town.enter('coordinacion')
  const api = async (path: string, data: object) => {
    const answer = await marta.context.request.post(path, { headers: { Origin: town.url }, data })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  }
  await town.database.pool.query("update plan set state = 'consultation' where slug = 'chepo'")
  const { commitments } = await (await marta.context.request.get('/api/plans/chepo')).json()
  const first = commitments.find(({ state }: { state: string }) => state === 'review')
  await api(`/api/documents/${first.documentId}/steps`, { act: 'consult', from: 'review' })

  const neighbour = await town.arrive({ screen: phone, ...withoutScripts })
  await neighbour.page.goto('/p')
  await neighbour.page.getByRole('link', { name: 'Chepo' }).first().click()
  await neighbour.page.getByRole('link', { name: first.title, exact: true }).click()
  await neighbour.page.getByText('Borrador en consulta').first().waitFor()
  expect(await isWide(neighbour)).toBe(false)
  const inSight = (place: Locator) =>
    place.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
  await neighbour.page.getByRole('main').getByRole('link', { name: 'Comentar este borrador' }).first().click()
  expect(await inSight(neighbour.page.getByRole('heading', { name: 'Comentar este borrador' }))).toBe(true)
  const words = 'Que las cuentas se lean también en la radio.'
  await neighbour.page.getByLabel('Su comentario').fill(words)
  await neighbour.page.getByRole('button', { name: 'Enviar el comentario' }).click()
  const alert = neighbour.page.getByRole('alert')
  await alert.waitFor()
  expect([await inSight(alert), await neighbour.page.title()]).toEqual([true, expect.stringMatching(/^Error: /)])
  expect(await neighbour.page.evaluate(() => document.activeElement?.role)).toBe('alert')
  expect(await isWide(neighbour)).toBe(false)
  await alert.getByRole('link', { name: 'Para enviarlo hace falta que lo acepte.' }).click()
  const consent = neighbour.page.getByRole('checkbox')
  expect(await inSight(consent)).toBe(true)
  expect(await neighbour.page.getByLabel('Su comentario').inputValue()).toBe(words)
  await consent.check()
  await neighbour.page.getByRole('button', { name: 'Enviar el comentario' }).click()
  await neighbour.page.getByRole('heading', { name: 'Recibimos su comentario' }).waitFor()
  const code = await neighbour.page.locator('.code').textContent()
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/)

  // Its receipt says where it stands, to whoever has the code.
  const holder = await town.arrive({ screen: phone })
  const readReceipt = async (...told: string[]) => {
    await holder.page.goto('/')
    await holder.page.goto(`/recibo#${code}`)
    for (const words of told) await holder.page.getByText(words, { exact: true }).waitFor()
    expect([await findings(holder.page), await isWide(holder)]).toEqual([[], false])
  }
  const { input: receipt } = holder.say.receipts
  const about = fill(receipt.about, { number: first.number, title: first.title })
  await readReceipt(words, about, receipt.moderation.waiting)

  // Somebody who runs meetings reads it among what waits, and shows it.
  await marta.page.goto('/plans/chepo/inputs?state=held')
  await marta.page
    .locator('li', { hasText: words })
    .getByRole('link', { name: /^Aporte/ })
    .click()
  await marta.page.getByRole('button', { name: marta.say.inputs.moderation.show }).click()
  await marta.page.getByText(marta.say.inputs.moderation.shown, { exact: true }).waitFor()
  expect(await findings(marta.page)).toEqual([])
  await neighbour.page.goto('/en/p/chepo/inputs')
  for (;;) {
    const next = neighbour.page.getByRole('link', { name: 'Next contributions' })
    if ((await neighbour.page.getByText(words).count()) > 0) break
    await next.click()
  }
  await neighbour.page.getByText('Not answered yet.').last().waitFor()
  await readReceipt(receipt.moderation.shown)

  const reason = 'Ya está en el aporte 3.'
  await marta.page.getByLabel(marta.say.inputs.moderation.reason).fill(reason)
  await marta.page.getByText(marta.say.inputs.moderation.reasonHelp).waitFor()
  await marta.page.getByRole('button', { name: marta.say.inputs.moderation.hide }).click()
  await marta.page.getByText(fill(marta.say.inputs.moderation.hidden, { reason })).waitFor()
  await readReceipt(receipt.moderation.hidden, fill(receipt.moderation.why, { reason }))
})

test('[PU10] [PU11] every public page is clean for axe in both themes, and fits a phone and twice the size', async () => {
  const { number } = (
    await town.database.pool.query("select number from commitment where state = 'consultation' limit 1")
  ).rows[0]
  const paths = ['', '/history', '/inputs', '/record', `/commitments/${number}`, `/commitments/${number}/embed`]
  for (const [screen, colorScheme] of [
    [phone, 'light'],
    [desk, 'dark'],
  ] as const) {
    const reader = await town.arrive({ screen, settings: { colorScheme } })
    for (const path of ['/p', ...paths.map((part) => `/p/chepo${part}`), `/en/p/chepo/commitments/${number}`]) {
      await reader.page.goto(path)
      expect([path, await findings(reader.page)]).toEqual([path, []])
      expect([path, await isWide(reader)]).toEqual([path, false])
    }
    await reader.page.goto(`/p/chepo/commitments/${number}`)
    // Twice the size on a desk is half its width.
    if (screen === desk) await reader.page.setViewportSize({ width: 640, height: 400 })
    expect(await isWide(reader)).toBe(false)
    await reader.page.keyboard.press('Tab')
    expect(await reader.page.evaluate(() => document.activeElement?.textContent)).toBe('Ir al contenido')
    await reader.page.getByRole('button', { name: 'Enviar el comentario' }).click()
    await reader.page.getByRole('alert').waitFor()
    expect([await findings(reader.page), await isWide(reader)]).toEqual([[], false])
  }
})
