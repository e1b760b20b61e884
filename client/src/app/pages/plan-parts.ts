import PlanBar from '../../features/approvals/plan-bar.tsx'
import InputsCard from '../../features/inputs/inputs-card.tsx'
import RecordCard from '../../features/record/record-card.tsx'

/** What a plan's page tells beside its commitments, as one file: each of the small ones would be a request of its own. */
export const planParts = { PlanBar, InputsCard, RecordCard }
