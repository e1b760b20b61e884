import type { HistoryRun } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import classes from './runs-table.module.css'
import { writers } from './timeline-model.ts'

interface RunsTableProps {
  runs: readonly HistoryRun[]
  /** No run is missing any more. */
  complete: boolean
  /** Tells how many changes each made: not where the runs hold changes of other fields too. */
  counted: boolean
  seq: number
  onGo: (seq: number) => void
}

const rowsAtOnce = 50

/** What the slider's band shows, in words: everybody who wrote, and each stretch, newest first, as a way to go there. */
export function RunsTable({ runs, complete, counted, seq, onGo }: RunsTableProps) {
  const { t } = useTranslation('versions')
  const nameOf = usePersonWords()
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState(rowsAtOnce)
  const rows = open ? runs.toReversed().slice(0, shown) : []

  return (
    <details className={classes.runs} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('runs.title')}</summary>
      {open && (
        <div className={classes.body}>
          <ul className={classes.people} aria-label={t('runs.people')}>
            {writers(runs).map(({ author, entries }) => (
              <li key={author.id}>
                <PersonBadge person={author} size="sm" named />
                {counted && <span className={classes.count}>{t('runs.count', { count: entries })}</span>}
              </li>
            ))}
          </ul>
          <table>
            <caption className="cb-hidden">{t('runs.table')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('runs.when')}</th>
                <th scope="col">{t('runs.who')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((run) => {
                const here = run.fromSeq <= seq && seq <= run.toSeq
                return (
                  <tr key={run.fromSeq} data-here={here || undefined}>
                    <td>
                      <button
                        type="button"
                        className={classes.go}
                        aria-current={here ? 'true' : undefined}
                        onClick={() => onGo(run.toSeq)}
                      >
                        <Time value={run.endedAt} as="moment" />
                      </button>
                    </td>
                    <td>
                      {nameOf(run.author)}
                      {run.typedBy &&
                        ` (${t(run.via === 'proposal' ? 'acceptedBy' : 'typedBy', { name: nameOf(run.typedBy, true) })})`}
                      {run.via !== 'edit' && ` (${t(`via.${run.via}`)})`}
                      {counted && (
                        <span className={classes.changes}>
                          {t('runs.count', { count: run.toSeq - run.fromSeq + 1 })}
                        </span>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
          {shown < runs.length && (
            <Button variant="default" onClick={() => setShown(shown + rowsAtOnce)}>
              {t('older')}
            </Button>
          )}
          {!complete && <p role="status">{t('runs.more')}</p>}
        </div>
      )}
    </details>
  )
}
