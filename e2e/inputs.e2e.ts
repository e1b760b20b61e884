import { afterAll, beforeAll, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { openTown, phone, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('[IN29] [IN31] somebody without an account reads the answer to what a facilitator typed for them, by the code on paper', async () => {
  const host = await town.enter('facilitacion')
  const drafter = await town.enter('gobierno')
  const send = async (visitor: typeof host, path: string, data: object = {}) => {
    const headers = { origin: town.url, 'content-type': 'application/json' }
    const answer = await visitor.context.request.post(`/api/plans/chepo/inputs${path}`, { headers, data })
    expect(answer.status()).toBe(201)
    return answer.json()
  }
  const idea = {
    key: 'key-of-the-paper-1',
    channel: 'paper',
    words: 'Más luz en el parque.',
    from: { name: 'Rosa' },
    consent: true,
  }
  const { id } = (await send(host, '', { inputs: [idea] })).items[0]
  const { code } = await send(host, `/${id}/receipts`)
  await send(drafter, `/${id}/answers`, {
    after: 0,
    outcome: 'not_adopted',
    reason: 'Ya está en las obras de este año.',
  })

  const reader = await town.arrive({ screen: phone })
  await reader.page.goto(`${town.url}/recibo#${code}`)
  await reader.page.getByText('Ya está en las obras de este año.').waitFor()
  await reader.page.getByText('No adoptado').waitFor()
  await reader.page.getByText('Más luz en el parque.').waitFor()
  expect(await reader.page.getByText('Rosa').count()).toBe(0)
  expect(await findingsInBothThemes(reader.page)).toEqual([])
})
