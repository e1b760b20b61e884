import type { Version, VersionItem } from '@cabildo/protocol/http/api'
import type { Template } from '@cabildo/schema/templates/template'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CompareView } from './compare-view.tsx'
import { NameSheet } from './name-sheet.tsx'
import { RestoreSheet } from './restore-sheet.tsx'
import { type HistorySearch, historyView, showsStage } from './search.ts'
import { SinceView } from './since-view.tsx'
import { TimelineView } from './timeline-view.tsx'
import type { ProofLink } from './version-row.tsx'
import { VersionView } from './version-view.tsx'
import { type News, VersionsPanel } from './versions-panel.tsx'
import { WhoView, type Written } from './who-view.tsx'

interface DocumentHistoryProps {
  documentId: string
  template: Template
  may: { saveVersion: boolean; restore: boolean }
  /** Draws the way to a version's entry in the record; absent when the reader may not read that. */
  proofLink?: ProofLink | undefined
  /** Edits of this screen that are not stored yet. */
  pending?: number
  search: HistorySearch
  /** Goes to another view: a new entry of the browser's history, or with `replace` the same one. */
  onSearch: (next: HistorySearch, options?: { replace?: boolean }) => void
  /** Draws a text by who wrote it. `onPlay` plays the moment of an entry of the log in a field. */
  written: (
    onPlay: (seq: number | 'now', field: string) => void,
    version?: Pick<Version, 'seq' | 'content'>,
  ) => ReactNode
  /** Draws the text by the inputs that its words came from, those of one input first. */
  origins: (input: number | undefined) => ReactNode
  /** Draws the positions that were reserved on a field when a version was made. */
  reserved?: ((field: string, version: Pick<Version, 'createdAt'>) => ReactNode) | undefined
}

/**
 * The past of a document: the list of its versions beside the page, and in the place of the text whatever the search
 * asks for: a version, a comparison, a moment. Draws one or two children for a row (`display: flex`) whose first child
 * is the text; `showsStage` tells when that one should be hidden.
 */
export default function DocumentHistory({
  documentId,
  template,
  may,
  proofLink,
  pending = 0,
  search,
  onSearch,
  written,
  origins,
  reserved,
}: DocumentHistoryProps) {
  const { t } = useTranslation('versions')
  const roomy = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const [naming, setNaming] = useState(false)
  const [restoring, setRestoring] = useState<VersionItem>()
  const [news, setNews] = useState<News>()
  /** The entry whose moment is played when the timeline opens. */
  const [replayed, setReplayed] = useState<number>()
  const view = historyView(search)
  useKeptPlace(showsStage(search))
  const go = (next: HistorySearch, options?: { replace?: boolean }) => {
    // News are of the list they stand in; whoever goes on has read them.
    setNews(undefined)
    onSearch(next, options)
  }
  const listed = search.versions === 'open'

  const close = () => go({})
  /** Beside a view the list stays on desks; on a phone it would cover what was asked for. */
  const beside = listed && roomy ? ({ versions: 'open' } as const) : {}
  const toList = () => go({ ...search, versions: 'open' })
  const onList = listed && roomy ? undefined : toList
  const onOpen = (version: VersionItem) => go({ ...beside, v: version.id })
  const onChanges = (version: VersionItem) => go({ ...beside, v: version.id, with: 'previous' })
  const onCompare = (version: VersionItem) => go({ ...beside, v: version.id, with: 'head' })
  const onRestore = may.restore ? setRestoring : undefined
  const leave = () => go(beside)
  const byAuthor: Written = (version) =>
    written((seq, field) => {
      setReplayed(seq === 'now' ? undefined : seq)
      go({ ...beside, at: seq, field })
    }, version)
  const shared = { documentId, template, onList }

  return (
    <>
      {view.kind === 'version' && (
        <VersionView
          key={view.versionId}
          {...shared}
          versionId={view.versionId}
          onClose={leave}
          onChanges={onChanges}
          onCompare={onCompare}
          onRestore={onRestore}
          who={search.who === 'on'}
          onWho={(who) => go({ ...search, who: who ? 'on' : undefined }, { replace: true })}
          written={byAuthor}
          reserved={reserved}
          proofLink={proofLink}
        />
      )}
      {(view.kind === 'who' || view.kind === 'origins') && (
        <WhoView
          shown={view.kind}
          onShow={(shown) =>
            go({ ...beside, ...(shown === 'who' ? { who: 'on' } : { origin: 'on' }) }, { replace: true })
          }
          onClose={leave}
          onList={onList}
        >
          {view.kind === 'who' ? byAuthor() : origins(view.input)}
        </WhoView>
      )}
      {view.kind === 'compare' && (
        <CompareView
          {...shared}
          versionId={view.versionId}
          other={view.other}
          onClose={leave}
          onPick={(pair) => go({ ...beside, ...pair }, { replace: true })}
        />
      )}
      {view.kind === 'moment' && (
        <TimelineView
          {...shared}
          start={view.seq}
          replay={replayed}
          onReplayed={() => setReplayed(undefined)}
          field={search.field}
          onField={(field) => go({ ...search, field }, { replace: true })}
          onClose={leave}
          onMoment={(seq) => {
            if (seq !== view.seq) go({ ...search, at: seq }, { replace: true })
          }}
          onSince={(seq) => go({ ...beside, at: seq, with: 'head' })}
          onOpen={onOpen}
          onRestore={onRestore}
        />
      )}
      {view.kind === 'since' && (
        <SinceView
          documentId={documentId}
          template={template}
          seq={view.seq}
          onBack={() => go({ ...beside, at: view.seq })}
        />
      )}
      {listed && (
        <VersionsPanel
          documentId={documentId}
          shown={search.v}
          news={news}
          onClose={() => (view.kind === 'list' ? close() : go({ ...search, versions: undefined }))}
          onTimeline={() => go({ ...beside, at: 'now' })}
          onName={may.saveVersion ? () => setNaming(true) : undefined}
          onOpen={onOpen}
          onChanges={onChanges}
          onCompare={onCompare}
          onRestore={onRestore}
          proofLink={proofLink}
        />
      )}
      {naming && (
        <NameSheet
          documentId={documentId}
          pending={pending}
          onClose={() => setNaming(false)}
          onNamed={(version) => {
            setNaming(false)
            setNews({ words: t('name.done', { number: version.number }) })
          }}
        />
      )}
      {restoring && (
        <RestoreSheet
          documentId={documentId}
          version={restoring}
          onClose={() => setRestoring(undefined)}
          onRestored={(version) => {
            setRestoring(undefined)
            onSearch({ versions: 'open' })
            setNews({ words: t('restore.done', { number: version.number }) })
          }}
        />
      )}
    </>
  )
}

/** Remembers how far down the text was when a stage took its place, and goes back there when the text is back. */
function useKeptPlace(staged: boolean): void {
  // Read before the text is hidden: afterwards the page is another one, and may be shorter.
  const [kept, setKept] = useState(() => ({ staged, height: window.scrollY }))
  if (kept.staged !== staged) setKept({ staged, height: staged ? window.scrollY : kept.height })
  const { height } = kept
  useEffect(() => {
    if (!staged) return
    return () => window.scrollTo({ top: height })
  }, [staged, height])
}
