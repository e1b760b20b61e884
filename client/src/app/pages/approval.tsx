import type { ApprovalRequest } from '@cabildo/protocol/http/approvals'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { standingQuery } from '../../features/approvals/api.ts'
import { RequestView } from '../../features/approvals/request-view.tsx'
import { DocumentShares } from '../../features/authorship/document-shares.tsx'
import { groupMarks } from '../../features/authorship/model.ts'
import { livePlanQuery } from '../../features/plans/api.ts'
import { diffQuery, versionQuery } from '../../features/versions/api.ts'
import { authorshipQuery } from '../../lib/authorship-query.ts'
import { useLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { ContentView } from '../../reading/content-view.tsx'
import { DiffView } from '../../reading/diff-view.tsx'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Part, PartFailure } from '../../ui/part.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { NotFoundInPlan, PageFailure } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { useCommitment } from './use-commitment.ts'

const route = getRouteApi('/signed-in/plans/$slug/commitments/$number/approval')

/** The newest request for the approval of a commitment's text: what to know before deciding, and the decision. */
export default function ApprovalPage() {
  const { slug, number } = route.useParams()
  const { t } = useTranslation('approvals')
  const navigate = useNavigate()
  const { plan, commitment, isMissing, error: failed } = useCommitment({ slug, number }, livePlanQuery)
  const documentId = commitment?.documentId
  const standing = useQuery({ ...standingQuery(documentId ?? ''), enabled: documentId !== undefined })
  const language = useLanguage()
  const clauseName = (clause: string) =>
    ogpCommitment.fields.find(({ name }) => name === clause)?.label[language] ??
    ogpCommitment.facts.find(({ key }) => key === clause)?.label[language] ??
    clause
  const [newest] = standing.data?.requests ?? []
  const request = newest && inFormOrder(newest)
  const ready = useInSight(documentId, newest)
  usePageTitle(commitment && t('page.title', { title: commitment.title }))
  const error = failed ?? standing.error
  if (isMissing || refusalCode(standing.error) === 'not_found') return <NotFoundInPlan slug={plan.data && slug} />
  if (!commitment || !documentId || !standing.data) {
    if (error) return <PageFailure error={error} onRetry={() => void (failed ? plan : standing).refetch()} />
    return <Waiting onLeave={() => void navigate({ to: '/plans/$slug', params: { slug } })} />
  }
  return (
    <>
      <Button
        variant="default"
        mb="md"
        leftSection={<IconArrowLeft size={20} aria-hidden />}
        renderRoot={(props) => <Link to="/plans/$slug/commitments/$number" params={{ slug, number }} {...props} />}
      >
        {t('page.back')}
      </Button>
      {request ? (
        <RequestView
          {...{ documentId, slug, request }}
          title={commitment.title}
          standing={standing.data}
          changes={
            <Part failed={(failure) => <PartFailure error={failure} />}>
              <Changes documentId={documentId} request={request} />
            </Part>
          }
          shares={<Written documentId={documentId} seq={request.version.seq} />}
          clauseName={clauseName}
          links={{
            threads: (words) => (
              <Link to="/plans/$slug/commitments/$number" params={{ slug, number }} search={{ threads: 'open' }}>
                {words}
              </Link>
            ),
            inputs: (words) => (
              <Link
                to="/plans/$slug/inputs"
                params={{ slug }}
                search={{ commitment: commitment.number, state: 'unanswered' }}
              >
                {words}
              </Link>
            ),
          }}
          ready={ready}
        />
      ) : (
        <>
          <h1>
            <PlanWords words={commitment.title} of={(title) => t('page.title', { title })} />
          </h1>
          <p>{t('page.none')}</p>
        </>
      )}
    </>
  )
}

const formOrder: readonly string[] = [
  ...ogpCommitment.fields.map(({ name }) => name),
  ...ogpCommitment.facts.map(({ key }) => key),
]

/** A request with its clauses as they follow each other in the form. */
function inFormOrder(request: ApprovalRequest): ApprovalRequest {
  const place = ({ clause }: { clause: string }) => formOrder.indexOf(clause)
  return { ...request, clauses: request.clauses.toSorted((one, other) => place(one) - place(other)) }
}

/**
 * Whether what changed is here, and who wrote the text is here or failed: asked for by the parts that show it, and only looked
 * at here. Neither comes above the buttons once these can be pressed; while what failed is asked for again they cannot be.
 */
function useInSight(documentId = '', request: ApprovalRequest | undefined): boolean {
  const { id = '', seq } = request?.version ?? {}
  const since = request?.since?.id
  const compared = useQuery({ ...diffQuery(documentId, id, since ?? ''), enabled: false })
  const whole = useQuery({ ...versionQuery(documentId, id), enabled: false })
  const written = useQuery({ ...authorshipQuery(documentId, seq), enabled: false })
  return (since === undefined ? whole : compared).data !== undefined && !written.isPending
}

interface OfRequest {
  documentId: string
  request: ApprovalRequest
}

/** What changed since the version the reader last decided on; the whole text when there is none. */
function Changes({ documentId, request: { version, since } }: OfRequest) {
  return since ? (
    <Compared documentId={documentId} to={version} from={since} />
  ) : (
    <Whole documentId={documentId} versionId={version.id} />
  )
}

function Compared({
  documentId,
  from,
  to,
}: {
  documentId: string
  from: { id: string; number: number }
  to: { id: string; number: number }
}) {
  const { t } = useTranslation('approvals')
  const { data, error, refetch } = useQuery(diffQuery(documentId, to.id, from.id))
  // What was in sight stays so when it cannot be asked for again.
  if (error && !data) return <PageFailure error={error} onRetry={() => void refetch()} />
  if (!data) return <Waiting />
  return (
    <DiffView
      diff={data}
      template={ogpCommitment}
      under={2}
      before={t('page.version', { number: from.number })}
      after={t('page.version', { number: to.number })}
    />
  )
}

function Whole({ documentId, versionId }: { documentId: string; versionId: string }) {
  const { data, error, refetch } = useQuery(versionQuery(documentId, versionId))
  if (error && !data) return <PageFailure error={error} onRetry={() => void refetch()} />
  if (!data) return <Waiting />
  return <ContentView content={data.content} template={ogpCommitment} under={2} />
}

function Written({ documentId, seq }: { documentId: string; seq: number }) {
  const { data, error, refetch } = useQuery(authorshipQuery(documentId, seq))
  if (error && !data) return <PageFailure error={error} onRetry={() => void refetch()} />
  if (!data) return <Waiting />
  return <DocumentShares told={data} marks={groupMarks(data.groups)} />
}
