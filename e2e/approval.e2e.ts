import { afterAll, beforeAll, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { addCommitment, goTo, openText } from './document.ts'
import { isFocused } from './keyboard.ts'
import { openTown, password, people, phone, type Town, type Visitor } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** Opens what comes next, beside the text. */
const openBar = ({ page, say: { approvals } }: Visitor) =>
  page.locator('summary', { hasText: new RegExp(`${approvals.bar.next}|${approvals.bar.yours}`) }).click()
const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true }).click()

test('[AP9] [AP10] [AP13] [AP16] a text is proposed, closed, read on a phone, returned, changed, and approved by both sides', async () => {
  const marta = await town.enter('coordinacion')
  const number = await addCommitment(marta, 'Agua segura')
  const text = await openText(marta, number)
  await text.write('summary', 'Agua segura en cada barrio.')
  await text.saved()
  const { say } = marta
  const state = (name: keyof typeof say.plans.state) =>
    marta.page.locator('summary', { hasText: say.plans.state[name] }).waitFor()

  // She moves it on, says why there was no consultation, and asks both sides for their approval.
  await openBar(marta)
  await press(marta, say.approvals.act.review)
  const sheet = marta.page.getByRole('dialog')
  await sheet.getByRole('button', { name: say.approvals.act.review, exact: true }).click()
  await state('review')
  await press(marta, say.approvals.act.propose_unconsulted)
  await sheet.getByRole('button', { name: say.approvals.act.propose_unconsulted, exact: true }).click()
  await sheet.getByText(say.approvals.step.missing).waitFor()
  await sheet.getByRole('textbox').fill('Se consultó en el taller de marzo.')
  await sheet.getByRole('button', { name: say.approvals.act.propose_unconsulted, exact: true }).click()
  await state('final')
  await press(marta, say.approvals.ask.button)
  await sheet.getByRole('button', { name: say.approvals.ask.button, exact: true }).click()
  await marta.page.getByText(say.editor.form.frozen).waitFor()
  expect(await findingsInBothThemes(marta.page)).toEqual([])

  // The mayor's office reads it on a phone, an hour after signing in, and shows the password to decide.
  const elda = await town.enter('alcaldia', { screen: phone })
  const tomas = await town.enter('aval', { screen: phone, language: 'en' })
  await town.database.pool.query(
    `update session set created_at = created_at - interval '1 hour' where user_id in (
       select id from user_account where name = any($1))`,
    [[people.alcaldia, people.aval]],
  )
  const address = `/plans/chepo/commitments/${number}/approval`
  await goTo(elda.page, address)
  await elda.page.getByText('Agua segura en cada barrio.').waitFor()
  await elda.page.getByRole('heading', { name: say.approvals.page.shares }).waitFor()
  await elda.page.getByText(say.approvals.page.threads_other.replace('{{count}}', '0')).waitFor()
  const isWide = await elda.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(isWide).toBe(false)
  expect(await findingsInBothThemes(elda.page)).toEqual([])
  const decide = async (visitor: Visitor, secret: string) => {
    await visitor.page.getByLabel(visitor.say.approvals.decide.password, { exact: true }).fill(secret)
    await press(visitor, visitor.say.approvals.decide.approve)
  }
  await elda.page.getByRole('button', { name: say.session.show }).waitFor()
  await decide(elda, 'no es esta')
  await elda.page.getByText(say.approvals.refusal.proof.what).waitFor()
  await elda.page.getByLabel(say.approvals.decide.password, { exact: true }).fill(password)
  await press(elda, say.approvals.decide.return)
  await elda.page.getByRole('textbox', { name: say.approvals.decide.reason }).fill('Falta decir cuándo.')
  await press(elda, say.approvals.decide.send)
  await elda.page.getByText(say.approvals.request.returned).first().waitFor()

  // The text opens where it is open, is changed, and asked about again: what she reads now is what changed.
  await state('response')
  await text.write('summary', ' En 2027.')
  await text.saved()
  await openBar(marta)
  await press(marta, say.approvals.act.propose)
  await sheet.getByRole('button', { name: say.approvals.act.propose, exact: true }).click()
  await state('final')
  await press(marta, say.approvals.ask.button)
  await sheet.getByRole('button', { name: say.approvals.ask.button, exact: true }).click()
  await marta.page.getByText(say.editor.form.frozen).waitFor()
  await elda.page.reload()
  await elda.page.getByRole('heading', { name: say.approvals.page.since.replace('{{number}}', '1') }).waitFor()
  await elda.page.locator('ins', { hasText: 'En 2027.' }).waitFor()
  expect(await findingsInBothThemes(elda.page)).toEqual([])
  await decide(elda, password)
  await elda.page.locator('li', { hasText: say.approvals.verdict.approve }).waitFor()
  // It is said where she pressed, far below those who decide.
  await isFocused(elda.page.getByRole('heading', { name: say.approvals.decided.approve }))

  // Civil society approves the same words, in its own language, and it is approved.
  await goTo(tomas.page, address)
  await tomas.page.locator('li', { hasText: tomas.say.approvals.verdict.approve }).waitFor()
  await decide(tomas, password)
  await tomas.page.getByText(tomas.say.approvals.request.approved).first().waitFor()
  await state('approved')
})

test('[AP23] [AP25] [AP27] [AP28] the plan is moved from its page, with days and a reason, and everybody reads how long is left', async () => {
  const marta = await town.enter('coordinacion')
  const { say, page } = marta
  await goTo(page, '/plans/chepo')
  const summary = page.locator('summary', { hasText: say.plans.planState.drafting })
  await summary.click()
  // What the next act waits for is told, and it is no button.
  await page
    .getByText(say.approvals.need.drafts.split('{{')[0] ?? '')
    .first()
    .waitFor()
  expect(await page.getByRole('button', { name: say.approvals.planAct.consult, exact: true }).count()).toBe(0)
  await press(marta, say.approvals.planAct.regather)
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel(say.approvals.window.last).waitFor()
  await sheet.getByRole('button', { name: say.approvals.planAct.regather, exact: true }).click()
  await sheet.getByText(say.approvals.step.missing).waitFor()
  await sheet.getByRole('textbox', { name: say.approvals.step.reason }).fill('Faltan los aportes de Tortí.')
  expect(await findingsInBothThemes(page)).toEqual([])
  await sheet.getByRole('button', { name: say.approvals.planAct.regather, exact: true }).click()
  await page.locator('summary', { hasText: say.plans.planState.gathering }).waitFor()
  const left = say.approvals.window.left_other
  await page.getByText(left.replace('{{count}}', '15')).waitFor()
  await press(marta, say.approvals.planAct.gather_longer)
  await sheet.getByRole('textbox', { name: say.approvals.step.reason }).fill('Por las lluvias.')
  await sheet.getByRole('button', { name: say.approvals.planAct.gather_longer, exact: true }).click()
  await page.getByText(left.replace('{{count}}', '22')).waitFor()

  // Who only reads sees how long is left and how it came there, on a phone.
  const noris = await town.enter('revision', { screen: phone, language: 'en' })
  await goTo(noris.page, '/plans/chepo')
  await noris.page.locator('summary', { hasText: noris.say.plans.planState.gathering }).click()
  await noris.page.getByText(noris.say.approvals.window.left_other.replace('{{count}}', '22')).waitFor()
  await noris.page.locator('summary', { hasText: noris.say.approvals.bar.past }).click()
  await noris.page.getByText('Por las lluvias.').waitFor()
  expect(await noris.page.getByRole('button', { name: noris.say.approvals.planAct.draft, exact: true }).count()).toBe(0)
  const isWide = await noris.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(isWide).toBe(false)
  expect(await findingsInBothThemes(noris.page)).toEqual([])
})
