import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isFocused, tabTo } from './keyboard.ts'
import { addressOf, type DemoPerson, desk, openTown, password, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const path = ({ page }: Visitor) => new URL(page.url()).pathname
const loginForm = ({ page, say }: Visitor) => ({
  email: page.getByLabel(say.session.email, { exact: true }),
  password: page.getByLabel(say.session.password, { exact: true }),
  submit: page.getByRole('button', { name: say.session.submit, exact: true }),
  demo: (person: 'gobierno' | 'sociedad') => page.getByRole('button', { name: say.session.demo[person].name }),
})

/** Fills in the form and sends it. */
async function tryToEnter(visitor: Visitor, person: DemoPerson, word = password): Promise<void> {
  const form = loginForm(visitor)
  await form.email.fill(addressOf(person))
  await form.password.fill(word)
  await form.submit.click()
}

describe.each([desk, phone])('at $name', (screen) => {
  test('somebody signs in with the keys alone, and out again', async () => {
    const visitor = await town.arrive({ screen })
    const { page, say } = visitor
    const form = loginForm(visitor)
    await page.goto('/login')
    await page.getByRole('heading', { level: 1, name: say.session.heading }).waitFor()

    await tabTo(page, page.getByRole('link', { name: say.common.app.skip }), { most: 1 })
    await page.keyboard.press('Enter')
    await tabTo(page, form.email, { most: 1 })
    await page.keyboard.type(addressOf('gobierno'))
    await tabTo(page, form.password, { most: 1 })
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { level: 1, name: 'Plan de acción de gobierno abierto de Chepo' }).waitFor()
    expect(path(visitor)).toBe('/plans/chepo')
    await isFocused(page.getByRole('main'))

    const account = page.getByRole('button', { name: fill(say.common.account.open, { name: people.gobierno }) })
    await tabTo(page, account, { key: 'Shift+Tab' })
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: say.common.account.signOut }))
    await page.keyboard.press('Enter')

    await form.email.waitFor()
    expect(path(visitor)).toBe('/login')
    await page.goto('/plans/chepo')
    await form.email.waitFor()
  })

  test('a wrong password is told beside the form, and what was typed stays', async () => {
    const visitor = await town.arrive({ screen })
    const { page, say } = visitor
    const form = loginForm(visitor)
    await page.goto('/login')
    await form.submit.click()
    await page.getByText(say.session.needEmail).waitFor()
    await isFocused(form.email)

    await tryToEnter(visitor, 'sociedad', 'no es esta')
    const alert = page.getByRole('alert')
    await alert.getByText(say.common.refusal.wrong_credentials.what).waitFor()
    await alert.getByText(say.common.refusal.wrong_credentials.todo).waitFor()
    expect(await form.email.inputValue()).toBe(addressOf('sociedad'))
    expect(await form.password.inputValue()).toBe('no es esta')

    await form.password.fill(password)
    await form.submit.click()
    await page.getByRole('heading', { level: 1, name: /Chepo/ }).waitFor()
  })

  test('a link to a page leads there, by way of signing in', async () => {
    const visitor = await town.arrive({ screen })
    const { page, say } = visitor
    await page.goto('/plans/chepo/commitments/2?versions=open')
    await loginForm(visitor).demo('sociedad').click()
    await page.getByRole('heading', { level: 2, name: say.versions.title, exact: true }).waitFor()
    expect(path(visitor)).toBe('/plans/chepo/commitments/2')
    expect(new URL(page.url()).search).toBe('?versions=open')
  })
})

test('too many wrong passwords are told with how long to wait, also to who knows the right one', async () => {
  const visitor = await town.arrive({ screen: phone })
  const { page, say } = visitor
  await page.goto('/login')
  const alert = page.getByRole('alert')
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const answered = page.waitForResponse('**/api/session')
    await tryToEnter(visitor, 'facilitacion', `intento ${attempt}`)
    expect((await answered).status()).toBe(401)
  }
  await tryToEnter(visitor, 'facilitacion')
  await alert.getByText(say.session.throttled.what).waitFor()
  await alert.getByText(fill(say.session.throttled.wait_other, { count: 15 })).waitFor()

  const other = await town.arrive({ screen: phone })
  await other.page.goto('/login')
  await tryToEnter(other, 'coordinacion')
  await other.page.getByRole('heading', { level: 1, name: /Chepo/ }).waitFor()
})

test('who belongs to another plan finds nothing of this one', async () => {
  const { page, context, say } = await town.enter('ajena')
  await page.goto('/')
  await page.getByRole('heading', { level: 1, name: 'Plan de acción de un municipio vecino' }).waitFor()
  for (const address of ['/plans/chepo', '/plans/chepo/commitments/1']) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1, name: say.common.notFound.title }).waitFor()
    expect(await page.locator('body').textContent()).not.toContain('Cuentas claras')
  }
  const stranger = await context.request.get('/api/plans/chepo')
  const member = await (await town.enter('revision')).context.request.get('/api/plans/chepo')
  const { commitments } = (await member.json()) as { commitments: { documentId: string }[] }
  expect(commitments).toHaveLength(4)
  const read = await context.request.get(`/api/documents/${commitments[0]?.documentId}`)
  expect([stranger.status(), read.status()]).toEqual([404, 404])
})

test('in English, chosen once and remembered', async () => {
  const { page } = await town.arrive()
  await page.goto('/login')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in to Cabildo' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByLabel('E-mail').fill(addressOf('revision'))
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('Your role: Reviewer').waitFor()
  await page.reload()
  await page.getByText('Your role: Reviewer').waitFor()
  await page.getByRole('button', { name: 'Español' }).click()
  await page.getByText('Su papel: Revisión').waitFor()
})
