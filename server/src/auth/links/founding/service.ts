/** What an operator does on the server itself, because nobody inside the program can: the first plan, the last way back. */
import type { Kysely, Transaction } from 'kysely'
import { newId } from '../../../db/ids.ts'
import type { Database } from '../../../db/types.ts'
import { beginPlan, type MakingDeps, type WantedPlan } from '../../../plans/making/service.ts'
import { StartError } from '../../../start-error.ts'
import { resetAsOperator } from '../../factors/reset/service.ts'
import { insertRecovery } from '../invitations/store.ts'
import { holdLiveAccount, insertAccount } from '../store.ts'
import { hashOfToken, newToken, urlOf } from '../token.ts'
import { findLiveAccounts, type LiveAccount } from './store.ts'

/** A one-time link for somebody, to be handed over in person. */
export interface HandedLink {
  name: string
  url: string
  expiresAt: Date
}

/** What founding needs: `baseUrl` is where people find the program. */
export interface FoundingDeps extends MakingDeps {
  baseUrl: string
}

/** A plan to be founded, and who coordinates it first. */
export interface Founding extends WantedPlan {
  name: string
  email: string | null
}

/**
 * Founds a plan with its first coordinator. An address that has an account already makes that one the coordinator, who
 * signs in as before: `link` is null. Otherwise an account is made, and a one-time link gives it its password. All or
 * nothing; a `StartError` says what is in the way.
 */
export async function foundPlan(
  { db, baseUrl, insertDocument }: FoundingDeps,
  { name, email, ...wanted }: Founding,
): Promise<{ link: HandedLink | null }> {
  return db.transaction().execute(async (trx) => {
    const [existing] = email === null ? [] : await findLiveAccounts(trx, { email })
    const userId = existing?.id ?? newId()
    if (existing && !(await holdLiveAccount(trx, userId))) {
      throw new StartError(`The account of ${email} was closed just now: choose another coordinator.`)
    }
    if (!existing && !(await insertAccount(trx, { id: userId, name, email, passwordHash: null }))) {
      throw new StartError(`The account of ${email} is suspended: choose another coordinator.`)
    }
    const planId = await beginPlan(trx, insertDocument, wanted, { userId, sessionId: null, actorId: null })
    if (planId === undefined) {
      throw new StartError(`A plan with the slug ${wanted.slug} exists already: choose another one.`)
    }
    return { link: existing ? null : await makeLink(trx, baseUrl, { id: userId, name, planId }) }
  })
}

/** Whom a way back is for: by their address, or by their name in a plan, for people without one. */
export type Whom = { email: string } | { slug: string; name: string }

/**
 * Makes a link that lets somebody back into their account. `removesFactors`: their second factor goes and their sessions
 * end, for a plan in which nobody can approve that. A `StartError` says why it cannot be made.
 */
export async function recoverAccount(
  db: Kysely<Database>,
  baseUrl: string,
  whom: Whom,
  { removesFactors = false }: { removesFactors?: boolean } = {},
): Promise<HandedLink> {
  return db.transaction().execute(async (trx) => {
    const [account, another] = await findLiveAccounts(trx, whom)
    const called = 'email' in whom ? `the address ${whom.email}` : `the name ${whom.name} in the plan ${whom.slug}`
    if (!account) throw new StartError(`There is no account with ${called}, or it is suspended.`)
    if (another) throw new StartError(`Several accounts have ${called}: give an address.`)
    const { planId } = account
    if (planId === null) throw new StartError(`The account with ${called} takes part in no plan: invite it to one.`)
    if (removesFactors) await resetAsOperator(trx, { planId, userId: account.id })
    return makeLink(trx, baseUrl, { ...account, planId })
  })
}

/** The account stands as the maker of its own link: nobody inside the program made it. */
async function makeLink(
  trx: Transaction<Database>,
  baseUrl: string,
  { id: userId, name, planId }: LiveAccount & { planId: string },
): Promise<HandedLink> {
  const token = newToken()
  const link = { id: newId(), secretHash: hashOfToken(token), planId, createdBy: userId, userId }
  const { expiresAt } = await insertRecovery(trx, link)
  return { name, url: urlOf(baseUrl, token), expiresAt }
}
