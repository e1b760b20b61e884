import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { addCommitment, documentOf, post } from './document.ts'
import { type Arrival, type keeping, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

/** A workshop as those who run it get it, as far as journeys look at it. */
export interface OpenWorkshop {
  id: string
  wayIn: { url: string; code: string }
  participants: { userId: string; name: string }[]
}

interface PlanInShort {
  commitments: { id: string; number: number }[]
  groups: { id: string; name: string }[]
}

/** The demo's plan as somebody gets it. */
export const planOf = async ({ context }: Visitor): Promise<PlanInShort> =>
  (await (await context.request.get('/api/plans/chepo')).json()) as PlanInShort

/** Opens a workshop in somebody's name, on some commitments by number. */
export async function openWorkshop(
  host: Visitor,
  numbers: readonly number[],
  { title = 'Taller de Tortí', tables = ['Mesa 1', 'Mesa 2'] } = {},
): Promise<OpenWorkshop> {
  const { commitments } = await planOf(host)
  return await post<OpenWorkshop>(host, '/api/plans/chepo/workshops', {
    title,
    place: 'Escuela de Tortí',
    heldOn: '2026-11-28',
    tables,
    commitmentIds: commitments.filter(({ number }) => numbers.includes(number)).map(({ id }) => id),
  })
}

/** A facilitator with an open workshop on one new commitment, and a group of the plan to come from. */
export async function oneText(town: Town, arrival: Arrival = {}) {
  const host = await town.enter('facilitacion', arrival)
  const group = (await planOf(host)).groups[1]?.name ?? ''
  const number = await addCommitment(host, 'Agua para la isla')
  return { host, number, workshop: await openWorkshop(host, [number]), group }
}

/** Where a workshop is run. */
export const boardOf = (id: string) => `/plans/chepo/workshops/${id}`

/** Which page somebody is on. */
export const pathOf = ({ page }: Visitor) => new URL(page.url()).pathname

/** The workshop as it stands. */
export const workshopOf = async ({ context }: Visitor, id: string): Promise<OpenWorkshop> =>
  (await (await context.request.get(`/api/plans/chepo/workshops/${id}`)).json()) as OpenWorkshop

/** Fills in the form of somebody who comes in, and goes in. */
export async function comeIn({ page, say }: Visitor, name: string, group: string): Promise<void> {
  const words = say.workshops.join
  await page.getByRole('textbox', { name: words.name }).fill(name)
  await chooseGroup(page, group)
  await page.getByRole('button', { name: words.submit, exact: true }).click()
}

/** A few groups are choices, many are a list. */
async function chooseGroup(page: Page, group: string): Promise<void> {
  await page
    .getByRole('radio', { name: group })
    .or(page.getByRole('button', { name: group, exact: true }))
    .first()
    .click()
}

/** Somebody who scans a code with a phone of their own, and comes in; `settings`: e.g. that it keeps the program. */
export async function scan(
  town: Town,
  { wayIn }: OpenWorkshop,
  name: string,
  group: string,
  settings?: typeof keeping,
): Promise<Visitor> {
  const guest = await town.arrive({ screen: phone, ...(settings && { settings }) })
  await guest.page.goto(wayIn.url)
  await comeIn(guest, name, group)
  await bar(guest).getByText(name).waitFor()
  return guest
}

/** Who is writing on a phone, always in sight. */
export const bar = ({ page, say }: Visitor) => page.getByRole('region', { name: say.workshops.bar.label })

/** Passes the phone to somebody who joined from it. */
export async function passTo(guest: Visitor, name: string): Promise<void> {
  const { say } = guest
  await bar(guest)
    .getByRole('button', { name: fill(say.workshops.bar.passTo, { name }), exact: true })
    .click()
  await writes(guest, name)
}

/** Somebody new comes in with the same phone. */
export async function joinAnother(guest: Visitor, name: string, group: string): Promise<void> {
  await bar(guest).getByRole('button', { name: guest.say.workshops.bar.another }).click()
  await comeIn(guest, name, group)
  await writes(guest, name)
}

/** Passes the phone as a thumb does it, which scrolls nothing. */
export async function tapOn(guest: Visitor, name: string): Promise<void> {
  const other = bar(guest).getByRole('button', { name: fill(guest.say.workshops.bar.passTo, { name }), exact: true })
  const box = await other.boundingBox()
  if (!box) throw new Error(`${name} is not in the bar`)
  await guest.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  await writes(guest, name)
}

/** Waits until somebody is the one who writes on this phone. */
export const writes = (guest: Visitor, name: string) =>
  bar(guest)
    .getByRole('button', { name: new RegExp(`^${guest.say.workshops.bar.writing} ${name}`) })
    .waitFor()

/** Who wrote the entries of a document's log, in the order they came, each named once in a row. */
export async function authorsOf(reader: Visitor, number: number): Promise<string[]> {
  const documentId = await documentOf(reader, number)
  const answer = await reader.context.request.get(`/api/documents/${documentId}/history?limit=200`)
  expect(answer.status()).toBe(200)
  const { items } = (await answer.json()) as { items: { author: { name: string }; via: string }[] }
  return items.filter(({ via }) => via === 'edit').map(({ author }) => author.name)
}

/** Whether the line that is written stands in sight: nothing lies over it, and it is on the screen. */
export const caretIsInSight = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const selection = window.getSelection()
    const node = selection?.anchorNode
    const line = (node instanceof Element ? node : node?.parentElement)?.closest('p, h2, h3, li')
    if (!line) return false
    const { left, top, bottom } = line.getBoundingClientRect()
    const middle = (top + bottom) / 2
    return line.contains(document.elementFromPoint(left + 4, middle)) && middle > 0
  })
