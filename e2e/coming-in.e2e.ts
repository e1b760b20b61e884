import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOn } from './document.ts'
import { isFocused } from './keyboard.ts'
import { openTown, people, phone, type Town } from './town.ts'
import { fill } from './words.ts'
import { bar, oneText, pathOf, workshopOf, writes } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('a phone scans the QR and is in the text after three taps and a name; the token leaves the address', async () => {
  const { number, workshop, group } = await oneText(town)
  const guest = await town.arrive({ screen: phone })
  const { page, say } = guest
  await page.goto(workshop.wayIn.url)
  const name = page.getByRole('textbox', { name: say.workshops.join.name })
  await name.waitFor()
  await expect.poll(() => page.url()).toBe(`${town.url}/unirse`)
  for (const sentence of ['No pedimos correo ni cédula', 'Responde la coordinación del plan'])
    await page.getByText(sentence).waitFor()

  await page.getByRole('button', { name: say.workshops.join.submit }).tap()
  await page.getByText(say.workshops.join.needName).waitFor()
  await isFocused(name)

  const began = Date.now()
  await name.tap()
  await page.keyboard.type('Rosa Batista')
  await page
    .getByRole('radio', { name: group })
    .or(page.getByRole('button', { name: group, exact: true }))
    .first()
    .tap()
  await page.getByRole('button', { name: say.workshops.join.submit }).tap()
  const text = textOn(guest)
  await text.field('problem').waitFor()
  expect(Date.now() - began).toBeLessThan(30_000)
  expect(pathOf(guest)).toBe(`/plans/chepo/commitments/${number}`)
  await writes(guest, 'Rosa Batista')
  await text.write('problem', 'El agua llega dos horas.')
  await text.saved()
})

test('a member of the plan takes part with their own account', async () => {
  const { host, number, workshop } = await oneText(town)
  const member = await town.enter('gobierno', { screen: phone })
  const { page, say } = member
  await page.goto(workshop.wayIn.url)
  await page.getByText(fill(say.workshops.join.asMember, { name: people.gobierno })).waitFor()
  await page.getByRole('button', { name: say.workshops.join.submit }).click()
  await textOn(member).field('problem').waitFor()
  expect(pathOf(member)).toBe(`/plans/chepo/commitments/${number}`)
  expect(await bar(member).count()).toBe(0)
  const { participants } = await workshopOf(host, workshop.id)
  expect(participants.map(({ name }) => name)).toEqual([people.gobierno])
})

// The last one: from here on no code is looked up for anybody of this network.
test('too many wrong codes are told with how long to wait, and what was typed stays', async () => {
  const guest = await town.arrive({ screen: phone })
  const { page, say } = guest
  await page.goto('/unirse')
  const field = page.getByLabel(say.workshops.code.label)
  const told = page.getByText(say.workshops.refused.throttled)
  for (let attempt = 0; attempt < 60 && (await told.count()) === 0; attempt += 1) {
    await field.fill(`7QKX-${1000 + attempt}`)
    const answered = page.waitForResponse('**/api/workshops/look')
    await page.keyboard.press('Enter')
    await answered
    await page.getByRole('alert').waitFor()
  }
  await told.waitFor()
  await page.getByText(/^Espere \d+ (?:minuto|segundo)/).waitFor()
  expect(await field.inputValue()).toMatch(/^7QKX-/)
})
