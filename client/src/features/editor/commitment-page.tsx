import type { DocumentOpening } from '@cabildo/protocol/http/api'
import type { FieldKind, Template } from '@cabildo/schema/templates/template'
import { useQuery } from '@tanstack/react-query'
import { lazy, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstLoad } from '../../lib/first-load.ts'
import { planLanguage } from '../../lib/language.ts'
import { withWords } from '../../locales/late.ts'
import type { Behalf, DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { Part } from '../../ui/part.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { openingQuery } from './api.ts'
import { endsBehalf } from './behalf-end.ts'
import type { BehalfEnd } from './behalf-part.tsx'
import classes from './commitment-page.module.css'
import { DocumentForm } from './document-form.tsx'
import { EndingNotice, type Farewell, isAgain } from './ending-notice.tsx'
import type { KindDress } from './field.tsx'
import { editorId, type Workbench } from './field-editor.tsx'
import { createHub, type EditorHub } from './hub.ts'
import { type DraftLink, RecoveredNotices, type Reopened, ReopenedNotice, RestoredNotice } from './kept-notices.tsx'
import { PeopleBar } from './people-bar.tsx'
import { SaveState } from './save-state.tsx'
import { useDocumentSession } from './use-document-session.ts'
import { type Mode, useMode } from './use-mode.ts'
import { useTitle } from './use-title.ts'

const BehalfBegin = lazy(withWords(['behalf'], () => import('./behalf-part.tsx')))
const BehalfNews = lazy(
  withWords(['behalf'], async () => ({ default: (await import('./behalf-part.tsx')).BehalfNews })),
)

/** The form over a copy of the open document; `extra` is what the editors of the copy do beside. */
type CopyForm = (copy: DocumentSession, extra: Workbench['extra']) => React.ReactNode

/** What the pages around an open document are given. */
export interface OpenDocument {
  session: DocumentSession
  document: DocumentOpening
  /** The editors of its fields. */
  hub: EditorHub
}

export interface CommitmentPageProps {
  documentId: string
  /** The form it is written with. */
  template: Template
  /** Number of the commitment in its plan; other texts have none. */
  number?: number | undefined
  /** What it is called, where its form has no title. */
  name?: string | undefined
  /** How special kinds of field are drawn; see `features/milestones`. */
  dress: Partial<Record<FieldKind, KindDress>>
  /** The facts of one section. */
  facts: (session: DocumentSession, keys: readonly string[], editable: boolean) => React.ReactNode
  /** Where the reader came from; stands first in the bar. */
  back?: React.ReactNode
  /** One can write: fetches what is no part of the first load, and answers once that is there or could not be fetched. */
  onWritable?: (() => Promise<void>) | undefined
  /** Buttons at the end of the bar: the versions, … `isWhole`: what `onWritable` fetches was fetched. */
  tools?: ((open: OpenDocument, isWhole: boolean) => React.ReactNode) | undefined
  /** What the reader should know before writing: where the commitment stands, … Fetched after the text. */
  notices?: ((open: OpenDocument) => React.ReactNode) | undefined
  /** What stands beside the text or in its place: a panel, an old version. */
  beside?: ((open: OpenDocument, isWhole: boolean) => React.ReactNode) | undefined
  /** The text gives its place to what stands beside it; it stays open. */
  covered?: boolean
  /** The reader's kept drafts, told beside the text and fetched after it. Not drawn while a draft that was just made is told. */
  drafts?: React.ReactNode
  draftLink: DraftLink
  /** Opens the list of versions. */
  onVersions?: (() => void) | undefined
  onSignIn: () => void
  /** For guests, who have nothing to sign in with. */
  farewell?: Farewell | undefined
  /** Draws a document that cannot be opened; `wasOpen`: that was open here until now. */
  failure: (error: unknown, retry: () => void, wasOpen: boolean) => React.ReactNode
  /** Draws, above the text, the choice of how to be in it; `mayPropose`: on a copy, too. */
  modeBar?:
    | ((open: OpenDocument, mode: Mode, mayPropose: boolean, onMode: (mode: Mode) => void) => React.ReactNode)
    | undefined
  /** Draws the text to write a proposal on, with the form over a copy of it. */
  proposing?: ((open: OpenDocument, form: CopyForm, onDone: () => void) => React.ReactNode) | undefined
  /** Draws what stands at the head of a section, by its id. */
  lead?: ((section: string) => React.ReactNode) | undefined
  /** Draws what stands under a field of the text, and under all of it. */
  under?: ((field: string) => React.ReactNode) | undefined
  below?: ((open: OpenDocument) => React.ReactNode) | undefined
  /** A way out of a long wait. */
  onLeave: () => void
  /** Hears the title whenever it changes, for the browser's tab. */
  onTitle?: ((title: string) => void) | undefined
}

/** One text of a plan, a commitment or another, open for writing together: its bar, its text, and whatever the app puts beside it. */
export function CommitmentPage(props: CommitmentPageProps) {
  const { documentId, failure, onLeave } = props
  const [opening, setOpening] = useState(1)
  const [reopened, setReopened] = useState<Reopened>()
  const query = useQuery({
    ...openingQuery(documentId, opening),
    // A reader who comes back may have been given the right to write meanwhile; a writer hears of a change at once.
    refetchOnWindowFocus: ({ state }) => (state.data && !state.data.may.edit ? 'always' : false),
  })
  const document = query.data
  const [behalf, setBehalf] = useState<Behalf>()
  const [behalfEnd, setBehalfEnd] = useState<BehalfEnd>()
  const session = useDocumentSession(document, opening, behalf)

  if (!document && query.error) return failure(query.error, () => void query.refetch(), reopened !== undefined)
  if (!document || !session) return <Opening onLeave={onLeave} />
  return (
    <Opened
      {...props}
      // Editors are bound to their session's text.
      key={session.doc.clientID}
      document={document}
      session={session}
      reopened={reopened}
      onDismiss={() => setReopened(undefined)}
      behalfEnd={behalfEnd}
      onBehalfEndSeen={() => setBehalfEnd(undefined)}
      onBehalf={(next) => {
        setBehalfEnd(next ? undefined : { of: session.behalf, wanted: true })
        setBehalf(next)
      }}
      onAgain={(news) => {
        // The right to type for somebody has ended; one's own may go on. Whatever else happened ends nothing of it.
        const hasEnded = session.behalf && endsBehalf(news.reason)
        if (hasEnded) {
          setBehalfEnd({ of: session.behalf, wanted: false })
          setBehalf(undefined)
        }
        setReopened(hasEnded && !news.draftId ? undefined : news)
        setOpening((before) => before + 1)
      }}
    />
  )
}

interface OpenedProps extends CommitmentPageProps, Omit<OpenDocument, 'hub'> {
  reopened: Reopened | undefined
  /** For whom typing has just ended, and whether that was asked for. */
  behalfEnd: BehalfEnd | undefined
  onBehalfEndSeen: () => void
  onBehalf: (behalf: Behalf | undefined) => void
  onDismiss: () => void
  onAgain: (news: Reopened) => void
}

function Opened(props: OpenedProps) {
  const {
    document,
    session,
    template,
    number,
    name,
    dress,
    facts,
    back,
    tools,
    notices,
    beside,
    covered = false,
    drafts,
    draftLink,
  } = props
  const { reopened, behalfEnd, onBehalfEndSeen, onBehalf, onDismiss, onAgain } = props
  const { onWritable, onSignIn, farewell, onLeave, onTitle, onVersions, modeBar, proposing, lead, under, below } = props
  const { t } = useTranslation('editor')
  const ready = useStore(session.ready)
  const ending = useStore(session.ending)
  const recovered = useStore(session.recovered)
  const ownTitle = useTitle(session.doc)
  const title = name ?? ownTitle
  const titleLanguage = name === undefined && ownTitle ? planLanguage : undefined
  const [hub] = useState(() => createFormHub(template))
  // What is said beside the text and drawn over it is not said of a copy.
  const [copyHub] = useState(() => createFormHub(template, false))
  const open = { session, document, hub }

  // What is typed between asking to end and the end would still be theirs: nothing can be, meanwhile.
  const [isBehalfEnding, setBehalfEnding] = useState(false)
  const isWritable = session.canEdit && ending === null && !isBehalfEnding

  const { mode, setMode, mayPropose } = useMode(session, document)
  const isProposing = mode === 'propose' && mayPropose
  // What is no part of the first load is fetched while the browser paints the text, and drawn as soon as it is there: the
  // fields out of sight have their turns meanwhile.
  const [isWhole, setWhole] = useState(false)
  const fetchRest = useRef(onWritable)
  fetchRest.current = onWritable
  useEffect(() => {
    if (!ready) return undefined
    let isGone = false
    const painting = setTimeout(async () => {
      // Behind the form of facts, which waits already: one writes there.
      const rest = firstLoad.after(async () => fetchRest.current?.())()
      const next = Promise.race([rest, pause(longestWait)])
      firstLoad.end(next)
      await next
      if (!isGone) setWhole(true)
    })
    return () => {
      isGone = true
      clearTimeout(painting)
      firstLoad.end()
    }
  }, [ready])

  useEffect(() => {
    if (!ready || !isWritable) return undefined
    let end: (() => void) | undefined
    let isGone = false
    const fetchRehearsal = firstLoad.last(() => import('./rehearsal.ts'))
    // Without it the first letters are a little slower.
    fetchRehearsal().then(
      ({ rehearse }) => {
        if (!isGone) end = rehearse()
      },
      () => {},
    )
    return () => {
      isGone = true
      end?.()
    }
  }, [ready, isWritable])

  useEffect(() => {
    if (isAgain(ending)) onAgain(ending)
  }, [ending, onAgain])
  useEffect(() => {
    if (ready) onTitle?.(title)
  }, [ready, title, onTitle])

  const goTo = (field: string) => {
    const target =
      window.document.getElementById(editorId(field)) ??
      window.document.querySelector(`[data-fact="${CSS.escape(field)}"]`)
    target?.scrollIntoView({ block: 'center' })
    if (target instanceof HTMLElement) target.focus({ preventScroll: true })
  }

  return (
    <div data-wide className={classes.page}>
      <div className={classes.column} hidden={covered}>
        <div className={classes.bar}>
          {back}
          <div className={classes.name}>
            <p className={classes.title}>
              {number !== undefined && (
                <span className={classes.number}>
                  <span className={classes.whole}>{t('form.number', { number })}</span>
                  <span className={classes.brief}>{t('form.briefNumber', { number })}</span>
                </span>
              )}
              <span className={classes.words} lang={titleLanguage}>
                {title}
              </span>
            </p>
            <SaveState status={session.status} canEdit={session.canEdit} isProposing={isProposing} />
          </div>
          <div className={classes.right}>
            <PeopleBar people={session.people} nameOf={(one) => labelOf(template, one)} onGo={goTo} />
            {tools?.(open, isWhole)}
          </div>
        </div>
        <div className={classes.text}>
          <h1 className="cb-hidden" lang={titleLanguage}>
            {title || t('form.untitled')}
          </h1>
          {/* Seen wherever in the text the reader is: it changed under their eyes. */}
          <div className={classes.news}>
            {(session.behalf || behalfEnd?.wanted === false) && ready && (
              <Part>
                <BehalfNews
                  session={session}
                  end={behalfEnd}
                  isEnding={isBehalfEnding}
                  onEnding={setBehalfEnding}
                  onEnd={() => onBehalf(undefined)}
                  onSeen={onBehalfEndSeen}
                />
              </Part>
            )}
            <RestoredNotice session={session} onVersions={onVersions} />
            {farewell && ending?.kind === 'signIn' && (
              <EndingNotice session={session} onSignIn={onSignIn} farewell={farewell} />
            )}
          </div>
          <div className={classes.notices}>
            {reopened && <ReopenedNotice reopened={reopened} draftLink={draftLink} onDismiss={onDismiss} />}
            {number !== undefined && !session.behalf && document.may.writeFor && ready && ending === null && (
              <Part>
                <BehalfBegin
                  session={session}
                  planId={document.planId}
                  number={number}
                  end={behalfEnd}
                  onBegin={onBehalf}
                />
              </Part>
            )}
            {notices && <div style={{ minHeight: 48 }}>{isWhole && notices(open)}</div>}
            <RecoveredNotices session={session} draftLink={draftLink} />
            {isWhole && !reopened?.draftId && recovered.length === 0 && drafts}
            {!(farewell && ending?.kind === 'signIn') && <EndingNotice session={session} onSignIn={onSignIn} />}
            {!session.canEdit && mode !== 'propose' && reopened?.reason !== 'frozen' && (
              <Notice
                tone="info"
                // What one may do was asked for at the opening: whom it is taken from meanwhile is told no more than that.
                what={t(
                  document.status !== 'open'
                    ? 'form.frozen'
                    : mayPropose && !document.may.edit
                      ? 'form.mayPropose'
                      : 'form.readOnly',
                )}
              />
            )}
          </div>
          {ready ? (
            <>
              <div className={classes.modes}>{isWhole && modeBar?.(open, mode, mayPropose, setMode)}</div>
              {isProposing && proposing ? (
                proposing(
                  open,
                  (copy, extra) => (
                    <DocumentForm
                      key={copy.doc.clientID}
                      template={template}
                      session={copy}
                      hub={copyHub}
                      editable
                      dress={dress}
                      facts={facts}
                      lead={lead}
                      extra={extra}
                    />
                  ),
                  () => setMode(undefined),
                )
              ) : (
                <DocumentForm
                  template={template}
                  session={session}
                  hub={hub}
                  editable={isWritable && mode === 'edit'}
                  dress={dress}
                  facts={facts}
                  lead={lead}
                  under={isWhole ? under : undefined}
                />
              )}
              {isWhole && below?.(open)}
            </>
          ) : (
            <NotHere session={session} onLeave={onLeave} />
          )}
        </div>
      </div>
      {beside?.(open, isWhole)}
    </div>
  )
}

/** What needs nothing of what is fetched does not wait for it longer than this. Milliseconds. */
const longestWait = 3000
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

const createFormHub = ({ fields }: Template, comments = true): EditorHub =>
  createHub(
    fields.map(({ name }) => name),
    comments,
  )

/** The text is neither on this device nor come from the server yet. */
function NotHere({ session, onLeave }: { session: DocumentSession; onLeave: () => void }) {
  const { t } = useTranslation('editor')
  const state = useStore(session.status, (status) => status.state)
  if (state === 'offline') return <Notice tone="care" what={t('form.firstTime')} />
  return state === 'final' ? null : <Waiting skeleton={<Skeleton />} onLeave={onLeave} />
}

function Opening({ onLeave }: { onLeave: () => void }) {
  return (
    <div data-wide className={classes.page}>
      <div className={classes.column}>
        <div className={classes.text}>
          <Waiting skeleton={<Skeleton />} onLeave={onLeave} />
        </div>
      </div>
    </div>
  )
}

function Skeleton() {
  return (
    <div className={classes.skeleton}>
      <Bone width="70%" height="2.5rem" />
      <Bone height="6rem" radius="0.625rem" />
      <Bone width="40%" height="1.5rem" />
      <Bone height="9rem" radius="0.625rem" />
      <Bone width="50%" height="1.5rem" />
      <Bone height="9rem" radius="0.625rem" />
    </div>
  )
}

/** What a field or a fact is called. */
const labelOf = ({ fields, facts }: Template, name: string) =>
  (fields.find((field) => field.name === name) ?? facts.find(({ key }) => key === name))?.label
