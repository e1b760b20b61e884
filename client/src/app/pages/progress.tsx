import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { livePlanQuery } from '../../features/plans/api.ts'
import { progressQuery } from '../../features/progress/api.ts'
import classes from '../../features/progress/progress.module.css'
import { ProgressView } from '../../features/progress/progress-view.tsx'
import { refusalCode } from '../../lib/refusal.ts'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { NotFoundInPlan, PageFailure } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { useCommitment } from './use-commitment.ts'

const route = getRouteApi('/signed-in/plans/$slug/commitments/$number/avance')

/** What became of a commitment after its approval. */
export default function ProgressPage() {
  const { slug, number } = route.useParams()
  const { t } = useTranslation('progress')
  const navigate = useNavigate()
  const { plan, commitment, isMissing, error: failed } = useCommitment({ slug, number }, livePlanQuery)
  const documentId = commitment?.documentId
  const progress = useQuery({ ...progressQuery(documentId ?? ''), enabled: documentId !== undefined })
  usePageTitle(commitment && t('title', { title: commitment.title }))
  const error = failed ?? progress.error
  if (isMissing || refusalCode(progress.error) === 'not_found') return <NotFoundInPlan slug={plan.data && slug} />
  if (!commitment || !documentId || !progress.data) {
    if (error) return <PageFailure error={error} onRetry={() => void (failed ? plan : progress).refetch()} />
    return <Waiting onLeave={() => void navigate({ to: '/plans/$slug', params: { slug } })} />
  }
  return (
    <div className={classes.page}>
      <Button
        variant="default"
        className={classes.add}
        leftSection={<IconArrowLeft size={20} aria-hidden />}
        renderRoot={(props) => <Link to="/plans/$slug/commitments/$number" params={{ slug, number }} {...props} />}
      >
        {t('back')}
      </Button>
      <header>
        <h1>
          <PlanWords words={commitment.title} of={(title) => t('title', { title })} />
        </h1>
      </header>
      <ProgressView documentId={documentId} progress={progress.data} />
    </div>
  )
}
