import type { CommitmentItem } from '@cabildo/protocol/http/api'
import type { Workshop } from '@cabildo/protocol/http/workshops'
import { textIn } from '@cabildo/protocol/lifecycle-text'
import { Button, TextInput } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useOpenWorkshop } from './api.ts'
import { dayOf, mostTables, nextClock, tablesOf, usualEnd } from './model.ts'
import classes from './workshop-form.module.css'

interface WorkshopFormProps {
  slug: string
  place: string
  commitments: readonly CommitmentItem[]
  onOpened: (workshop: Workshop) => void
}

/** What is asked before a workshop opens. Everything has an answer already, but what it is called and where it is. */
export function WorkshopForm({ slug, place: town, commitments, onOpened }: WorkshopFormProps) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const language = useLanguage()
  const [began] = useState(() => new Date())
  const titleInput = useRef<HTMLInputElement>(null)
  const placeInput = useRef<HTMLInputElement>(null)
  const endInput = useRef<HTMLInputElement>(null)
  const [title, setTitle] = useState('')
  const [place, setPlace] = useState('')
  const [day, setDay] = useState(() => dayOf(began))
  const [end, setEnd] = useState(() => usualEnd(began))
  const [tables, setTables] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(writable(commitments)))
  const [asked, setAsked] = useState(false)
  const opening = useOpenWorkshop(slug)

  const endsAt = nextClock(end, began)
  const isTomorrow = endsAt !== undefined && dayOf(endsAt) !== dayOf(began)
  const faults = {
    title: title.trim() === '' && t('new.needTitle'),
    place: place.trim() === '' && t('new.needPlace'),
    end: endsAt === undefined && t('new.needEnd'),
    commitments: chosen.size === 0 && t('new.needCommitment'),
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (faults.title) return titleInput.current?.focus()
    if (faults.place) return placeInput.current?.focus()
    if (faults.end) return endInput.current?.focus()
    const end = nextClock(String(endInput.current?.value), new Date())
    if (faults.commitments || opening.isPending || !end) return undefined
    const filled = tables.map((name) => name.trim()).filter((name) => name !== '')
    opening.mutate(
      {
        title: title.trim(),
        place: place.trim(),
        heldOn: day || dayOf(new Date()),
        endsAt: end.toISOString(),
        tables: filled,
        commitmentIds: commitments.filter(({ id }) => chosen.has(id)).map(({ id }) => id),
      },
      { onSuccess: onOpened },
    )
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        ref={titleInput}
        label={t('new.name')}
        placeholder={t('new.nameExample', { place: town.split(',')[0] })}
        value={title}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        error={asked && faults.title}
        maxLength={200}
        autoComplete="off"
      />
      <TextInput
        ref={placeInput}
        label={t('new.place')}
        placeholder={t('new.placeExample')}
        value={place}
        onChange={({ currentTarget }) => setPlace(currentTarget.value)}
        error={asked && faults.place}
        maxLength={200}
        autoComplete="off"
      />
      <div className={classes.pair}>
        <TextInput
          label={t('new.day')}
          type="date"
          value={day}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <TextInput
          ref={endInput}
          label={t('new.end')}
          type="time"
          value={end}
          onChange={({ currentTarget }) => setEnd(currentTarget.value)}
          error={asked && faults.end}
          // Below, so that the boxes of day and hour stand beside each other.
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={
            endsAt && t(isTomorrow ? 'new.endTomorrow' : 'new.endToday', { day: dayWords(endsAt, language) })
          }
        />
      </div>
      <Tables tables={tables} onChange={setTables} />
      <Commitments
        commitments={commitments}
        chosen={chosen}
        onChange={setChosen}
        fault={asked && faults.commitments ? faults.commitments : undefined}
      />
      {opening.error && (
        <Notice
          tone="problem"
          urgent
          what={`${t('new.failed')} ${words(opening.error).what}`}
          kept={t('new.kept')}
          todo={words(opening.error).todo}
        />
      )}
      <div className={classes.foot}>
        <Button type="submit" loading={opening.isPending}>
          {t('new.submit')}
        </Button>
        <p>{t('new.submitHelp')}</p>
      </div>
    </form>
  )
}

interface TablesProps {
  tables: readonly string[]
  onChange: (tables: readonly string[]) => void
}

/** How many tables there are; each may be called something else. */
function Tables({ tables, onChange }: TablesProps) {
  const { t } = useTranslation('workshops')
  const id = useId()
  const resize = (count: number) => onChange(tablesOf(tables, count, (number) => t('new.tableName', { number })))
  return (
    <fieldset className={classes.set}>
      <legend>{t('new.tables')}</legend>
      <p className={classes.help}>{t('new.tablesHelp')}</p>
      <div className={classes.count}>
        <Button
          variant="default"
          aria-label={t('new.fewer')}
          disabled={tables.length === 0}
          onClick={() => resize(tables.length - 1)}
        >
          <IconMinus size={20} aria-hidden />
        </Button>
        <label className="cb-hidden" htmlFor={id}>
          {t('new.tableCount')}
        </label>
        <input
          id={id}
          inputMode="numeric"
          value={tables.length}
          onChange={({ currentTarget }) => resize(Number.parseInt(currentTarget.value, 10) || 0)}
        />
        <Button
          variant="default"
          aria-label={t('new.more')}
          disabled={tables.length >= mostTables}
          onClick={() => resize(tables.length + 1)}
        >
          <IconPlus size={20} aria-hidden />
        </Button>
      </div>
      {tables.length > 0 && (
        <details className={classes.names}>
          <summary>{t('new.tableNames')}</summary>
          <div>
            {tables.map((name, place) => (
              <TextInput
                // biome-ignore lint/suspicious/noArrayIndexKey: a table is its place until it is stored
                key={place}
                aria-label={t('new.tableLabel', { number: place + 1 })}
                value={name}
                maxLength={80}
                onChange={({ currentTarget }) =>
                  onChange(tables.map((one, other) => (other === place ? currentTarget.value : one)))
                }
              />
            ))}
          </div>
        </details>
      )}
    </fieldset>
  )
}

/** Those whose state lets one write, or all where there is none: unless one asks for it, nobody is led to a closed text. */
function writable(commitments: readonly CommitmentItem[]): string[] {
  const open = commitments.filter(({ state }) => textIn[state] === 'open')
  return (open.length > 0 ? open : commitments).map(({ id }) => id)
}

interface CommitmentsProps {
  commitments: readonly CommitmentItem[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  fault: string | undefined
}

/** Which texts are worked on: guests can write in these and see no others. */
function Commitments({ commitments, chosen, onChange, fault }: CommitmentsProps) {
  const { t } = useTranslation('workshops')
  const id = useId()
  const toggle = (commitmentId: string) => {
    const next = new Set(chosen)
    if (!next.delete(commitmentId)) next.add(commitmentId)
    onChange(next)
  }
  const offered = writable(commitments)
  const all = offered.every((one) => chosen.has(one))
  return (
    <fieldset className={classes.set} aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend>{t('new.commitments')}</legend>
      <p className={classes.help}>{t('new.commitmentsHelp')}</p>
      {fault && (
        <p id={`${id}-fault`} role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      {commitments.length > 1 && (
        <div className={classes.all}>
          <Button variant="subtle" onClick={() => onChange(new Set(all ? [] : [...chosen, ...offered]))}>
            {t(all ? 'new.none' : 'new.all')}
          </Button>
        </div>
      )}
      <div className={classes.texts}>
        {commitments.map((commitment) => (
          <label key={commitment.id} className={classes.text}>
            <input type="checkbox" checked={chosen.has(commitment.id)} onChange={() => toggle(commitment.id)} />
            <span>
              <strong>{commitment.number}.</strong> {commitment.title || t('new.untitled')}
              {textIn[commitment.state] === 'frozen' && <small>{t('new.frozen')}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
