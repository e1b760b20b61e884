import type { Plan } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import StandingBar from '../../features/approvals/standing-bar.tsx'
import type { OpenDocument } from '../../features/editor/commitment-page.tsx'
import { standingCommitments } from '../../lib/standing-commitments.ts'
import type { DocumentSession } from '../../sync/session.ts'

interface StandingProps {
  session: DocumentSession
  status: OpenDocument['document']['status']
  slug: string
  number: string
  plan: Plan | undefined
}

/** Where the commitment stands, and the way to the page where its approval is decided. */
export default function Standing({ session, status, slug, number, plan }: StandingProps) {
  const { documentId } = session
  return (
    <StandingBar
      {...{ documentId, slug, status }}
      saves={session.status}
      others={standingCommitments(plan?.commitments ?? []).filter((one) => one.documentId !== documentId)}
      progressLink={(words) => (
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/plans/$slug/commitments/$number/avance" params={{ slug, number }} {...props} />
          )}
        >
          {words}
        </Button>
      )}
      requestLink={(words, primary) => (
        <Button
          variant={primary ? 'filled' : 'default'}
          renderRoot={(props) => (
            <Link to="/plans/$slug/commitments/$number/approval" params={{ slug, number }} {...props} />
          )}
        >
          {words}
        </Button>
      )}
    />
  )
}
