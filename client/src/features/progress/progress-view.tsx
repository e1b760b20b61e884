import type { MilestoneReport, Progress } from '@cabildo/protocol/http/progress'
import { dayInWords } from '@cabildo/schema/milestone-words'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { AssessSheet } from './assess-sheet.tsx'
import classes from './progress.module.css'
import { ReportSheet } from './report-sheet.tsx'

type Milestone = Progress['milestones'][number]
type Open = { kind: 'report'; milestone: Milestone } | { kind: 'assess' }

/** What became of an approved commitment: how far it is completed, and each milestone with what was reported of it. */
export function ProgressView({ documentId, progress }: { documentId: string; progress: Progress }) {
  const { t } = useTranslation('progress')
  const [open, setOpen] = useState<Open>()
  const { version, milestones, earlier, may } = progress
  const close = () => setOpen(undefined)
  if (!version) return <p>{t('none')}</p>
  return (
    <>
      <Completed progress={progress} onAssess={() => setOpen({ kind: 'assess' })} />
      <section className={classes.part} aria-labelledby="milestones">
        <h2 id="milestones">{t('milestones', { number: version.number })}</h2>
        {milestones.length === 0 && <p>{t('noMilestones')}</p>}
        <ol className={classes.list}>
          {milestones.map((milestone) => (
            <MilestoneCard
              key={milestone.number}
              milestone={milestone}
              {...(may.report && { onReport: () => setOpen({ kind: 'report', milestone }) })}
            />
          ))}
        </ol>
      </section>
      {earlier.length > 0 && (
        <section className={classes.part} aria-labelledby="earlier">
          <h2 id="earlier">{t('earlier')}</h2>
          <Reports reports={earlier} withVersion />
        </section>
      )}
      {open?.kind === 'report' && (
        <ReportSheet {...{ documentId, version }} milestone={open.milestone} onClose={close} />
      )}
      {open?.kind === 'assess' && <AssessSheet documentId={documentId} onClose={close} />}
    </>
  )
}

function Completed({ progress: { assessments, may }, onAssess }: { progress: Progress; onAssess: () => void }) {
  const { t } = useTranslation('progress')
  const nameOf = usePersonWords()
  return (
    <section className={classes.part} aria-labelledby="completion">
      <h2 id="completion">{t('completion')}</h2>
      {assessments.length === 0 && <p>{t('notAssessed')}</p>}
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ul className={classes.list} role="list">
        {assessments.map(({ number, level, reason, by, at, entry }, place) => (
          <li key={number} className={classes.card}>
            <p>
              <strong>{t(`level.${level}`)}</strong>
              {place > 0 && <> · {t('before')}</>}
            </p>
            <p className={classes.words}>{reason}</p>
            <p className={classes.soft}>
              {nameOf(by)} · <Time value={at} /> · {t('entry', { entry })}
            </p>
          </li>
        ))}
      </ul>
      {may.assess && (
        <Button className={classes.add} onClick={onAssess}>
          {t('assess.button')}
        </Button>
      )}
    </section>
  )
}

function MilestoneCard({ milestone, onReport }: { milestone: Milestone; onReport?: () => void }) {
  const { t } = useTranslation('progress')
  const language = useLanguage()
  const { number, title, start, due, lead, reports } = milestone
  const [last] = reports
  const days = [start, due].flatMap((day) => (day === null ? [] : [dayInWords(day, language)]))
  return (
    <li className={classes.card}>
      <h3 lang={planLanguage}>
        {number}. {title}
      </h3>
      <p className={classes.status} data-status={last?.status ?? 'untold'}>
        {last ? t(`status.${last.status}`) : t('untold')}
      </p>
      {(days.length > 0 || lead !== '') && (
        <p className={classes.soft}>{[days.join(' – '), lead].filter((part) => part !== '').join(' · ')}</p>
      )}
      <Reports reports={reports} />
      {onReport && (
        <Button className={classes.add} variant="default" onClick={onReport} aria-label={t('report.of', { number })}>
          {t('report.button')}
        </Button>
      )}
    </li>
  )
}

function Reports({ reports, withVersion = false }: { reports: readonly MilestoneReport[]; withVersion?: boolean }) {
  const { t } = useTranslation('progress')
  const language = useLanguage()
  const nameOf = usePersonWords()
  if (reports.length === 0) return null
  return (
    // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
    <ul className={classes.reports} role="list">
      {reports.map(({ number, version, milestone, status, words, link, day, by, at, entry }) => (
        <li key={number}>
          <p>
            <strong>{t(`status.${status}`)}</strong> · {dayInWords(day, language)}
            {withVersion && <> · {t('on', { milestone, version: version.number })}</>}
          </p>
          <p className={classes.words}>{words}</p>
          {link !== null && (
            <a href={link} rel="noreferrer nofollow" target="_blank">
              {t('evidence', { site: new URL(link).host })}
            </a>
          )}
          <p className={classes.soft}>
            {nameOf(by)} · <Time value={at} /> · {t('entry', { entry })}
          </p>
        </li>
      ))}
    </ul>
  )
}
