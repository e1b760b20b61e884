import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addCommitment, type OpenText, openText } from './document.ts'
import { programIsKept } from './kept.ts'
import { desk, keeping, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** Two people in one new commitment, of which both see everything. */
async function twoAt(screen: typeof desk | typeof phone, title: string) {
  const ivan = await town.enter('gobierno', { screen, settings: keeping })
  const yadira = await town.enter('sociedad')
  const number = await addCommitment(ivan, title)
  const [his, hers] = await Promise.all([openText(ivan, number), openText(yadira, number)])
  await his.write('problem', 'Lo acordado.')
  await hers.says('problem', 'Lo acordado.')
  await Promise.all([his.saved(), hers.saved()])
  await programIsKept(ivan)
  return { ivan, yadira, his, hers, number }
}

/** What the bar says of edits that wait, with how many; waits until it says it. */
async function waiting({ say }: Visitor, text: OpenText): Promise<number> {
  const bar = text.state(say.editor.save.offline)
  await bar.waitFor()
  const shape = fill(say.editor.save.pending_other, { count: '(\\d+)' }).replace(/^\(|\)$/g, '\\$&')
  const counted = async () => Number(new RegExp(shape).exec((await bar.textContent()) ?? '')?.[1] ?? 0)
  await expect.poll(counted).toBeGreaterThan(1)
  return counted()
}

describe.each([desk, phone])('at $name', (screen) => {
  test('what is written without a connection stays on the device, through a reload, and then meets the rest', async () => {
    const { ivan, his, hers } = await twoAt(screen, `Sin señal, ${screen.name}`)
    const { page, context } = ivan

    await context.setOffline(true)
    await his.write('problem', ' En la lancha anoté tres quejas.')
    const count = await waiting(ivan, his)
    await hers.write('problem', 'Desde el salón comunal: ', 'start')
    await hers.saved()

    await page.reload()
    await his.says('problem', 'Lo acordado. En la lancha anoté tres quejas.')
    expect(await waiting(ivan, his)).toBe(count)
    await his.write('causes', 'La toma es una sola.')
    expect(await waiting(ivan, his)).toBeGreaterThan(count)

    await context.setOffline(false)
    const all = 'Desde el salón comunal: Lo acordado. En la lancha anoté tres quejas.'
    await Promise.all([
      his.says('problem', all),
      hers.says('problem', all),
      hers.says('causes', 'La toma es una sola.'),
    ])
    await Promise.all([his.saved(), hers.saved()])
  })

  test('without a connection, signing out says first what would wait, and a part that is not here says so', async () => {
    const ivan = await town.enter('gobierno', { screen, settings: keeping })
    const his = await openText(ivan, await addCommitment(ivan, `Equipo prestado, ${screen.name}`))
    await his.write('problem', 'Lo acordado.')
    await his.saved()
    await programIsKept(ivan)
    const { page, context, say } = ivan
    await context.setOffline(true)
    await his.write('problem', ' Y lo de hoy.')
    await waiting(ivan, his)

    await page.getByRole('button', { name: fill(say.common.account.open, { name: people.gobierno }) }).click()
    await page.getByRole('button', { name: say.common.account.signOut, exact: true }).click()
    const sheet = page.getByRole('dialog', { name: say.common.signOut.title })
    await sheet.getByText(fill(say.common.signOut.what_one, { count: 1 })).waitFor()
    await sheet.getByRole('button', { name: say.common.signOut.stay }).click()
    await sheet.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: say.common.document.versions, exact: true }).click()
    await page.getByText(say.common.refusal.offline.what).waitFor()
    await his.says('problem', 'Lo acordado. Y lo de hoy.')
    await context.setOffline(false)
    await his.saved()
  })
})

test('the program restarts while two write: neither loses a letter', async () => {
  const { ivan, yadira, his, hers, number } = await twoAt(desk, 'Corte de luz anunciado')
  expect(await town.server().stop()).toBe(0)
  await Promise.all([
    his.write('problem', ' Por el municipio.'),
    hers.write('problem', 'Por la comunidad: ', 'start'),
    his.state(ivan.say.editor.save.reconnecting).waitFor(),
  ])
  await Promise.all([waiting(ivan, his), waiting(yadira, hers)])

  await town.restart()
  const all = 'Por la comunidad: Lo acordado. Por el municipio.'
  await Promise.all([his.says('problem', all), hers.says('problem', all)])
  await Promise.all([his.saved(), hers.saved()])
  const noris = await town.enter('revision', { screen: phone })
  await (await openText(noris, number)).says('problem', all)
})

test('the program is killed while two write, and opened again while it is away: neither loses a letter', async () => {
  const { ivan, yadira, his, hers, number } = await twoAt(phone, 'Corte de luz de golpe')
  await Promise.all([
    his.write('problem', ' Por el municipio, en el momento del corte.'),
    hers.write('causes', 'Por la comunidad, en el momento del corte.'),
    town.server().kill(),
  ])
  await Promise.all([waiting(ivan, his), waiting(yadira, hers)])
  await ivan.page.reload()
  await his.says('problem', 'Lo acordado. Por el municipio, en el momento del corte.')
  await his.write('problem', ' Y después.')
  await waiting(ivan, his)

  await town.restart()
  const problem = 'Lo acordado. Por el municipio, en el momento del corte. Y después.'
  const causes = 'Por la comunidad, en el momento del corte.'
  await Promise.all([hers.says('problem', problem), his.says('causes', causes)])
  await Promise.all([his.saved(), hers.saved()])
  const noris = await town.enter('revision', { screen: phone })
  const read = await openText(noris, number)
  await Promise.all([read.says('problem', problem), read.says('causes', causes)])
})
