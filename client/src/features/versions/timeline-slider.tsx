import type { HistoryRun, VersionItem } from '@cabildo/protocol/http/api'
import type { TimelineMark } from '@cabildo/protocol/http/authorship'
import { ActionIcon } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react'
import { type KeyboardEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { momentWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { initialsOf, sectorMarks } from '../../ui/sectors.ts'
import { MarkShape } from './mark-shape.tsx'
import { useMarkWords } from './mark-words.ts'
import { bands, keyStride, markKey, marksAt, places, share } from './timeline-model.ts'
import classes from './timeline-slider.module.css'

interface TimelineSliderProps {
  seq: number
  head: number
  runs: readonly HistoryRun[]
  versions: readonly VersionItem[]
  /** What has a name on the log, in its order. */
  marks: readonly TimelineMark[]
  /** The run that holds `seq`, when it is known. */
  run: HistoryRun | undefined
  /** The instant of `seq`, when it is known; null before the first entry. */
  at: string | null | undefined
  playing: boolean
  onMove: (seq: number) => void
  onRun: (direction: 1 | -1) => void
  onMark: (direction: 1 | -1) => void
  onPlay: () => void
}

/**
 * The log of a document as a slider. Arrow keys go from one person's stretch to the next, page keys from version or
 * mark to the next; the buttons do the same for those without keys. The band shows who wrote each stretch by hue, pattern
 * and initials; the table above it says the same in words. Each kind of mark has a shape above the band, which the list
 * above repeats beside its words; where the slider stands, its marks are told in words here too.
 */
export function TimelineSlider(props: TimelineSliderProps) {
  const { seq, head, runs, versions, marks, run, at, playing, onMove, onRun, onMark, onPlay } = props
  const { t } = useTranslation('versions')
  const language = useLanguage()
  const nameOf = usePersonWords()
  const wordsOf = useMarkWords()
  const drawn = useMemo(() => bands(runs, head), [runs, head])
  const roomy = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const ticks = useMemo(
    () => places(versions, (version) => version.seq, head, roomy ? 1 / 50 : 1 / 14),
    [versions, head, roomy],
  )
  const shown = useMemo(() => marks.filter(({ kind }) => kind !== 'version'), [marks])
  const shapes = useMemo(() => places(shown, (mark) => mark.toSeq, head, roomy ? 1 / 24 : 1 / 6), [shown, head, roomy])
  const here = marksAt(marks, seq).map(wordsOf)
  const when = at ?? run?.endedAt
  const place = t('timeline.place', { seq, head })
  const typist =
    run?.typedBy && t(run.via === 'proposal' ? 'acceptedBy' : 'typedBy', { name: nameOf(run.typedBy, true) })
  const told = [run && nameOf(run.author), typist, when && momentWords(when, language), place, ...here]
    .filter(Boolean)
    .join(', ')

  const moveByKey = (event: KeyboardEvent) => {
    const stride = keyStride(event.key)
    if (!stride || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (stride.by === 'run') onRun(stride.direction)
    else onMark(stride.direction)
  }

  return (
    <div className={classes.slider}>
      <div className={classes.who}>
        {run && <PersonBadge person={run.author} size="sm" silent />}
        <p className={classes.words}>
          {run && (
            <strong>
              {nameOf(run.author)}
              {typist && ` (${typist})`}
              {run.via !== 'edit' && ` (${t(`via.${run.via}`)})`}
            </strong>
          )}
          <span>{[when && momentWords(when, language), place].filter(Boolean).join(' · ')}</span>
          {here.length > 0 && <span>{here.join(' · ')}</span>}
        </p>
      </div>
      <div className={classes.line} data-marked={shown.length > 0 || undefined}>
        <div className={classes.lane} aria-hidden>
          {shown.map((mark) => (
            <span
              key={markKey(mark)}
              className={classes.reach}
              style={{
                left: `${share(mark.fromSeq - 1, head) * 100}%`,
                right: `${(1 - share(mark.toSeq, head)) * 100}%`,
              }}
            />
          ))}
          {shapes.map(({ at, items }) => (
            <span key={at} className={classes.shapes} style={{ left: `${at * 100}%` }}>
              {[...new Set(items.map(({ kind }) => kind))].map((kind) => (
                <MarkShape key={kind} kind={kind} />
              ))}
            </span>
          ))}
        </div>
        <div className={classes.band} aria-hidden>
          {drawn.map((band) => {
            const sector = band.author.group?.sector
            return (
              <span
                key={band.from}
                className={classes.stretch}
                data-sector={sector ?? 'none'}
                data-line={sector ? sectorMarks[sector].line : 'thin'}
                style={{ left: `${band.from * 100}%`, width: `${(band.to - band.from) * 100}%` }}
              >
                {band.to - band.from > 0.08 && <span>{initialsOf(band.author)}</span>}
              </span>
            )
          })}
        </div>
        <input
          type="range"
          className={classes.range}
          min={Math.min(1, head)}
          max={head}
          value={seq}
          aria-label={t('timeline.label')}
          aria-valuetext={told}
          aria-describedby="timeline-keys"
          onChange={(event) => onMove(event.currentTarget.valueAsNumber)}
          onKeyDown={moveByKey}
        />
        <div className={classes.ticks} aria-hidden>
          {ticks.map((tick) => (
            <span key={tick.at} className={classes.tick} style={{ left: `${tick.at * 100}%` }}>
              {tick.items.length === 1
                ? tick.items[0]?.number
                : `${tick.items[0]?.number}–${tick.items.at(-1)?.number}`}
            </span>
          ))}
        </div>
        <span id="timeline-keys" className="cb-hidden">
          {t('timeline.keys')}
        </span>
      </div>
      <div className={classes.buttons}>
        <ActionIcon variant="default" aria-label={t('timeline.markBefore')} onClick={() => onMark(-1)}>
          <IconPlayerSkipBack aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('timeline.runBefore')} onClick={() => onRun(-1)}>
          <IconChevronLeft aria-hidden />
        </ActionIcon>
        <ActionIcon variant="filled" aria-label={t(playing ? 'timeline.pause' : 'timeline.play')} onClick={onPlay}>
          {playing ? <IconPlayerPause aria-hidden /> : <IconPlayerPlay aria-hidden />}
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('timeline.runAfter')} onClick={() => onRun(1)}>
          <IconChevronRight aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('timeline.markAfter')} onClick={() => onMark(1)}>
          <IconPlayerSkipForward aria-hidden />
        </ActionIcon>
      </div>
    </div>
  )
}
