import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { addCommitment, documentOf, goTo, openText } from './document.ts'
import { newcomer, openMember, openPeople, role, rowOf } from './people.ts'
import { addressOf, desk, moving, openTown, people, phone, type Town } from './town.ts'
import { fill } from './words.ts'

/** Who is in a plan: found, changed, suspended, in groups. How they come in is in `invitations.e2e.ts`. */

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

describe.each([desk, phone])('at $name', (screen) => {
  test('members are found by name, role and group, and told as each reader may know them', async () => {
    const coordinator = await town.enter('coordinacion', { screen })
    const { page, say } = coordinator
    await goTo(page, '/plans/chepo')
    await page.getByRole('link', { name: say.plans.plan.people, exact: true }).click()
    await rowOf(coordinator, people.gobierno).waitFor()
    expect(await rowOf(coordinator, people.gobierno).textContent()).toContain(addressOf('gobierno'))
    await page.getByLabel(say.people.filter.name).fill('ABREGO')
    await page.getByText(fill(say.people.filter.count_one, { count: 1 }), { exact: true }).waitFor()
    await rowOf(coordinator, people.facilitacion).waitFor()
    await page.getByLabel(say.people.filter.name).fill('')
    await page.getByLabel(say.people.role, { exact: true }).selectOption('approver')
    await rowOf(coordinator, people.alcaldia).waitFor()
    await expect.poll(() => rowOf(coordinator, people.gobierno).count()).toBe(0)

    const reader = await town.enter('revision', { screen })
    await openPeople(reader)
    await rowOf(reader, people.gobierno).waitFor()
    expect(await reader.page.locator('main').textContent()).not.toContain('@demo.cabildo.test')
    expect(await reader.page.getByRole('button', { name: new RegExp(`^${say.people.change}`) }).count()).toBe(0)
    for (const part of [say.people.parts.invite, say.people.parts.history])
      expect(await reader.page.getByRole('link', { name: part, exact: true }).count()).toBe(0)
  })
})

test('a change of role says what it will do, and the other browser knows it at once', async () => {
  const { visitor } = await newcomer(town, 'Berta Luna', 'drafter')
  await goTo(visitor.page, '/plans/chepo')
  await visitor.page.getByText(role(visitor, 'drafter')).waitFor()
  const coordinator = await town.enter('coordinacion', { settings: moving })
  const { page, say } = coordinator
  await openPeople(coordinator)
  const sheet = await openMember(coordinator, 'Berta Luna')
  await sheet.getByLabel(say.people.role, { exact: true }).selectOption('reviewer')
  await sheet.getByText(say.people.member.losses).waitFor()
  await sheet.getByText(say.people.rights.action.document.edit, { exact: true }).waitFor()
  await sheet.getByRole('button', { name: say.people.save }).click()
  await sheet.waitFor({ state: 'detached' })
  await rowOf(coordinator, 'Berta Luna').getByText(say.common.role.reviewer).waitFor()
  await visitor.page.getByText(role(visitor, 'reviewer')).waitFor()
  expect(await visitor.page.getByRole('button', { name: say.plans.add.button }).count()).toBe(0)

  await page.getByRole('link', { name: say.people.parts.history, exact: true }).click()
  const was = { name: 'Berta Luna', was: say.common.role.drafter, role: say.common.role.reviewer }
  await page.getByText(fill(say.people.history.role_changed, was)).waitFor()
})

test('the last one in coordination stays, and is told why', async () => {
  const coordinator = await town.enter('coordinacion')
  const { page, say } = coordinator
  await openPeople(coordinator)
  const sheet = await openMember(coordinator, people.coordinacion)
  await sheet.getByLabel(say.people.role, { exact: true }).selectOption('drafter')
  await sheet.getByText(say.people.member.self).waitFor()
  await sheet.getByRole('button', { name: say.people.save }).click()
  const alert = sheet.getByRole('alert')
  await alert.getByText(say.people.member.last).waitFor()
  await alert.getByText(say.people.member.unchanged).waitFor()
  await sheet.getByRole('button', { name: say.people.step.remove.button }).click()
  await page.getByRole('dialog').getByRole('button', { name: say.people.step.remove.button }).click()
  await page.getByRole('dialog').getByRole('alert').getByText(say.people.member.lastTodo).waitFor()
})

test('[T15] who is suspended while writing is closed out kindly, and what they wrote is kept', async () => {
  const { visitor } = await newcomer(town, 'Elsa Guerra', 'drafter')
  const coordinator = await town.enter('coordinacion')
  const { page, say } = coordinator
  const number = await addCommitment(visitor, 'Aceras para todos')
  const theirs = await openText(visitor, number)
  await theirs.write('problem', 'Las aceras están rotas.')
  await theirs.saved()

  await openPeople(coordinator)
  const sheet = await openMember(coordinator, 'Elsa Guerra')
  await sheet.getByRole('button', { name: say.people.step.suspend.button }).click()
  const asks = page.getByRole('dialog')
  await asks.getByText(say.people.step.suspend.stays).waitFor()
  await asks.getByRole('button', { name: say.people.step.suspend.button }).click()
  await asks.waitFor({ state: 'detached' })
  await rowOf(coordinator, 'Elsa Guerra').getByText(say.people.suspended).waitFor()

  await visitor.page.getByText(visitor.say.common.closed.kept).waitFor()
  const documentId = await documentOf(coordinator, number)
  const stored = await (await coordinator.context.request.get(`/api/documents/${documentId}`)).text()
  expect(stored).toContain('Las aceras están rotas.')
  await visitor.page.goto('/plans/chepo')
  await visitor.page.getByRole('heading', { level: 1, name: visitor.say.common.notFound.title }).waitFor()

  const again = await openMember(coordinator, 'Elsa Guerra')
  await again.getByRole('button', { name: say.people.step.resume.button }).click()
  await page.getByRole('dialog').getByRole('button', { name: say.people.step.resume.button }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await visitor.page.reload()
  await visitor.page.getByText(role(visitor, 'drafter')).waitFor()
})

test('groups are added and changed by coordination; only there the contact is told', async () => {
  const coordinator = await town.enter('coordinacion')
  const { page, say } = coordinator
  await openPeople(coordinator, 'groups')
  await page.getByRole('button', { name: say.people.groups.add }).click()
  const sheet = page.getByRole('dialog', { name: say.people.groups.add })
  await sheet.getByRole('button', { name: say.people.save }).click()
  await sheet.getByText(say.people.groups.needName).waitFor()
  await sheet.getByLabel(say.people.groups.name).fill('Pescadores de Coquira')
  await sheet.getByLabel(say.people.groups.kind).selectOption('producers')
  expect(await sheet.getByLabel(say.people.groups.sector).inputValue()).toBe('private_sector')
  await sheet.getByLabel(say.people.groups.contact).fill('Don Beto, en el muelle')
  await sheet.getByRole('button', { name: say.people.save }).click()
  await sheet.waitFor({ state: 'detached' })
  const card = page.getByRole('listitem').filter({ hasText: 'Pescadores de Coquira' })
  await card.getByText('Don Beto, en el muelle').waitFor()
  await card.getByRole('button', { name: new RegExp(`^${say.people.change}`) }).click()
  const change = page.getByRole('dialog', { name: say.people.groups.change })
  await change.getByLabel(say.people.groups.territory).fill('Coquira')
  await change.getByRole('button', { name: say.people.save }).click()
  await card.getByText(/· Coquira/).waitFor()

  const reader = await town.enter('revision')
  await openPeople(reader, 'groups')
  await reader.page.getByText('Pescadores de Coquira').waitFor()
  expect(await reader.page.locator('main').textContent()).not.toContain('Don Beto')
})

test('who monitors reads how people came and changed; every right of the program has its words', async () => {
  const monitor = await town.enter('monitoreo')
  await openPeople(monitor, 'history')
  await monitor.page.getByText(monitor.say.people.history.lead).waitFor()

  const { rights } = (await (await monitor.context.request.get('/api/rights')).json()) as {
    rights: { action: string; roles: string[] }[]
  }
  await monitor.page.getByRole('link', { name: monitor.say.people.rights.link }).click()
  const table = monitor.page.getByRole('table')
  await table.waitFor()
  const rows = table.getByRole('row')
  expect(await rows.count()).toBe(rights.length + 1)
  for (const [place, { roles }] of rights.entries()) {
    const row = rows.nth(place + 1)
    expect(await row.getByRole('rowheader').textContent()).not.toContain('rights.action')
    expect(await row.getByText(monitor.say.people.yes, { exact: true }).count()).toBe(roles.length)
  }
})

describe.each([desk, phone])('by axe at $name', (screen) => {
  test('there is nothing to find on the pages of people, in light or in dark', async () => {
    const name = `Ana Him ${screen.viewport.width}`
    const coordinator = await town.enter('coordinacion', { screen })
    const { page, say } = coordinator
    await openPeople(coordinator)
    await rowOf(coordinator, people.gobierno).waitFor()
    expect(await findingsInBothThemes(page), 'members').toEqual([])
    const sheet = await openMember(coordinator, people.gobierno)
    await sheet.getByLabel(say.people.role, { exact: true }).selectOption('reviewer')
    expect(await findingsInBothThemes(page), 'member').toEqual([])
    await sheet.getByRole('button', { name: say.people.step.recovery.button }).click()
    await page.getByRole('dialog').getByRole('button', { name: say.people.step.recovery.button }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${say.people.link.qr}`) })
      .click()
    expect(await findingsInBothThemes(page), 'link to get back in').toEqual([])
    const recovery = (await page.getByRole('dialog').locator('code').textContent()) ?? ''

    await openPeople(coordinator, 'groups')
    await page.getByRole('button', { name: say.people.groups.add }).click()
    expect(await findingsInBothThemes(page), 'groups').toEqual([])
    await openPeople(coordinator, 'history')
    await page.getByText(say.people.history.lead).waitFor()
    expect(await findingsInBothThemes(page), 'changes').toEqual([])
    await openPeople(coordinator, 'invite')
    await page.getByLabel(say.people.invite.list).fill(`${name}\nPedro, Los Amigos\n${name}`)
    await page.getByText(say.people.invite.hint.sameName).waitFor()
    expect(await findingsInBothThemes(page), 'invite').toEqual([])
    await page.getByRole('button', { name: fill(say.people.invite.send_other, { count: 2 }) }).click()
    await page.getByText(say.people.invite.once).waitFor()
    expect(await findingsInBothThemes(page), 'invited').toEqual([])
    const invitation = (await page.locator('main code').first().textContent()) ?? ''
    await goTo(page, '/help/rights')
    await page.getByRole('heading', { level: 1, name: say.people.rights.title }).waitFor()
    expect(await findingsInBothThemes(page), 'rights').toEqual([])

    const stranger = await town.arrive({ screen })
    await stranger.page.goto(invitation)
    await stranger.page.getByLabel(say.account.invitation.email).fill('ana@example.org')
    await stranger.page.getByRole('button', { name: say.account.invitation.join }).click()
    await stranger.page.getByText(say.account.consent.need).waitFor()
    expect(await findingsInBothThemes(stranger.page), 'invitation').toEqual([])
    await stranger.page.goto(recovery)
    await stranger.page.getByText(say.account.recovery.what).waitFor()
    expect(await findingsInBothThemes(stranger.page), 'recovery').toEqual([])
    await stranger.page.goto('/link#cortado')
    await stranger.page.getByText(say.account.link.broken.what).waitFor()
    expect(await findingsInBothThemes(stranger.page), 'broken link').toEqual([])
  })
})
