import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { withMilestoneRows } from '../../features/milestones/milestone-extension.ts'
import { MilestonesFrame } from '../../features/milestones/milestones-frame.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { OpenText } from '../open-text.tsx'
import { NotFoundInPlan, PageFailure } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { useCommitment } from './use-commitment.ts'

const route = getRouteApi('/signed-in/plans/$slug/commitments/$number')

/** How milestones are drawn in the text. */
const dress = { milestones: { dress: withMilestoneRows, Frame: MilestonesFrame } }

/** One commitment's text. */
export default function CommitmentRoute() {
  const { slug, number } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { plan, commitment, isMissing, error } = useCommitment({ slug, number })
  const [title, setTitle] = useState<string>()
  usePageTitle(title || commitment?.title)
  const onTitle = useCallback((now: string) => setTitle(now), [])

  if (!commitment) {
    if (isMissing) return <NotFoundInPlan slug={plan.data && slug} />
    if (error && !plan.isFetching) return <PageFailure error={error} onRetry={() => void plan.refetch()} />
    return <Waiting />
  }
  const address = { to: '/plans/$slug/commitments/$number', params: { slug, number } } as const
  return (
    <OpenText
      slug={slug}
      documentId={commitment.documentId}
      template={ogpCommitment}
      number={commitment.number}
      plan={plan.data}
      dress={dress}
      search={search}
      onGo={(next, { replace = false } = {}) =>
        void navigate({ ...address, search: next, replace, resetScroll: false })
      }
      onTitle={onTitle}
    />
  )
}
