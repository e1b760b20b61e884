import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openProfile, withPasskeys } from './account.ts'
import { findingsInBothThemes } from './axe.ts'
import { post } from './document.ts'
import { freePort, openTown, password, phone, type Town, type Visitor } from './town.ts'

/** Passkeys are made for a name, so this town has one. */
let town: Town
beforeAll(async () => {
  town = await openTown({ port: await freePort() })
})
afterAll(() => town?.close())

/** Brings a new commitment to an open request for its approval, as its coordinator; answers its number. */
async function askForApproval(visitor: Visitor): Promise<number> {
  const made = await post<{ number: number; documentId: string }>(visitor, '/api/plans/chepo/commitments', {
    title: 'Agua segura',
  })
  const base = `/api/documents/${made.documentId}`
  await post(visitor, `${base}/steps`, { act: 'review', from: 'drafting' })
  const reason = 'Se consultó en el taller.'
  await post(visitor, `${base}/steps`, { act: 'propose_unconsulted', from: 'review', reason })
  const version = await post<{ id: string; contentHash: string }>(visitor, `${base}/versions`, { name: 'Final' })
  await post(visitor, `${base}/approvals`, { versionId: version.id, contentHash: version.contentHash })
  return made.number
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

test('[SG1] [SG6] [SG7] the mayor’s office signs with a passkey on a phone, and whoever has the file alone sees that it did', async () => {
  const marta = await town.enter('coordinacion')
  const number = await askForApproval(marta)
  const elda = await town.enter('alcaldia', { screen: phone })
  const { page, say } = elda
  await savePasskey(elda)
  await page.goto(`/plans/chepo/commitments/${number}/approval`)
  const signs = page.getByRole('button', { name: say.approvals.decide.sign, exact: true })
  await signs.waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  expect(await findingsInBothThemes(page)).toEqual([])
  await signs.click()
  const signed = page.getByText(say.approvals.page.signed)
  await signed.waitFor()
  const key = (await signed.locator('code').textContent())?.replaceAll(' ', '') ?? ''
  expect(key).toMatch(/^[0-9a-f]{32}$/)

  // The signed head follows in about a second.
  const head = async () => {
    const { seq, last } = await (await marta.context.request.get('/api/plans/chepo/record/head')).json()
    return last > 0 && seq === last
  }
  await expect.poll(head, { timeout: 20_000 }).toBe(true)
  const bundle = await (await marta.context.request.get('/api/plans/chepo/record/bundle')).body()
  await page.goto('/verificar')
  await page.getByRole('heading', { level: 1, name: say.record.verify.title }).waitFor()
  const file = { name: 'registro-chepo.zip', mimeType: 'application/zip', buffer: bundle }
  await page.getByLabel(say.record.verify.choose).setInputFiles(file)
  await page.getByText(say.record.verify.ownKey).waitFor()
  await page.getByText(/Firmado por la alcaldía: Elda Carrión/).waitFor()
  await page.getByText(new RegExp(key)).waitFor()

  if (spawnSync('python3', ['--version']).status !== 0) return
  const folder = await mkdtemp(join(tmpdir(), 'signed-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'registro.zip')
  await writeFile(path, bundle)
  const script = join(import.meta.dirname, '../packages/record/interop/verify.py')
  const run = spawnSync('python3', [script, path], { encoding: 'utf8' })
  expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^note: signed-government entry \d+/m)])
})
