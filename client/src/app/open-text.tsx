import type { Plan } from '@cabildo/protocol/http/api'
import type { Proposal } from '@cabildo/protocol/http/proposals'
import type { FieldKind, Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, useState } from 'react'
import { CommitmentPage } from '../features/editor/commitment-page.tsx'
import type { Farewell } from '../features/editor/ending-notice.tsx'
import type { KindDress } from '../features/editor/field.tsx'
import type { ProposalsSearch } from '../features/proposals/search.ts'
import type { ThreadsSearch } from '../features/threads/search.ts'
import { type HistorySearch, showsStage } from '../features/versions/search.ts'
import { firstLoad } from '../lib/first-load.ts'
import { queryKeys } from '../lib/query-keys.ts'
import { refusalCode } from '../lib/refusal.ts'
import { withWords } from '../locales/late.ts'
import type { DocumentSession } from '../sync/session.ts'
import { useStore } from '../sync/use-store.ts'
import { Part, PartFailure, partsOf } from '../ui/part.tsx'
import { BackToPlan, VersionsButton } from './document-tools.tsx'
import { PageClosed, PageFailure, PageNotFound } from './page-failure.tsx'
import { askAhead } from './text-data.ts'
import { toLogin } from './to-login.ts'

const FactsForm = lazy(
  firstLoad.after(
    withWords(['facts'], async () => ({ default: (await import('../features/facts/facts-form.tsx')).FactsForm })),
  ),
)
const TextPast = lazy(withWords(['comparing', 'versions'], () => import('./pages/text-past.tsx')))
const DraftsSheet = lazy(withWords(['comparing', 'drafts'], () => import('../features/drafts/drafts-sheet.tsx')))
const WorkshopOverNotice = lazy(
  withWords(['workshops'], async () => ({
    default: (await import('../features/workshops/over-notice.tsx')).OverNotice,
  })),
)

const beside = partsOf(
  withWords(
    ['approvals', 'dissent', 'drafts', 'imports', 'plans', 'proposals', 'receipts', 'threads'],
    async () => (await import('./pages/text-parts.ts')).textParts,
  ),
)
const DraftsNotice = beside('DraftsNotice')
const ImportTool = beside('ImportTool')
const Proposing = beside('Proposing')
const ReceiptTool = beside('ReceiptTool')
const ReservedNotes = beside('ReservedNotes')
const ReservedPart = beside('ReservedPart')
const Standing = beside('Standing')
const ThreadsButton = beside('ThreadsButton')
const ThreadsPart = beside('ThreadsPart')
const WhoButton = beside('WhoButton')

/** What the address of a text says beside which it is. */
export type TextSearch = HistorySearch & ThreadsSearch & ProposalsSearch & { drafts?: string | undefined }

interface OpenTextProps {
  slug: string
  documentId: string
  template: Template
  /** Number of the commitment; other texts have none, and a name instead. */
  number?: number | undefined
  name?: string | undefined
  plan: Plan | undefined
  /** Where the reader came from; the plan, unless said otherwise. */
  back?: React.ReactNode
  /** How special kinds of field are drawn. */
  dress: Partial<Record<FieldKind, KindDress>>
  search: TextSearch
  /** Goes to the same text under another address. */
  onGo: (search: TextSearch, options?: { replace?: boolean }) => void
  /** Draws what stands at the head of a section, and under a field. */
  lead?: ((section: string) => React.ReactNode) | undefined
  under?: ((field: string) => React.ReactNode) | undefined
  onTitle?: ((title: string) => void) | undefined
}

const signedIn = getRouteApi('/signed-in')

/** One text of a plan: the place where it meets its facts, its past and the drafts kept beside it. */
export function OpenText(props: OpenTextProps) {
  const { slug, documentId, template, number, name, plan, back, dress, search, onGo, lead, under, onTitle } = props
  const { memory } = signedIn.useRouteContext()
  const navigate = useNavigate()
  const router = useRouter()
  const client = useQueryClient()
  const [revised, setRevised] = useState<Proposal>()
  const [isSent, setSent] = useState(false)
  memory.recall(queryKeys.document(documentId))
  const toPlan = () => void navigate({ to: '/plans/$slug', params: { slug } })
  const onSearch = (next: HistorySearch, options?: { replace?: boolean }) => onGo(next, options)
  const showDrafts = (drafts: string | undefined) => onGo({ ...search, drafts })
  const showThreads = (threads: ThreadsSearch['threads']) =>
    onGo(threads ? { threads } : {}, { replace: search.threads !== undefined })
  const showProposals = (proposals: ProposalsSearch['proposals']) =>
    onGo({ ...search, proposals }, { replace: search.proposals !== undefined })

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
      template={template}
      number={number}
      name={name}
      dress={dress}
      covered={showsStage(search)}
      facts={(session, keys, editable) => (
        <Part failed={(error) => <PartFailure error={error} />}>
          <Facts session={session} template={template} keys={keys} editable={editable} />
        </Part>
      )}
      back={back ?? <BackToPlan slug={slug} />}
      onWritable={() => {
        askAhead(client, documentId)
        // Should they not come, they are asked for once more where they are drawn.
        return beside.fetch().catch(() => {})
      }}
      tools={(_, isWhole) => (
        <>
          {isWhole && (
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
            </>
          )}
          <VersionsButton
            isOpen={search.versions === 'open'}
            onToggle={() => onSearch({ who: search.who, versions: search.versions === 'open' ? undefined : 'open' })}
          />
        </>
      )}
      notices={
        isGuest || number === undefined
          ? undefined
          : ({ session, document }) => (
              <Part>
                <Standing session={session} status={document.status} number={String(number)} slug={slug} plan={plan} />
              </Part>
            )
      }
      beside={(open, isWhole) => (
        <>
          {(search.versions === 'open' || showsStage(search)) && (
            <Part failed={(error) => <PartFailure error={error} onClose={() => onSearch({})} />}>
              <TextPast {...{ open, template, search, onSearch, slug, isGuest }} />
            </Part>
          )}
          {isWhole && !showsStage(search) && (
            <Part>
              <ThreadsPart
                session={open.session}
                slug={slug}
                planId={open.document.planId}
                template={template}
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
                template={template}
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
        // It comes in one file with all that stands beside the text: this one says for all of them that they did not.
        <Part failed={(error) => <PartFailure error={error} />}>
          <Proposing
            slug={slug}
            open={open}
            bar={{
              mode,
              mayPropose,
              sent: isSent,
              list: search.proposals,
              onList: showProposals,
              onMode(next, proposal) {
                setRevised(proposal)
                setSent(false)
                onMode(next)
              },
            }}
          />
        </Part>
      )}
      proposing={(open, form, onDone) => (
        <Part failed={(error) => <PartFailure error={error} />}>
          <Proposing
            slug={slug}
            open={open}
            form={{
              revised,
              form,
              onDone() {
                setSent(true)
                onDone()
              },
            }}
          />
        </Part>
      )}
      lead={lead}
      under={(field) => (
        <>
          {under?.(field)}
          <Part>
            <ReservedNotes documentId={documentId} field={field} />
          </Part>
        </>
      )}
      below={({ session, document }) => (
        <>
          <Part>
            <ReservedPart documentId={documentId} template={template} doc={session.doc} />
          </Part>
          {document.may.edit && document.status === 'open' && !isGuest && (
            <Part>
              <ImportTool documentId={documentId} template={template} />
            </Part>
          )}
        </>
      )}
      onLeave={toPlan}
      onTitle={onTitle}
    />
  )
}

interface FactsProps {
  session: DocumentSession
  template: Template
  keys: readonly string[]
  editable: boolean
}

function Facts({ session, template, keys, editable }: FactsProps) {
  const people = useStore(session.people)
  return (
    <FactsForm
      facts={session.facts}
      template={template}
      keys={keys}
      readOnly={!editable}
      onSet={session.setFact}
      onFocusField={session.setField}
      people={people}
    />
  )
}
