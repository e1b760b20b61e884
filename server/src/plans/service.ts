import { AppError } from '@cabildo/protocol/errors'
import type { Plan } from '@cabildo/protocol/http/api'
import type { Role } from '@cabildo/protocol/http/common'
import type { Kysely } from 'kysely'
import { may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import { listCommitments } from '../commitments/service.ts'
import type { Database } from '../db/types.ts'
import { enterPlan, groupsOf } from '../people/service.ts'
import type { Tree } from '../record/tree/service.ts'
import type { Rooms } from '../rooms/ports.ts'
import { findPlan, findPlans, type PlanRow } from './store.ts'

/** What reading plans needs. */
export interface PlanDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'inside'>
  tree: Pick<Tree, 'verifierKeys'>
}

/** The plans somebody takes part in, in the order of their slugs: those after `after`, at most `limit`. */
export function listPlans(
  deps: Pick<PlanDeps, 'db'>,
  actor: Actor,
  page: { after: string | undefined; limit: number },
): Promise<PlanRow[]> {
  return findPlans(deps.db, actor.userId, page)
}

/** One plan by id or slug, with its groups and commitments, and what the reader may do in it. */
export async function readPlan(deps: PlanDeps, actor: Actor, planIdOrSlug: string): Promise<Plan> {
  const { planId, role } = await enterPlan(deps.db, actor, planIdOrSlug, 'plan.open')
  const [plan, groups, commitments] = await Promise.all([
    findPlan(deps.db, planId),
    groupsOf(deps.db, planId),
    listCommitments(deps, planId, actor.workshopId),
  ])
  if (!plan) throw new AppError('not_found')
  const id = plan.id as Plan['id']
  const [recordKey = ''] = deps.tree.verifierKeys
  return { ...plan, id, role, groups, commitments, recordKey, may: rightsOf(role) }
}

/** What the plan's page lets somebody do. */
function rightsOf(role: Role): Plan['may'] {
  return {
    addCommitment: may(role, 'commitment.add'),
    managePeople: may(role, 'people.manage'),
    addGroups: may(role, 'group.add'),
    runWorkshops: may(role, 'workshop.run'),
    redact: may(role, 'redaction.ask'),
    readHistory: may(role, 'people.history'),
  }
}
