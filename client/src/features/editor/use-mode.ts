import type { DocumentOpening } from '@cabildo/protocol/http/api'
import { useState } from 'react'
import { hasProposal } from '../../sync/kept-writing.ts'
import type { DocumentSession } from '../../sync/session.ts'

/** How somebody is in a text: writing in it, writing a proposal on a copy of it, or reading. */
export type Mode = 'edit' | 'propose' | 'read'

/** The mode that was chosen, or else the one that one's rights give; undefined chooses that again. */
export function useMode(session: DocumentSession, { epoch, may }: DocumentOpening) {
  // Who was proposing goes on with that after a reload, and does not stand in everybody's text unawares.
  const [chosen, setMode] = useState<Mode | undefined>(() =>
    hasProposal(session.documentId, session.me.id, epoch) ? 'propose' : undefined,
  )
  const mode = chosen ?? (session.canEdit ? 'edit' : 'read')
  return { mode, setMode, mayPropose: may.propose && !session.behalf }
}
