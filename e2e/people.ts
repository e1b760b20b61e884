import type { Locator } from 'playwright-core'
import { post } from './document.ts'
import { desk, type Screen, stale, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

/** The password of whoever joins in a journey. */
export const newPassword = 'siete garzas sobre el manglar'

/** The people page of the demo's plan, open at one of its parts. */
export async function openPeople(visitor: Visitor, part?: 'groups' | 'invite' | 'history'): Promise<void> {
  await visitor.page.goto(`/plans/chepo/people${part ? `?part=${part}` : ''}`)
  await visitor.page.getByRole('heading', { level: 1, name: visitor.say.people.title }).waitFor()
}

/** Opens what can be changed about a member. */
export async function openMember({ page, say }: Visitor, name: string): Promise<Locator> {
  await page.getByRole('button', { name: new RegExp(`^${say.people.change} ?: ${name}`) }).click()
  const sheet = page.getByRole('dialog', { name: say.people.member.title })
  await sheet.waitFor()
  return sheet
}

/** The row or the card of a member. */
export const rowOf = ({ page }: Visitor, name: string) =>
  page.getByRole('row', { name }).or(page.getByRole('listitem').filter({ hasText: name }))

/** Somebody whom no other journey changes: a new account in the plan, signed in. */
export async function newcomer(
  town: Town,
  name: string,
  role: string,
  screen: Screen = desk,
): Promise<{ visitor: Visitor; email: string }> {
  const coordinator = await town.enter('coordinacion')
  const url = await invite(coordinator, name, role)
  const visitor = await town.arrive({ screen })
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`
  await post(visitor, '/api/links/use', { token: url.split('#')[1], email, password: newPassword, consent: '2026-11' })
  return { visitor, email }
}

/** Invites somebody by the program's interface; answers their link. */
export async function invite(coordinator: Visitor, name: string, role = 'participant'): Promise<string> {
  const { items } = await post<{ items: { link: { url: string } }[] }>(coordinator, '/api/plans/chepo/invitations', {
    people: [{ name, role, groupId: null }],
  })
  return items[0]?.link.url ?? ''
}

/** What the page of the plan says about one's own role. */
export const role = ({ say }: Visitor, name: keyof Visitor['say']['common']['role']) =>
  fill(say.plans.plan.role, { role: say.common.role[name] })

/** How the program answers somebody who signs in. */
export async function enters(town: Town, email: string, word: string): Promise<number> {
  const { context, url } = await town.arrive()
  const answer = await context.request.post('/api/session', {
    headers: { Origin: url },
    data: { email, password: word },
    maxRetries: stale,
  })
  return answer.status()
}
