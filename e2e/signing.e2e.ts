import { askSecondVerifier } from '@cabildo/testkit/second-verifier'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProfile, withPasskeys } from './account.ts'
import { findingsInBothThemes } from './axe.ts'
import { portOfWorker } from './browser.ts'
import { goTo, openText, post } from './document.ts'
import { openTown, password, phone, type Town, type Visitor } from './town.ts'
import { fieldWords } from './words.ts'

/** Passkeys are made for a name, so this town has one. */
let town: Town
beforeAll(async () => {
  town = await openTown({ port: await portOfWorker() })
})
afterAll(() => town?.close())

/** A commitment on its way: what it does in somebody's name. */
function onTheWay(visitor: Visitor, documentId: string) {
  const base = `/api/documents/${documentId}`
  return {
    step: (act: string, from: string, reason?: string) =>
      post(visitor, `${base}/steps`, { act, from, ...(reason && { reason }) }),
    async ask() {
      const version = await post<{ id: string; contentHash: string }>(visitor, `${base}/versions`, { name: 'Final' })
      await post(visitor, `${base}/approvals`, { versionId: version.id, contentHash: version.contentHash })
    },
  }
}

/** Answers the input of these words, in somebody's name. */
async function answer(visitor: Visitor, words: string): Promise<void> {
  const { items } = await (
    await visitor.context.request.get('/api/plans/chepo/inputs?state=unanswered&limit=100')
  ).json()
  const { id } = items.find((one: { words: string }) => one.words === words)
  const reason = 'Ya lo dice el plan de aguas.'
  await post(visitor, `/api/plans/chepo/inputs/${id}/answers`, { after: 0, outcome: 'not_adopted', reason })
}

/** Saves a passkey on the device. */
async function savePasskey(visitor: Visitor): Promise<void> {
  const { page, say } = visitor
  await withPasskeys(visitor)
  await openProfile(visitor)
  await page.getByRole('button', { name: say.account.passkeys.add }).click()
  const sheet = page.getByRole('dialog', { name: say.account.passkeys.add })
  await sheet.getByLabel(say.account.passkeys.label).fill('Teléfono')
  await sheet.getByLabel(say.account.proof.label).fill(password)
  await sheet.getByRole('button', { name: say.account.passkeys.make }).click()
  await sheet.waitFor({ state: 'detached' })
}

/** Reads a public page until it says something: who comes first after a change is given the page of a moment ago. */
async function readsSoon(page: Page, path: string, words: RegExp): Promise<void> {
  const reads = async () => {
    await page.goto(path)
    return page.getByText(words).count()
  }
  await expect.poll(reads).toBeGreaterThan(0)
}

const isWide = ({ page }: Visitor) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

test('[SG1] [SG6] [SG7] [AP32] [AP33] [AP34] from a draft through consultation and answers to a text that both sides approved, which the public reads and checks', async () => {
  const marta = await town.enter('coordinacion')
  const made = await post<{ number: number; documentId: string }>(marta, '/api/plans/chepo/commitments', {
    title: 'Agua segura',
  })
  const { number } = made
  const { step, ask } = onTheWay(marta, made.documentId)
  const text = await openText(marta, number)
  await text.write('summary', 'Se cavarán doce pozos.')
  await text.saved()
  await step('review', 'drafting')
  await step('consult', 'review')

  // A neighbour without a script reads the draft and says something, which is answered.
  const neighbour = await town.arrive({ screen: phone, settings: { javaScriptEnabled: false } })
  await readsSoon(neighbour.page, `/p/chepo/commitments/${number}`, /Se cavarán doce pozos\./)
  const words = 'Que los pozos tengan bomba de mano.'
  await neighbour.page.getByLabel('Su comentario').fill(words)
  await neighbour.page.getByRole('checkbox').check()
  await neighbour.page.getByRole('button', { name: 'Enviar el comentario' }).click()
  await neighbour.page.getByRole('heading', { name: 'Recibimos su comentario' }).waitFor()
  await answer(marta, words)
  await step('respond', 'consultation', 'Ya opinaron todos.')
  await step('propose', 'response')
  await ask()

  const elda = await town.enter('alcaldia', { screen: phone })
  const { page, say } = elda
  await savePasskey(elda)
  // Nobody decides before who wrote the text is in sight: it would come above the button, and move it under the finger.
  const written = Promise.withResolvers<void>()
  await page.route('**/authorship?*', async (route) => {
    await written.promise
    await route.continue()
  })
  await goTo(page, `/plans/chepo/commitments/${number}/approval`)
  const signs = page.getByRole('button', { name: say.approvals.decide.sign, exact: true })
  await signs.waitFor()
  await page.getByText('Se cavarán doce pozos.').waitFor()
  expect(await signs.isDisabled()).toBe(true)
  written.resolve()
  await expect.poll(() => signs.isEnabled()).toBe(true)
  expect(await isWide(elda)).toBe(false)
  await signs.click()
  const signed = page.getByText(say.approvals.page.signed)
  await signed.waitFor()
  const key = (await signed.locator('code').textContent())?.replaceAll(' ', '') ?? ''
  expect(key).toMatch(/^[0-9a-f]{32}$/)

  // Civil society approves one clause, and then the others.
  const tomas = await town.enter('aval', { screen: phone })
  await goTo(tomas.page, `/plans/chepo/commitments/${number}/approval`)
  const { decide, verdict, request, clauses: told } = say.approvals
  const press = (name: string) => tomas.page.getByRole('button', { name, exact: true }).click()
  await tomas.page.locator('summary', { hasText: decide.byClause }).click()
  await tomas.page.getByRole('checkbox', { name: fieldWords('summary', 'es').label, exact: true }).check()
  expect(await isWide(tomas)).toBe(false)
  expect(await findingsInBothThemes(tomas.page)).toEqual([])
  await press(decide.approveParts_one)
  await tomas.page.locator('li', { hasText: verdict.partly }).waitFor()
  await press(decide.approve)
  await tomas.page.getByText(request.approved).first().waitFor()
  await readsSoon(neighbour.page, `/p/chepo/commitments/${number}`, /^Aprobado el/)
  await neighbour.page.getByText(key).waitFor()

  // The signed head follows in about a second.
  const head = async () => {
    const { seq, last } = await (await marta.context.request.get('/api/plans/chepo/record/head')).json()
    return last > 0 && seq === last
  }
  await expect.poll(head, { timeout: 20_000 }).toBe(true)
  const bundle = await (await marta.context.request.get('/api/plans/chepo/record/bundle')).body()
  await goTo(page, '/verificar')
  await page.getByRole('heading', { level: 1, name: say.record.verify.title }).waitFor()
  const file = { name: 'registro-chepo.zip', mimeType: 'application/zip', buffer: bundle }
  await page.getByLabel(say.record.verify.choose).setInputFiles(file)
  await page.getByText(say.record.verify.ownKey).waitFor()
  await page.getByText(/Firmado por la alcaldía: Elda Carrión/).waitFor()
  await page.getByText(new RegExp(key)).waitFor()

  // An amendment asks anew of what it touched, while the public reads what was approved.
  await step('amend', 'approved', 'Serán más pozos.')
  await (await openText(marta, number)).write('summary', ' Y tres más.')
  await text.saved()
  await step('propose_unconsulted', 'amending', 'Se acordó en la mesa.')
  await ask()
  await tomas.page.reload()
  await tomas.page.locator('ins', { hasText: 'Y tres más.' }).waitFor()
  const changed = tomas.page.locator('li', { hasText: told.changed }).locator('strong')
  expect(await changed.textContent()).toBe(fieldWords('summary', 'es').label)
  await neighbour.page.goto(`/p/chepo/commitments/${number}`)
  await neighbour.page.getByText('Se cavarán doce pozos.').first().waitFor()
  expect(await neighbour.page.getByText('Y tres más.').count()).toBe(0)

  const run = askSecondVerifier(bundle)
  if (!run) return
  expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^note: signed-government entry \d+/m)])
})
