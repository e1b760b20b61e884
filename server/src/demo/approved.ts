/**
 * Takes one commitment of the demo all the way: consulted, proposed, approved by both sides on the same hash, submitted, and
 * begun, with a first report on a milestone. Every act goes through the service that a person's would.
 */
import { moveCommitment } from '../approvals/moving.ts'
import { decideApproval, requestApproval } from '../approvals/service.ts'
import type { ApprovalDeps } from '../approvals/tell.ts'
import { createCeremonies } from '../auth/ceremonies.ts'
import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import { reportMilestone } from '../progress/service.ts'
import { townDay } from '../town-time.ts'
import { saveVersion, type VersionDeps } from '../versions/service.ts'

/** What it needs. Nobody here signs with a passkey. */
export interface ApprovedDeps extends Omit<ApprovalDeps, 'fresh' | 'rooms'>, Omit<VersionDeps, 'rooms'> {
  rooms: ApprovalDeps['rooms'] & VersionDeps['rooms']
}

/** The version that both sides approve. */
export const finalVersion = { name: 'Texto final', note: 'Con lo que se dijo en la consulta.' } as const

const both = [
  { by: 'aval', reason: 'Recoge lo que pidieron los grupos de jóvenes.' },
  { by: 'alcaldia', reason: 'Queda por escrito lo que ya se hizo una vez.' },
] as const

/** Plays the whole way of a commitment that is proposed. */
export async function playApproved(
  deps: ApprovedDeps,
  { documentId, actorOf }: { documentId: string; actorOf: (key: string) => Actor },
): Promise<void> {
  const coordinator = actorOf('coordinacion')
  const move = (step: Parameters<typeof moveCommitment>[3]) => moveCommitment(approving, coordinator, documentId, step)
  const approving = {
    ...deps,
    // Their sessions began with this seeding.
    fresh: {
      ways: async () => ({ recent: true, password: true, code: false, passkey: false }),
      demand: async () => 'sign_in' as const,
    },
    ceremonies: createCeremonies(deps.db, { secure: false }),
    config: { baseUrl: '' },
  }
  await move({ act: 'begin', from: 'proposed' })
  await move({ act: 'review', from: 'drafting' })
  await move({ act: 'consult', from: 'review' })
  await move({ act: 'respond', from: 'consultation', reason: 'Ya se visitaron todos los sectores.' })
  await move({ act: 'propose', from: 'response' })
  const { id: versionId, contentHash } = await saveVersion(deps, coordinator, { documentId, ...finalVersion })
  const asked = { documentId, versionId, contentHash, note: 'Para aprobar antes de la fiesta.' }
  const { requests } = await requestApproval(approving, coordinator, asked)
  const approvalId = requests[0]?.id ?? ''
  for (const { by, reason } of both) {
    const decision = { documentId, approvalId, contentHash, verdict: 'approve' as const, reason, network: '' }
    await decideApproval(approving, actorOf(by), decision)
  }
  await move({ act: 'submit', from: 'approved' })
  await move({ act: 'implement', from: 'submitted' })
  await reportMilestone(deps.db, actorOf('gobierno'), documentId, {
    ...{ key: newId(), versionId, milestone: 1, status: 'in_progress', day: townDay(deps.now()) },
    words:
      'El borrador del reglamento está escrito y se lee en dos juntas comunales. Informe inventado para la demostración.',
  })
}
