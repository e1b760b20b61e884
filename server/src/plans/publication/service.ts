/**
 * Which text of a plan the public reads: the version that its coordinators published last, by hash. Publishing is an act of
 * its own, since what is being written is its writers' alone, and a consultation of the plan freezes no text. It is entered
 * in the record as `plan`, in its transaction.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { PlanPublication } from '@cabildo/protocol/http/plan-publication'
import type { Kysely } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan, holdPlan } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import { findPublications, findTextVersion, insertPublication, type TextVersionRow } from './store.ts'

/** Most publications of one plan. */
const most = 500

/** Reads what the public reads of a plan's own text, and what could be published. Not for guests of a workshop. */
export async function readPublication(db: Kysely<Database>, actor: Actor, plan: string): Promise<PlanPublication> {
  const { planId, role } = await enterPlan(db, actor, plan, 'plan.open')
  if (actor.workshopId !== null) throw new AppError('not_found')
  const [publications, newest] = await Promise.all([findPublications(db, planId), findTextVersion(db, planId)])
  const last = publications.at(-1)
  return {
    published: last ? { ...versionOf(last), publishedAt: last.publishedAt.toISOString(), entry: last.entry } : null,
    newest: newest ? versionOf(newest) : null,
    may: { publish: may(role, 'plan.describe') },
  }
}

function versionOf({ id, number, name, contentHash }: TextVersionRow) {
  // Read from a column of ids.
  return { versionId: id as NonNullable<PlanPublication['newest']>['versionId'], number, name, contentHash }
}

/**
 * Publishes a version of a plan's own text. One that says something else by now is `stale_version`; the one that is published
 * already is published once.
 */
export async function publishText(
  db: Kysely<Database>,
  actor: Actor,
  plan: string,
  { versionId, contentHash }: { versionId: string; contentHash: string },
): Promise<PlanPublication> {
  await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'plan.describe')
    await demandAlive(trx, actor)
    const version = await findTextVersion(trx, planId, versionId)
    if (!version) throw refuseField('/versionId', 'The plan’s own text has no such version.')
    if (version.contentHash !== contentHash) throw new AppError('stale_version')
    const publications = await findPublications(trx, planId)
    const last = publications.at(-1)
    if (last?.id === version.id && last.publishedHash === contentHash) return
    if (publications.length >= most) throw new AppError('too_large', { detail: `At most ${most} can be published.` })
    const { documentId } = version
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'plan', userId: actor.userId },
      payload: { kind: 'published', document: documentId, version: version.number, sha256: contentHash },
    })
    const number = publications.length + 1
    await insertPublication(trx, { planId, number, documentId, versionId, contentHash, byId: actor.userId, entry })
  })
  return readPublication(db, actor, plan)
}
