import type { Role } from '@cabildo/protocol/http/common'

/** A session as the model knows it. */
export interface ModelSession {
  userId: string
  sessionId: string
  cookie: string
  alive: boolean
  /** The workshop that bounds a guest's session. */
  workshopId: string | null
}

interface ModelWorkshop {
  planId: string
  documentIds: readonly string[]
  open: boolean
  participants: Map<string, { muted: boolean; removed: boolean; mergedInto: string | null }>
}

/** What a session may do in a document. */
export type ModelAccess = 'sign_in' | 'not_found' | 'reads' | 'writes'

/**
 * Who takes part where, in the plainest terms: maps and flags, no database, no clock. Written from the rules
 * (docs/spec/security.md, T4, T5, T23; docs/spec/privacy.md, PR8), not from the program, so that the two can be compared.
 */
export interface MembershipModel {
  readonly guests: Set<string>
  readonly erased: Set<string>
  readonly plans: Map<string, Map<string, { role: Role; suspended: boolean }>>
  readonly documents: Map<string, string>
  readonly workshops: Map<string, ModelWorkshop>
  readonly sessions: ModelSession[]
  /** The role somebody may act in now; undefined when they may not act at all. */
  roleOf(session: ModelSession, planId: string): Role | undefined
  accessOf(session: ModelSession, documentId: string): ModelAccess
  coordinatorsOf(planId: string): string[]
  endSessions(which: (session: ModelSession) => boolean): void
  erase(userId: string): void
  /** Somebody is counted as somebody else, and so are those who were counted as them. */
  merge(workshopId: string, userId: string, into: string): void
}

const writers: readonly Role[] = ['coordinator', 'facilitator', 'drafter']

/** An empty model. */
export function createMembershipModel(): MembershipModel {
  const plans: MembershipModel['plans'] = new Map()
  const documents: MembershipModel['documents'] = new Map()
  const workshops: MembershipModel['workshops'] = new Map()
  const sessions: ModelSession[] = []
  const guests = new Set<string>()
  const erased = new Set<string>()

  const partIn = (userId: string, documentId: string): 'reads' | 'writes' | undefined => {
    let part: 'reads' | 'writes' | undefined
    for (const { open, documentIds, participants } of workshops.values()) {
      const participant = participants.get(userId)
      if (!open || !documentIds.includes(documentId) || !participant) continue
      if (participant.removed || participant.mergedInto !== null) continue
      if (!participant.muted) part = 'writes'
      part ??= 'reads'
    }
    return part
  }

  const model: MembershipModel = {
    guests,
    erased,
    plans,
    documents,
    workshops,
    sessions,
    roleOf({ userId, alive }, planId) {
      const member = plans.get(planId)?.get(userId)
      return alive && member && !member.suspended ? member.role : undefined
    },
    accessOf(session, documentId) {
      if (!session.alive) return 'sign_in'
      const role = model.roleOf(session, documents.get(documentId) ?? '')
      const part = partIn(session.userId, documentId)
      if (role === undefined || (session.workshopId !== null && part === undefined)) return 'not_found'
      return writers.includes(role) || (role === 'participant' && part === 'writes') ? 'writes' : 'reads'
    },
    coordinatorsOf: (planId) =>
      [...(plans.get(planId) ?? [])]
        .filter(([userId, { role, suspended }]) => role === 'coordinator' && !suspended && !erased.has(userId))
        .map(([userId]) => userId),
    endSessions(which) {
      for (const session of sessions) if (which(session)) session.alive = false
    },
    erase(userId) {
      erased.add(userId)
      for (const members of plans.values()) members.delete(userId)
      model.endSessions((session) => session.userId === userId)
    },
    merge(workshopId, userId, into) {
      const { participants } = workshops.get(workshopId) ?? { participants: new Map() }
      for (const [other, participant] of participants) {
        if (other === userId || participant.mergedInto === userId) participant.mergedInto = into
      }
      model.endSessions((session) => session.userId === userId && session.workshopId === workshopId)
    },
  }
  return model
}
