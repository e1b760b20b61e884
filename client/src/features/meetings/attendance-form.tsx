import type { Plan } from '@cabildo/protocol/http/api'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { Button } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useMeetingAct } from './api.ts'
import { ByGroup } from './by-group.tsx'
import classes from './meetings.module.css'
import { ages, type CountsEntry, countsBodyOf, countsEntryOf, figureOf, genders, isTooMany, totalsOf } from './model.ts'

interface AttendanceFormProps {
  plan: Plan
  meeting: Meeting
  onDone: () => void
}

/**
 * Where it is entered who came: two figures for each group. Enter goes down, from the last figure of a column to the top of
 * the next, and Ctrl+Enter stores. Nothing is asked twice: totals count themselves.
 */
export function AttendanceForm({ plan, meeting, onDone }: AttendanceFormProps) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const form = useRef<HTMLFormElement>(null)
  const act = useMeetingAct(plan.slug, meeting)
  const [entry, setEntry] = useState<CountsEntry>(() => countsEntryOf(meeting, plan.groups, t('attendance.noGroup')))
  const [asked, setAsked] = useState(false)
  const totals = totalsOf(entry)
  const tooMany = { byGender: isTooMany(entry.byGender, entry), byAge: isTooMany(entry.byAge, entry) }
  const isBad = (figure: string) => asked && figureOf(figure) === undefined

  const send = () => {
    setAsked(true)
    const body = countsBodyOf(entry)
    if (!body || tooMany.byGender || tooMany.byAge || act.isPending)
      return requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
    return act.mutate({ act: 'count', body }, { onSuccess: onDone })
  }
  const onKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) return void send()
    const column = (name: string | undefined) => [
      ...(form.current?.querySelectorAll<HTMLInputElement>(`input[data-column=${name}]`) ?? []),
    ]
    const here = column(event.target.dataset.column)
    const next =
      here[here.indexOf(event.target) + 1] ?? column(columns[columns.indexOf(event.target.dataset.column ?? '') + 1])[0]
    next?.focus()
    next?.select()
  }
  const setGroup = (groupId: string, part: object) =>
    setEntry((now) => ({
      ...now,
      groups: now.groups.map((one) => (one.groupId === groupId ? { ...one, ...part } : one)),
    }))

  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onKeyDown={onKey}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send()
      }}
    >
      {meeting.workshop && (
        <Notice tone="info" what={t('attendance.fromWorkshop', { title: meeting.workshop.title })}>
          <Button
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate({ act: 'takeFromWorkshop' }, { onSuccess: onDone })}
          >
            {t('attendance.take')}
          </Button>
        </Notice>
      )}
      <p className={classes.soft}>{t('attendance.keys')}</p>
      <ByGroup totals={totals}>
        {entry.groups.map(({ groupId, name, ...figures }) => (
          <tr key={groupId}>
            <th scope="row">{name}</th>
            {(['registered', 'attended'] as const).map((column) => (
              <td key={column} className={classes.number}>
                <input
                  inputMode="numeric"
                  autoComplete="off"
                  data-column={column}
                  aria-label={`${name}, ${t(`attendance.${column}`)}`}
                  aria-invalid={isBad(figures[column])}
                  value={figures[column]}
                  onChange={({ currentTarget: { value } }) => setGroup(groupId, { [column]: value })}
                />
              </td>
            ))}
          </tr>
        ))}
      </ByGroup>
      <Bands
        caption={t('attendance.genders')}
        column="gender"
        rows={genders.map((key) => ({ key, words: t(`gender.${key}`), figure: entry.byGender[key] }))}
        isBad={(figure) => isBad(figure) || (asked && tooMany.byGender)}
        onChange={(key, value) => setEntry((now) => ({ ...now, byGender: { ...now.byGender, [key]: value } }))}
      />
      <Bands
        caption={t('attendance.ages')}
        column="age"
        rows={ages.map((key) => ({ key, words: t(`age.${key}`), figure: entry.byAge[key] }))}
        isBad={(figure) => isBad(figure) || (asked && tooMany.byAge)}
        onChange={(key, value) => setEntry((now) => ({ ...now, byAge: { ...now.byAge, [key]: value } }))}
      />
      {asked && countsBodyOf(entry) === undefined && <Notice tone="problem" urgent what={t('attendance.badFigure')} />}
      {asked && (tooMany.byGender || tooMany.byAge) && (
        <Notice tone="problem" urgent what={t('attendance.tooMany', { count: totals.attended })} />
      )}
      {act.error && <Notice tone="problem" urgent {...words(act.error)} kept={t('kept')} />}
      <div className={classes.foot}>
        <Button type="submit" loading={act.isPending} aria-keyshortcuts="Control+Enter">
          {t('attendance.store')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('leave')}
        </Button>
      </div>
    </form>
  )
}

/** The columns of figures in the order in which Enter goes through them. */
const columns: readonly string[] = ['registered', 'attended', 'gender', 'age']

interface BandsProps {
  caption: string
  column: string
  rows: readonly { key: string; words: string; figure: string }[]
  isBad: (figure: string) => boolean
  onChange: (key: string, figure: string) => void
}

/** Figures of those of whom it is known. */
function Bands({ caption, column, rows, isBad, onChange }: BandsProps) {
  const { t } = useTranslation('meetings')
  return (
    <table className={classes.figures}>
      <caption>{caption}</caption>
      <thead className="cb-hidden">
        <tr>
          <th scope="col">{caption}</th>
          <th scope="col">{t('attendance.attended')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, words, figure }) => (
          <tr key={key}>
            <th scope="row">{words}</th>
            <td className={classes.number}>
              <input
                inputMode="numeric"
                autoComplete="off"
                data-column={column}
                aria-label={words}
                aria-invalid={isBad(figure)}
                value={figure}
                onChange={({ currentTarget: { value } }) => onChange(key, value)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
