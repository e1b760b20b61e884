/** Invitations as those who manage a plan make, see and take them back; and the way back for a member who is locked out. */
import { AppError } from '@cabildo/protocol/errors'
import type { Group, Role } from '@cabildo/protocol/http/common'
import type { InvitationItem, OneTimeLink } from '@cabildo/protocol/http/people'
import type { Kysely } from 'kysely'
import { newId } from '../../../db/ids.ts'
import type { Database } from '../../../db/types.ts'
import type { Mail, Mailer } from '../../../mail/mailer.ts'
import { demandGroup, enterPlan, groupsOf, holdPlan, peopleOf } from '../../../people/service.ts'
import type { Actor } from '../../sessions.ts'
import { stateOf } from '../rules.ts'
import { hashOfToken, newToken, urlOf } from '../token.ts'
import { invitationLetter, recoveryLetter } from './letters.ts'
import {
  countLately,
  findInvitations,
  findPlan,
  findRecoverable,
  type InvitationRow,
  insertInvitation,
  insertRecovery,
  revokeLink,
} from './store.ts'

/** What making links needs. */
export interface InvitationDeps {
  db: Kysely<Database>
  mailer: Mailer
  config: { readonly baseUrl: string }
}

/** Somebody to be invited. */
export interface Guest {
  name: string
  email?: string | null | undefined
  role: Role
  groupId?: string | null | undefined
}

/** How many invitations a plan makes within an hour. */
const mostInAnHour = 300

/** So many letters are on their way at once; after so many milliseconds no other one is begun. */
const post = { atOnce: 5, patience: 20_000 }

/**
 * Invites people, all or none: a one-time link for each, shown this once, and mailed where there is an address and a
 * server that takes it. Throws `throttled` when they would be too many for the plan within an hour.
 */
export async function invite(
  deps: InvitationDeps,
  actor: Actor,
  plan: string,
  people: readonly Guest[],
): Promise<{ invitation: InvitationItem; link: OneTimeLink }[]> {
  const { db, mailer, config } = deps
  const { planId, links } = await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'people.manage')
    // Counted while the plan is held: of many lists at once, only as many pass as there is room for.
    const { made, secondsLeft } = await countLately(trx, planId)
    if (made + people.length > mostInAnHour) throw new AppError('throttled', { retryAfter: secondsLeft })
    const links: { id: string; url: string; expiresAt: Date; person: Guest }[] = []
    for (const [index, person] of people.entries()) {
      const { name, email = null, role, groupId = null } = person
      await demandGroup(trx, planId, groupId, `/people/${index}/groupId`)
      const [id, token] = [newId(), newToken()]
      const stored = { id, secretHash: hashOfToken(token), planId, createdBy: actor.userId, name, email, role, groupId }
      const { expiresAt } = await insertInvitation(trx, stored)
      links.push({ id, url: urlOf(config.baseUrl, token), expiresAt, person })
    }
    return { planId, links }
  })

  const about = await findPlan(db, planId)
  const letters = links.map(({ url, expiresAt, person: { name, email } }) =>
    email ? invitationLetter({ to: email, name, plan: about, url, expiresAt }) : undefined,
  )
  const mailed = await sendAll(mailer, letters)
  const rows = await findInvitations(db, planId, { ids: links.map(({ id }) => id), limit: links.length })
  const items = new Map((await itemsOf(db, planId, rows)).map((item) => [item.id as string, item]))
  return links.map(({ id, url, expiresAt }, index) => {
    const invitation = items.get(id)
    if (!invitation) throw new Error(`invitation ${id} was stored and is not there`)
    return { invitation, link: { url, expiresAt: expiresAt.toISOString(), mailed: mailed[index] === true } }
  })
}

/** Sends letters, a few at a time, and tells which the server took. A server that hangs does not keep anybody long. */
async function sendAll(mailer: Mailer, letters: readonly (Mail | undefined)[]): Promise<boolean[]> {
  const taken: boolean[] = letters.map(() => false)
  if (!mailer.on) return taken
  const until = performance.now() + post.patience
  const waiting = letters.entries()
  const carry = async () => {
    for (const [index, letter] of waiting) {
      if (letter && performance.now() < until) taken[index] = await mailer.send(letter)
    }
  }
  await Promise.all(Array.from({ length: post.atOnce }, carry))
  return taken
}

/** Lists at most `limit` invitations of a plan, newest first, those older than the one named by `after`. */
export async function listInvitations(
  { db }: Pick<InvitationDeps, 'db'>,
  actor: Actor,
  plan: string,
  page: { after: string | undefined; limit: number },
): Promise<InvitationItem[]> {
  const { planId } = await enterPlan(db, actor, plan, 'people.manage')
  return itemsOf(db, planId, await findInvitations(db, planId, page))
}

/** Takes an invitation back. One that was used cannot be: `conflict`. Taking back what is over is fine. */
export async function takeBack(
  { db }: Pick<InvitationDeps, 'db'>,
  actor: Actor,
  { planId: plan, linkId }: { planId: string; linkId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'people.manage')
    const [row] = await findInvitations(trx, planId, { ids: [linkId], limit: 1 })
    if (!row) throw new AppError('not_found')
    if (row.used) throw new AppError('conflict', { detail: 'The invitation was used already.' })
    await revokeLink(trx, linkId)
  })
}

/**
 * Makes a link that lets a member back into their account, and takes older ones of theirs back. It cannot be made for a
 * guest, nor for oneself, nor for somebody who also has a part in a plan that one does not manage: there it would be a
 * way in for whoever makes it. Their owner is told by mail where they have an address.
 */
export async function makeRecovery(
  { db, mailer, config }: InvitationDeps,
  actor: Actor,
  { planId: plan, userId }: { planId: string; userId: string },
): Promise<OneTimeLink> {
  const token = newToken()
  const made = await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'people.manage')
    const member = await findRecoverable(trx, { planId, userId, helperId: actor.userId })
    if (!member) throw new AppError('not_found')
    const why = whyNot(member, userId === actor.userId)
    if (why) throw new AppError('forbidden', { detail: why })
    const link = { id: newId(), secretHash: hashOfToken(token), planId, createdBy: actor.userId, userId }
    return { ...member, planId, ...(await insertRecovery(trx, link)) }
  })
  const { planId, name, email, expiresAt } = made
  const url = urlOf(config.baseUrl, token)
  const letter = email
    ? recoveryLetter({ to: email, name, plan: await findPlan(db, planId), url, expiresAt })
    : undefined
  const [mailed = false] = await sendAll(mailer, [letter])
  return { url, expiresAt: expiresAt.toISOString(), mailed }
}

function whyNot({ account, beyond }: { account: boolean; beyond: boolean }, self: boolean): string | undefined {
  if (self) return 'Change your own password in your profile.'
  if (!account) return 'Only a live account can be recovered. A guest of a workshop comes back through the workshop.'
  if (beyond) return 'They also take part in a plan that you do not coordinate: ask whoever runs the server.'
  return undefined
}

async function itemsOf(
  db: Kysely<Database>,
  planId: string,
  rows: readonly InvitationRow[],
): Promise<InvitationItem[]> {
  const makers = rows.map(({ createdBy }) => createdBy)
  const [people, groups] = await Promise.all([peopleOf(db, planId, makers), groupsOf(db, planId)])
  const groupById = new Map<string, Group>(groups.map((group) => [group.id, group]))
  return rows.map((row) => {
    const createdBy = people.get(row.createdBy)
    if (!createdBy) throw new Error(`user ${row.createdBy} made an invitation and does not exist`)
    return {
      // Made by `newId`, so already what its brand promises.
      id: row.id as InvitationItem['id'],
      name: row.name,
      email: row.email,
      role: row.role,
      group: (row.groupId && groupById.get(row.groupId)) || null,
      createdAt: row.createdAt.toISOString(),
      createdBy,
      expiresAt: row.expiresAt.toISOString(),
      state: stateOf(row),
    }
  })
}
