import type { Proposal } from '@cabildo/protocol/http/proposals'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, useCallback, useState } from 'react'
import { CommitmentPage } from '../../features/editor/commitment-page.tsx'
import type { Farewell } from '../../features/editor/ending-notice.tsx'
import { withMilestoneRows } from '../../features/milestones/milestone-extension.ts'
import { MilestonesFrame } from '../../features/milestones/milestones-frame.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { commitmentByNumber } from '../../features/plans/model.ts'
import type { ProposalsSearch } from '../../features/proposals/search.ts'
import type { ThreadsSearch } from '../../features/threads/search.ts'
import { type HistorySearch, showsStage } from '../../features/versions/search.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { withWords } from '../../locales/late.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Part, PartFailure } from '../../ui/part.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { BackToPlan, VersionsButton } from '../document-tools.tsx'
import { PageClosed, PageFailure, PageNotFound } from '../page-failure.tsx'
import { toLogin } from '../to-login.ts'
import { usePageTitle } from '../use-page-title.ts'

const FactsForm = lazy(
  withWords(['facts'], async () => ({ default: (await import('../../features/facts/facts-form.tsx')).FactsForm })),
)
const ReservedNotes = lazy(
  withWords(['dissent'], async () => ({
    default: (await import('../../features/dissent/reserved-note.tsx')).ReservedNotes,
  })),
)
const ReservedPart = lazy(
  withWords(['dissent'], async () => ({
    default: (await import('../../features/dissent/reserved-part.tsx')).ReservedPart,
  })),
)
const CommitmentPast = lazy(withWords(['comparing', 'versions'], () => import('./commitment-past.tsx')))
const DraftsSheet = lazy(withWords(['comparing', 'drafts'], () => import('../../features/drafts/drafts-sheet.tsx')))
const WorkshopOverNotice = lazy(
  withWords(['workshops'], async () => ({
    default: (await import('../../features/workshops/over-notice.tsx')).OverNotice,
  })),
)
const WhoButton = lazy(() => import('./who-button.tsx'))
const ReceiptTool = lazy(
  withWords(['receipts'], async () => ({
    default: (await import('../../features/receipts/receipt-tool.tsx')).ReceiptTool,
  })),
)
const ThreadsPart = lazy(withWords(['threads'], () => import('./threads-of-commitment.tsx')))
const ThreadsButton = lazy(
  withWords(['threads'], async () => ({
    default: (await import('../../features/threads/threads-button.tsx')).ThreadsButton,
  })),
)
const Standing = lazy(withWords(['approvals', 'plans'], () => import('./standing.tsx')))
const Proposing = lazy(withWords(['proposals'], () => import('./proposing-in-plan.tsx')))
const DraftsNotice = lazy(withWords(['drafts'], () => import('../../features/drafts/drafts-notice.tsx')))

const route = getRouteApi('/signed-in/plans/$slug/commitments/$number')

/** How milestones are drawn in the text. */
const dress = { milestones: { dress: withMilestoneRows, Frame: MilestonesFrame } }

/** One commitment's document: the place where its text meets its facts, its past and the drafts kept beside it. */
export default function CommitmentRoute() {
  const { slug, number } = route.useParams()
  const { memory } = route.useRouteContext()
  const search = route.useSearch()
  const navigate = useNavigate()
  const router = useRouter()
  const plan = useQuery(planQuery(slug))
  const commitment = plan.data && commitmentByNumber(plan.data.commitments, number)
  const [title, setTitle] = useState<string>()
  usePageTitle(title || commitment?.title)
  const [revised, setRevised] = useState<Proposal>()
  const onTitle = useCallback((now: string) => setTitle(now), [])

  if (!commitment) {
    // A remembered plan may be older than the commitment.
    if (plan.isFetching) return <Waiting />
    if (plan.data || refusalCode(plan.error) === 'not_found') return <PageNotFound />
    if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
    return <Waiting />
  }
  const { documentId } = commitment
  memory.recall(queryKeys.document(documentId))
  const address = { to: '/plans/$slug/commitments/$number', params: { slug, number } } as const
  const toPlan = () => void navigate({ to: '/plans/$slug', params: { slug } })
  const onSearch = (next: HistorySearch, options?: { replace?: boolean }) =>
    void navigate({ ...address, search: next, replace: options?.replace ?? false, resetScroll: false })
  const showDrafts = (drafts: string | undefined) =>
    void navigate({ ...address, search: { ...search, drafts }, resetScroll: false })

  const showThreads = (threads: ThreadsSearch['threads']) =>
    void navigate({ ...address, search: threads ? { threads } : {}, replace: !!search.threads, resetScroll: false })

  const showProposals = (proposals: ProposalsSearch['proposals']) =>
    void navigate({
      ...address,
      search: { ...search, proposals },
      replace: search.proposals !== undefined,
      resetScroll: false,
    })

  const isGuest = memory.guestOf() !== undefined
  const farewell: Farewell = (kept, download) => (
    <Part failed={(error) => <PartFailure error={error} />}>
      <WorkshopOverNotice kept={kept} download={download} receipts="/recibo" onClosed={memory.workshopOver} />
    </Part>
  )

  return (
    <CommitmentPage
      key={documentId}
      documentId={documentId}
      number={commitment.number}
      dress={dress}
      covered={showsStage(search)}
      facts={(session, keys, editable) => (
        <Part failed={(error) => <PartFailure error={error} />}>
          <Facts session={session} keys={keys} editable={editable} />
        </Part>
      )}
      back={<BackToPlan slug={slug} />}
      tools={() => (
        <>
          <Part>
            <WhoButton
              isOn={search.who === 'on' || search.origin !== undefined}
              onToggle={() => {
                const isOn = search.who === 'on' || search.origin !== undefined
                onSearch({ ...search, origin: undefined, who: isOn ? undefined : 'on' })
              }}
            />
          </Part>
          <Part>
            <ReceiptTool documentId={documentId} />
          </Part>
          <Part>
            <ThreadsButton
              documentId={documentId}
              isOpen={search.threads !== undefined}
              onToggle={() => showThreads(search.threads ? undefined : 'open')}
            />
          </Part>
          <VersionsButton
            isOpen={search.versions === 'open'}
            onToggle={() => onSearch({ who: search.who, versions: search.versions === 'open' ? undefined : 'open' })}
          />
        </>
      )}
      notices={
        isGuest
          ? undefined
          : ({ session, document }) => (
              <Part>
                <Standing session={session} status={document.status} number={number} slug={slug} plan={plan.data} />
              </Part>
            )
      }
      beside={(open) => (
        <>
          {(search.versions === 'open' || showsStage(search)) && (
            <Part failed={(error) => <PartFailure error={error} onClose={() => onSearch({})} />}>
              <CommitmentPast {...{ open, search, onSearch, slug, isGuest }} />
            </Part>
          )}
          {!showsStage(search) && (
            <Part>
              <ThreadsPart
                session={open.session}
                slug={slug}
                planId={open.document.planId}
                template={ogpCommitment}
                editors={open.hub}
                shown={search.threads}
                onShow={showThreads}
              />
            </Part>
          )}
          {search.drafts && (
            <Part failed={(error) => <PartFailure error={error} onClose={() => showDrafts(undefined)} />}>
              <DraftsSheet
                documentId={documentId}
                template={ogpCommitment}
                drafts={search.drafts}
                onShow={showDrafts}
                onClose={() => showDrafts(undefined)}
              />
            </Part>
          )}
        </>
      )}
      drafts={
        <Part>
          <DraftsNotice documentId={documentId} onShow={showDrafts} />
        </Part>
      }
      draftLink={(draftId, words) => (
        <Button variant="default" onClick={() => showDrafts(draftId)}>
          {words}
        </Button>
      )}
      onVersions={() => onSearch({ ...search, versions: 'open' })}
      farewell={isGuest ? farewell : undefined}
      onSignIn={() => void navigate(toLogin(router.state.location.href))}
      failure={(error, retry, wasOpen) => {
        const code = refusalCode(error)
        if (code === 'signed_out' && isGuest) return farewell(undefined, null)
        if (code === 'signed_out') return <Navigate {...toLogin(router.state.location.href)} />
        if (code === 'not_found' && wasOpen) return <PageClosed />
        return code === 'not_found' ? <PageNotFound /> : <PageFailure error={error} onRetry={retry} />
      }}
      modeBar={(open, mode, mayPropose, onMode) => (
        <Part>
          <Proposing
            slug={slug}
            open={open}
            bar={{
              mode,
              mayPropose,
              list: search.proposals,
              onList: showProposals,
              onMode(next, proposal) {
                setRevised(proposal)
                onMode(next)
              },
            }}
          />
        </Part>
      )}
      proposing={(open, form, onDone) => (
        <Part>
          <Proposing slug={slug} open={open} form={{ revised, form, onDone }} />
        </Part>
      )}
      under={(field) => (
        <Part>
          <ReservedNotes documentId={documentId} field={field} />
        </Part>
      )}
      below={({ session }) => (
        <Part>
          <ReservedPart documentId={documentId} template={ogpCommitment} doc={session.doc} />
        </Part>
      )}
      onLeave={toPlan}
      onTitle={onTitle}
    />
  )
}

interface FactsProps {
  session: DocumentSession
  keys: readonly string[]
  editable: boolean
}

function Facts({ session, keys, editable }: FactsProps) {
  const people = useStore(session.people)
  return (
    <FactsForm
      facts={session.facts}
      template={ogpCommitment}
      keys={keys}
      readOnly={!editable}
      onSet={session.setFact}
      onFocusField={session.setField}
      people={people}
    />
  )
}
