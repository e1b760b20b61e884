import type { VersionItem } from '@cabildo/protocol/http/api'
import type { TimelineMark } from '@cabildo/protocol/http/authorship'
import type { JsonNode } from '@cabildo/schema/content'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useDebouncedValue, useMediaQuery, useReducedMotion } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { authorshipQuery } from '../../lib/authorship-query.ts'
import { freshBlocks } from '../../reading/blocks.ts'
import { ContentView } from '../../reading/content-view.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { headQuery, timelineMarksQuery, useHistory, useMoment, useVersions } from './api.ts'
import { FieldChoice } from './field-choice.tsx'
import { MarksList } from './marks-list.tsx'
import { ReadingSkeleton } from './reading-skeleton.tsx'
import { RunsTable } from './runs-table.tsx'
import { Stage } from './stage.tsx'
import { markStops, runAt, runStops, runsOfField, step } from './timeline-model.ts'
import { TimelineSlider } from './timeline-slider.tsx'
import classes from './timeline-view.module.css'
import { useVersionWords } from './version-words.ts'

interface TimelineViewProps {
  documentId: string
  /** Where to begin. */
  start: number | 'now'
  template: Template
  /** The one field whose writing is shown; without it the whole text's. */
  field?: string | undefined
  onField: (field: string | undefined) => void
  /** Shows the text before the stretch that holds this entry, then with it; told when that is done. */
  replay?: number | undefined
  onReplayed: () => void
  /** Told when the slider rests, to keep the address true. */
  onMoment: (seq: number | 'now') => void
  onClose: () => void
  onList?: (() => void) | undefined
  onSince: (seq: number) => void
  onOpen: (version: VersionItem) => void
  onRestore?: ((version: VersionItem) => void) | undefined
}

/** A pull at the slider asks the server only when it rests this long. */
const restMs = 150
/** How long each step stays when the writing is played. */
const playMs = 1200

/** How the text was written: the document at any moment of its log, with who wrote then, stepped through or played. */
export function TimelineView(props: TimelineViewProps) {
  const { documentId, onClose, onList } = props
  const { t } = useTranslation('versions')
  const { data: document, error, refetch } = useQuery(headQuery(documentId))
  if (document) return <Timeline {...props} knownHead={document.headSeq} />
  return (
    <Stage title={t('timeline.title')} onClose={onClose} onList={onList}>
      {error ? (
        <NotLoaded error={error} urgent onRetry={() => void refetch()} />
      ) : (
        <ReadingSkeleton onLeave={onClose} />
      )}
    </Stage>
  )
}

function Timeline(props: TimelineViewProps & { knownHead: number }) {
  const { documentId, start, knownHead, template, field, onMoment, onClose, onList, onSince, onOpen, onRestore } = props
  const { replay, onReplayed } = props
  const { t } = useTranslation('versions')
  const nameOf = useVersionWords()
  const history = useHistory(documentId)
  const { items: versions } = useVersions(documentId)
  const [wanted, setWanted] = useState(start)
  const [playing, setPlaying] = useState(false)

  const head = Math.max(knownHead, history.runs.at(-1)?.toSeq ?? 0)
  const seq = wanted === 'now' ? head : Math.min(wanted, head)
  const written = useQuery({ ...authorshipQuery(documentId, undefined), enabled: field !== undefined })
  const ofField = field === undefined ? undefined : written.data?.fields[field]
  const runs = useMemo(() => (ofField ? runsOfField(history.runs, ofField) : history.runs), [history.runs, ofField])
  const marks = useQuery(timelineMarksQuery(documentId)).data?.items ?? noMarks
  const stops = useMemo(() => runStops(runs, head), [runs, head])
  const [rested] = useDebouncedValue(seq, restMs)
  const moment = useMoment(documentId, rested)
  // The contract knows the fields as loose objects; what the server sends in them is ProseMirror's JSON.
  const fresh = useFresh(moment.data?.content.fields as Fields | undefined)
  const body = useRef<HTMLDivElement>(null)
  const roomy = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const still = useReducedMotion(false, { getInitialValueInEffect: false })

  const go = (next: number) => setWanted(next >= head ? 'now' : next)
  const moveByHand = (next: number) => {
    setPlaying(false)
    onReplayed()
    go(next)
  }

  // Telling the address is not worth a drawing of its own: it follows the slider when it rests.
  const tell = useRef(onMoment)
  tell.current = onMoment
  useEffect(() => {
    tell.current(rested >= head ? 'now' : rested)
  }, [rested, head])

  const settled = moment.data?.seq === seq && !moment.isFetching
  // The stretch of one entry: what stood before it, and a moment later what it brought.
  const replayed = replay === undefined ? undefined : runAt(history.runs, replay)
  const isKnown = replayed !== undefined && replay !== undefined && replayed.toSeq >= replay
  const [from, to] = isKnown ? [replayed.fromSeq - 1, replayed.toSeq] : []
  const done = useRef(onReplayed)
  done.current = onReplayed
  useEffect(() => {
    if (from === undefined || to === undefined) return
    if (seq !== from) return setWanted(from)
    if (!settled) return
    const timer = setTimeout(() => {
      setWanted(to >= head ? 'now' : to)
      done.current()
    }, playMs)
    return () => clearTimeout(timer)
  }, [from, to, seq, settled, head])

  useEffect(() => {
    if (!playing || !settled) return
    const next = step(stops, seq, 1)
    if (next === seq) return setPlaying(false)
    const timer = setTimeout(() => setWanted(next >= head ? 'now' : next), playMs)
    return () => clearTimeout(timer)
  }, [playing, settled, stops, head, seq])

  useEffect(() => {
    // On desks only while playing: whoever reads must not be moved. A phone shows so little of the text that a step
    // would seem to change nothing.
    if (fresh.size === 0 || (roomy && !playing)) return
    const target = body.current?.querySelector<HTMLElement>('[data-fresh]')
    target?.scrollIntoView({
      // What is higher than a third of the window is read from its beginning: the slider covers the lower part.
      block: target.offsetHeight > window.innerHeight / 3 ? 'start' : 'center',
      behavior: still ? 'instant' : 'smooth',
    })
  }, [playing, fresh, roomy, still])

  const play = () => {
    if (!playing && seq >= head) go(stops[0] ?? head)
    setPlaying(!playing)
  }

  const here = versions.filter((version) => version.seq === seq)
  const error = history.error ?? moment.error

  return (
    <Stage
      title={t('timeline.title')}
      onClose={onClose}
      onList={onList}
      footer={
        <TimelineSlider
          seq={seq}
          head={head}
          runs={runs}
          versions={versions}
          marks={marks}
          run={runAt(history.runs, seq)}
          at={moment.data?.seq === seq ? moment.data.at : undefined}
          playing={playing}
          onMove={moveByHand}
          onRun={(direction) => moveByHand(step(stops, seq, direction))}
          onMark={(direction) => moveByHand(step(markStops(versions, marks, head), seq, direction))}
          onPlay={play}
        />
      }
    >
      {error && (
        <NotLoaded error={error} urgent onRetry={() => void Promise.all([history.refetch(), moment.refetch()])} />
      )}
      <FieldChoice template={template} field={field} onField={props.onField} />
      <MarksList marks={marks} seq={seq} onGo={moveByHand} />
      <div className={classes.here}>
        {here.map((version) => (
          <p key={version.id} className={classes.version}>
            <span>{t('timeline.isVersion', { name: nameOf(version).full })}</span>
            <Button variant="default" onClick={() => onOpen(version)}>
              {t('action.open')}
            </Button>
            {onRestore && (
              <Button variant="default" onClick={() => onRestore(version)}>
                {t('action.restore')}
              </Button>
            )}
          </p>
        ))}
        {seq < head && (
          <Button variant="default" onClick={() => onSince(seq)}>
            {t('timeline.since')}
          </Button>
        )}
      </div>
      <RunsTable runs={runs} complete={history.complete} counted={field === undefined} seq={seq} onGo={moveByHand} />
      <div ref={body} className={classes.text} aria-busy={!settled}>
        {moment.data ? (
          <ContentView content={moment.data.content} template={template} under={1} fresh={fresh} only={field} />
        ) : (
          !error && <ReadingSkeleton onLeave={onClose} />
        )}
      </div>
    </Stage>
  )
}

/** While they are not known. */
const noMarks: readonly TimelineMark[] = []

type Fields = Readonly<Record<string, JsonNode>>
const none: ReadonlySet<string> = new Set()

/** What the picture on the screen has that the picture before it had not. Nothing is fresh in the first. */
function useFresh(fields: Fields | undefined): ReadonlySet<string> {
  const [pictures, setPictures] = useState<{ shown: Fields | undefined; fresh: ReadonlySet<string> }>({
    shown: undefined,
    fresh: none,
  })
  if (fields && fields !== pictures.shown) {
    const fresh = pictures.shown ? freshBlocks(pictures.shown, fields) : none
    setPictures({ shown: fields, fresh })
    return fresh
  }
  return pictures.fresh
}
