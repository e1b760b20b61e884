import type { Plan } from '@cabildo/protocol/http/api'
import { Button, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useUnsent } from '../../lib/use-unsent.ts'
import { keep, readKept } from '../../sync/kept-writing.ts'
import { Notice } from '../../ui/notice.tsx'
import { bring } from './api.ts'
import {
  afterSending,
  batches,
  bodyOf,
  type Entry,
  emptyRow,
  type FaultField,
  faultsOf,
  isBlank,
  isForOthers,
  type MeetingFacts,
  ofOthers,
  type Row,
  withConsent,
  withoutConsent,
  withoutRows,
  withPart,
  withPasted,
} from './entry.ts'
import { FactFields } from './fact-fields.tsx'
import classes from './inputs.module.css'
import { Option } from './option.tsx'
import { readPastedIdeas } from './paste.ts'
import { useAlike, useAlikeRows } from './use-alike.ts'

/** Most letters of an idea, as the contract has it. */
const longest = 4000

const today = () => {
  const now = new Date()
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

interface EntryFormProps {
  plan: Plan
  /** The meeting at which they were brought: its place and day are filled in, and they belong to it. */
  meeting?: MeetingFacts
  /** Those that may be chosen where none is given. */
  meetings?: readonly MeetingFacts[] | undefined
  /** What the list is kept under in this tab. */
  name: string
  /** Whether the reader may bring what others said. */
  bringsFor: boolean
}

/**
 * The list and its facts. Enter goes to the next idea, Ctrl+Enter stores them; a pasted sheet becomes a row each. What was
 * written stays in the tab until the server has it, and is stored once however often it is sent.
 */
export function EntryForm({ plan, meeting, meetings, name, bringsFor }: EntryFormProps) {
  const { slug } = plan
  const { t } = useTranslation('inputs')
  const refusal = useRefusalWords()
  const client = useQueryClient()
  const [entry, setEntry] = useState<Entry>(
    () =>
      readKeptEntry(name) ?? {
        facts: {
          ...{ channel: 'meeting', place: meeting?.place ?? '', saidOn: meeting?.heldOn ?? today(), language: 'es' },
          ...{ own: false, groupId: '', documentId: '', display: 'name' },
        },
        rows: [emptyRow()],
        stored: 0,
      },
  )
  const { rows, stored } = entry
  const named = rows.filter(({ name }) => name.trim() !== '')
  const forOthers = isForOthers(entry, bringsFor)
  useEffect(() => setEntry((now) => ({ ...now, forOthers })), [forOthers])
  const own = entry.facts.own || !forOthers
  const meetingId = meeting?.id ?? entry.facts.meetingId ?? ''
  const facts = useMemo(() => ({ ...entry.facts, own, meetingId }), [entry.facts, own, meetingId])
  // How many were stored is told once, by the page that did it.
  useEffect(() => keep(name, { ...entry, stored: 0, blank: isBlank(entry.rows) }), [name, entry])
  useUnsent(!isBlank(rows))
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false })
  // Of those that this page stored: where whoever has a photo of the paper goes on.
  const [first, setFirst] = useState<number>()
  const [faults, setFaults] = useState<ReadonlyMap<string, FaultField | 'other'>>(new Map())
  const alike = useAlike(slug, rows, stored)
  const alikeRows = useAlikeRows(rows)
  const list = useRef<HTMLOListElement>(null)
  const [focus, setFocus] = useState<{ key: string; on: 'textarea' | '[type=checkbox]' }>()
  useEffect(() => {
    if (focus === undefined) return
    list.current?.querySelector<HTMLElement>(`[data-key="${focus.key}"] ${focus.on}`)?.focus()
    setFocus(undefined)
  }, [focus])
  const count = rows.filter(({ words }) => words.trim() !== '').length
  const sender = useRef<HTMLButtonElement>(null)
  // The row that was written in is gone with what was stored, or there is nothing left to send: on with the first row.
  useEffect(() => {
    if (stored === 0 || state.busy) return
    const isDone = count === 0 && document.activeElement === sender.current
    if (isFocusLost() || isDone) list.current?.querySelector('textarea')?.focus()
  }, [stored, state.busy, count])
  const agreed = named.filter(({ consent }) => consent).length
  /** Somebody was told that not everybody agreed, and has not done anything about it yet. */
  const [asked, setAsked] = useState(false)
  const missing = asked ? withoutConsent(rows, facts) : []
  const foreign = ofOthers(rows, facts)
  const told = useRef<HTMLDivElement>(null)

  const change = (key: string, part: Partial<Row>) => {
    if (state.busy) return
    setEntry((now) => ({ ...now, rows: withPart(now.rows, key, part) }))
    if (faults.has(key)) setFaults(new Map([...faults].filter(([one]) => one !== key)))
  }
  const goToRow = (key: string | undefined) => {
    if (key !== undefined) setFocus({ key, on: 'textarea' })
  }
  const goTo = (at: number) => {
    const next = rows[at]
    if (next) return goToRow(next.key)
    const made = emptyRow()
    setEntry((now) => ({ ...now, rows: [...now.rows, made] }))
    goToRow(made.key)
  }
  const onPaste = (event: ClipboardEvent, at: number) => {
    if (state.busy) return
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\r\n]/.test(text.trim())) return
    event.preventDefault()
    const pasted = withPasted(rows, at, readPastedIdeas(text))
    const last = emptyRow()
    const ends = pasted.at(-1)?.words.trim() === ''
    setEntry((now) => ({ ...now, rows: ends ? pasted : [...pasted, last] }))
    goToRow(ends ? pasted.at(-1)?.key : last.key)
  }
  const send = async (from: readonly Row[] = rows) => {
    if (state.busy || count === 0) return
    // Nobody's words are stored as somebody else's.
    if (foreign.length > 0) return told.current?.focus()
    const missing = withoutConsent(from, facts)
    setFaults(new Map(missing.map(({ key }) => [key, 'consent'])))
    setAsked(missing.length > 0)
    if (missing[0]) return setFocus({ key: missing[0].key, on: '[type=checkbox]' })
    setState({ busy: true })
    for (const sent of batches(from)) {
      try {
        const { items } = await bring(
          slug,
          sent.map((row) => bodyOf(row, facts)),
        )
        // Those that the server has go, whatever becomes of the next list.
        setEntry((now) => {
          const after = afterSending(now.rows, sent, items)
          return { ...now, rows: after.rows, stored: now.stored + after.stored }
        })
        setFirst((before) => before ?? items.find(({ same }) => same)?.number)
      } catch (error) {
        setFaults(faultsOf(error, sent))
        setState({ busy: false, error })
        return
      }
    }
    setState({ busy: false })
    await client.invalidateQueries({ queryKey: queryKeys.inputs(slug) })
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>, at: number) => {
    // The key that ends a word being composed is not meant for the list.
    if (event.nativeEvent.isComposing) return
    const row = rows[at]
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
    else if (event.key === 'Enter' && !event.shiftKey) goTo(at + 1)
    else if (event.key === 'Backspace' && !state.busy && row?.words === '' && row.name === '' && rows.length > 1) {
      setEntry((now) => ({ ...now, rows: now.rows.filter(({ key }) => key !== row.key) }))
      goToRow(rows[Math.max(0, at - 1)]?.key === row.key ? rows[1]?.key : rows[at - 1]?.key)
    } else return
    event.preventDefault()
  }

  return (
    <>
      <FactFields
        plan={plan}
        facts={facts}
        forOthers={forOthers}
        meetings={meeting || !bringsFor ? undefined : meetings}
        onChange={(part) => setEntry((now) => ({ ...now, facts: { ...now.facts, ...part } }))}
      />
      <section className={classes.form} aria-labelledby="ideas">
        <h2 id="ideas">{t('entry.ideas')}</h2>
        <p className={classes.soft}>{t(own ? 'entry.keysOwn' : 'entry.keys')}</p>
        {foreign.length > 0 && (
          <Notice
            ref={told}
            tone="care"
            urgent
            what={t('entry.foreign', { names: [...new Set(foreign.map(({ name }) => name.trim()))].join(', ') })}
            todo={t(forOthers ? 'entry.foreignTodo' : 'entry.foreignAsk')}
          >
            {forOthers && (
              <Button
                variant="default"
                onClick={() => {
                  goToRow(foreign[0]?.key)
                  setEntry((now) => ({ ...now, facts: { ...now.facts, own: false } }))
                }}
              >
                {t('entry.theirs')}
              </Button>
            )}
            <Button
              variant="default"
              onClick={() => {
                goToRow(foreign.at(-1)?.key)
                const mine = rows.map((row) => (foreign.includes(row) ? { ...row, name: '', consent: false } : row))
                setEntry((now) => ({ ...now, rows: mine }))
              }}
            >
              {t('entry.mine', { count: foreign.length })}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                const left = withoutRows(rows, foreign)
                goToRow(left.at(-1)?.key)
                setEntry((now) => ({ ...now, rows: left }))
              }}
            >
              {t('entry.drop', { count: foreign.length })}
            </Button>
          </Notice>
        )}
        {!facts.own && named.length > 1 && (
          <Option
            type="checkbox"
            label={t('entry.consentAll', { count: named.length })}
            checked={agreed === named.length}
            partly={agreed > 0 && agreed < named.length}
            aria-disabled={state.busy}
            onChange={({ currentTarget: { checked } }) => {
              if (state.busy) return
              setEntry((now) => ({ ...now, rows: withConsent(now.rows, checked) }))
              setFaults(new Map([...faults].filter(([, fault]) => fault !== 'consent')))
            }}
          />
        )}
        {missing.length > 0 && (
          <Notice
            tone="care"
            urgent
            what={t('entry.missing', { count: missing.length })}
            todo={t('entry.missingTodo')}
            kept={t('entry.kept', { count })}
          >
            <Button
              variant="default"
              onClick={() => {
                setEntry((now) => ({ ...now, rows: withConsent(now.rows, true) }))
                setFaults(new Map())
                goToRow(missing.at(-1)?.key)
              }}
            >
              {t('entry.allAgreed', { count: missing.length })}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                const nameless = rows.map((row) => (missing.includes(row) ? { ...row, name: '' } : row))
                setEntry((now) => ({ ...now, rows: nameless }))
                void send(nameless)
              }}
            >
              {t('entry.nameless')}
            </Button>
          </Notice>
        )}
        <ol className={classes.rows} ref={list}>
          {rows.map((row, at) => (
            <li key={row.key} data-key={row.key} className={classes.row}>
              <Textarea
                label={t('entry.idea', { number: at + 1 })}
                autosize
                minRows={1}
                maxLength={longest}
                value={row.words}
                readOnly={state.busy}
                error={isOfName(faults.get(row.key)) ? undefined : faultWords(faults.get(row.key), t)}
                onChange={({ currentTarget: { value } }) => change(row.key, { words: value })}
                onKeyDown={(event) => onKey(event, at)}
                onPaste={(event) => onPaste(event, at)}
              />
              {!facts.own && (
                <div className={classes.whose}>
                  <TextInput
                    label={t('entry.name', { number: at + 1 })}
                    maxLength={120}
                    value={row.name}
                    error={isOfName(faults.get(row.key)) && faultWords(faults.get(row.key), t)}
                    readOnly={state.busy}
                    onChange={({ currentTarget: { value } }) => change(row.key, { name: value })}
                    onKeyDown={(event) => onKey(event, at)}
                  />
                  {row.name.trim() !== '' && (
                    <Option
                      type="checkbox"
                      label={t('entry.consent')}
                      aria-label={t('entry.consentOf', { number: at + 1, name: row.name.trim() })}
                      checked={row.consent}
                      aria-disabled={state.busy}
                      onChange={({ currentTarget: { checked } }) => change(row.key, { consent: checked })}
                      onKeyDown={(event) => onKey(event, at)}
                    />
                  )}
                </div>
              )}
              {row.before !== undefined && (
                <p className={`${classes.soft} ${classes.told}`}>{t('entry.before', { number: row.before })}</p>
              )}
              <Hints slug={slug} above={alikeRows.get(row.key)} stored={alike.get(row.words.trim())} />
            </li>
          ))}
        </ol>
        {state.error !== undefined && (
          <Notice tone="problem" urgent {...refusal(state.error)} kept={t('entry.kept', { count })} />
        )}
        <p role="status">{stored > 0 && !state.busy && t('entry.stored', { count: stored })}</p>
        {first !== undefined && !state.busy && (
          <p>
            <Link to="/plans/$slug/inputs/$number" params={{ slug, number: String(first) }}>
              {t('entry.see', { number: first })}
            </Link>
            {stored > 1 && (
              <>
                {' · '}
                <Link to="/plans/$slug/inputs" params={{ slug }} search={{ mine: true }}>
                  {t('entry.seeAll')}
                </Link>
              </>
            )}
          </p>
        )}
        <div className={classes.actions}>
          <Button
            ref={sender}
            loading={state.busy}
            disabled={count === 0}
            aria-keyshortcuts="Control+Enter"
            onClick={() => void send()}
          >
            {t('entry.send', { count })}
          </Button>
          <Button variant="default" onClick={() => goTo(rows.length)}>
            {t('entry.more')}
          </Button>
        </div>
      </section>
    </>
  )
}

/** What this tab keeps of a list; of a row that does not say so nobody agreed to anything. */
export function readKeptEntry(name: string): Entry | undefined {
  const kept = readKept<Entry>(name)
  return kept && { ...kept, rows: kept.rows.map((row) => ({ ...row, consent: row.consent === true })) }
}

/** Whether it is told beside whose the idea is, which is asked for others alone. */
const isOfName = (fault: FaultField | 'other' | undefined) => fault === 'consent' || fault === 'name'

type T = ReturnType<typeof useTranslation<'inputs'>>['t']
const faultWords = (fault: FaultField | 'other' | undefined, t: T) => fault && t(`entry.fault.${fault}`)

interface HintsProps {
  slug: string
  /** The number of the row above. */
  above: number | undefined
  stored: { number: number; words: string }[] | undefined
}

/** What says much the same: among what the plan has, and in the rows above. A hint; both may stand. */
function Hints({ slug, above, stored = [] }: HintsProps) {
  const { t } = useTranslation('inputs')
  if (stored.length === 0 && above === undefined) return null
  return (
    <p className={`${classes.soft} ${classes.told}`}>
      {above !== undefined && t('entry.alikeRow', { number: above })}
      {above !== undefined && stored.length > 0 && ' '}
      {stored.slice(0, 1).map(({ number, words }) => (
        // Beside what is being written, which stays as it is.
        <Link key={number} to="/plans/$slug/inputs/$number" params={{ slug, number: String(number) }} target="_blank">
          {t('entry.alike', { number, words: words.slice(0, 80) })}
          <span className="cb-hidden"> {t('entry.newTab')}</span>
        </Link>
      ))}
    </p>
  )
}
