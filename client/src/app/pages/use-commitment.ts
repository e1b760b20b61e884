import type { CommitmentItem } from '@cabildo/protocol/http/api'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type livePlanQuery, planQuery } from '../../features/plans/api.ts'
import { commitmentByNumber } from '../../features/plans/model.ts'
import type { CallOutput } from '../../lib/call.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useAskedAgain } from './use-asked-again.ts'

/** The commitment that an address names, in its plan. */
export interface NamedCommitment {
  plan: UseQueryResult<CallOutput<'GET /api/plans/:planId'>>
  /** Undefined while it is not known, and where there is none. */
  commitment: CommitmentItem | undefined
  /** There is no such plan for the reader, or no such commitment in it, also after the plan was asked for once more. */
  isMissing: boolean
  /** Why the plan could not be had; null while it is asked for once more, when nothing has failed yet. */
  error: Error | null
}

/** Finds a commitment by the plan and the number in an address. `query`: how often the plan is asked for. */
export function useCommitment(
  { slug, number }: { slug: string; number: string },
  query: typeof planQuery | typeof livePlanQuery = planQuery,
): NamedCommitment {
  const plan = useQuery(query(slug))
  const commitment = plan.data && commitmentByNumber(plan.data.commitments, number)
  const isUnlisted = plan.data !== undefined && !commitment
  const isAskedAgain = useAskedAgain(isUnlisted, `${slug}/${number}`, plan.refetch)
  const isMissing = refusalCode(plan.error) === 'not_found' || (isAskedAgain && !plan.error)
  return { plan, commitment, isMissing, error: isUnlisted && !isAskedAgain ? null : plan.error }
}
