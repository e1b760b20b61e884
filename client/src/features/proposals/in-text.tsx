import type { Proposal } from '@cabildo/protocol/http/proposals'
import { diffText } from '@cabildo/schema/diff'
import { wordsOf } from '@cabildo/schema/hunks/hunk'
import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import type { DocumentSession } from '../../sync/session.ts'
import type { WritableStore } from '../../sync/store.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { sectorMarks } from '../../ui/sectors.ts'
import { Check } from './check.tsx'
import { nextPlace, placeOf } from './next-place.ts'
import { openHunk } from './open-hunk.ts'
import classes from './proposed.module.css'
import { createProposedLayer, type DrawnHunk, type ProposedLayer } from './proposed-layer.ts'
import { isAside, type Shown, toggled } from './shown.ts'

/** The editors of the document, as far as proposals need them. */
export interface Editors {
  readonly proposed: WritableStore<Pick<ProposedLayer, 'draw' | 'press'> | null>
  redraw(field?: string): void
  /** The names of the fields, as they stand in the document. */
  readonly order: readonly string[]
  /** Has the editor of a field be there: only there is something drawn. */
  need(field: string): unknown
}

interface InTextProps {
  session: DocumentSession
  editors: Editors
  /** Those that are open. */
  proposals: readonly Proposal[]
  shown: Shown
  onShown: (shown: Shown) => void
  /** Opens the list at a proposal. */
  onOpen: (proposalId: string) => void
  /** Whether the switches are to be seen. */
  switches: boolean
  /** The place that is told of. */
  current: string | undefined
  onCurrent: (place: string | undefined) => void
  /** How often somebody came to a place from the list: each time the keyboard goes on there. */
  led: number
}

/** What people propose, drawn in the text: who is shown is chosen here, and one goes through it place by place. */
export default function InText(props: InTextProps) {
  const { session, editors, proposals, shown, onShown, onOpen, switches, current, onCurrent, led } = props
  const { t } = useTranslation('proposals')
  const nameOf = usePersonWords()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what names a person changes with the language, as `t` does
  const drawn = useMemo(
    () =>
      proposals.filter(({ author }) => !isAside(shown, author.id)).flatMap((one) => drawnOf(one, nameOf(one.author))),
    [proposals, shown, t],
  )
  const count = useMemo(() => new Set(drawn.map((one) => placeOf(one.proposalId, one.number))).size, [drawn])
  const at = drawn.find((one) => placeOf(one.proposalId, one.number) === current)
  const layer = useProposedLayer({ session, editors, drawn, current, onOpen })
  useLedTo(layer, current, at?.hunk.field, led)
  const step = (by: 1 | -1) => {
    const fields = editors.order.filter((name) => drawn.some(({ hunk }) => hunk.field === name))
    const from = current !== undefined && at ? { place: current, field: at.hunk.field } : undefined
    const next = nextPlace(fields, from, by, (field) => {
      editors.need(field)
      layer?.finish(field)
      return placesIn(field)
    })
    onCurrent(next)
    return next !== undefined
  }
  const authors = [...new Map(proposals.map(({ author }) => [author.id, author])).values()]
  return (
    <>
      {switches && (
        <fieldset className={classes.panel}>
          <legend>{t('inText.title')}</legend>
          <Check
            label={t('inText.all')}
            checked={!shown.none && shown.aside.size === 0}
            onChange={(checked) => onShown({ none: !checked, aside: new Set() })}
          />
          {authors.map((author) => (
            <Check
              key={author.id}
              label={nameOf(author)}
              checked={!isAside(shown, author.id)}
              onChange={() =>
                onShown(
                  toggled(
                    shown,
                    author.id,
                    authors.map(({ id }) => id),
                  ),
                )
              }
            />
          ))}
        </fieldset>
      )}
      <Stepper
        {...{ count, current, led, step }}
        drawn={at}
        number={proposals.find(({ id }) => id === at?.proposalId)?.number}
        onOpen={onOpen}
        onEnd={() => onCurrent(undefined)}
      />
    </>
  )
}

/** The hunks of a proposal that are to be drawn: those that fit a place of the text. */
function drawnOf({ id, author, hunks }: Proposal, name: string): DrawnHunk[] {
  const sector = author.group?.sector
  return hunks.flatMap((kept) =>
    kept.fits
      ? openHunk(kept).flatMap((hunk): DrawnHunk[] =>
          hunk.target === 'fact'
            ? []
            : [
                {
                  ...{ proposalId: id, number: kept.number, hunk, name },
                  sector: sector ?? 'none',
                  line: sector ? sectorMarks[sector].line : 'thin',
                },
              ],
        )
      : [],
  )
}

/** The least time from one question to the next. Milliseconds. */
const calm = 3000

function useProposedLayer({
  session,
  editors,
  drawn,
  current,
  onOpen,
}: Pick<InTextProps, 'session' | 'editors' | 'current' | 'onOpen'> & {
  drawn: readonly DrawnHunk[]
}): ProposedLayer | undefined {
  const { t } = useTranslation('proposals')
  const client = useQueryClient()
  const language = useLanguage()
  const latest = useRef(onOpen)
  latest.current = onOpen
  const [layer, setLayer] = useState<ProposedLayer>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` changes with the language
  useEffect(() => {
    const { documentId, doc, status } = session
    let timer: ReturnType<typeof setTimeout> | undefined
    let asked: number | undefined
    const ask = () => {
      timer = undefined
      // What is not stored yet is not in the server's answer.
      if (status.get().pending > 0) return onDoubt()
      if (asked === made.changes()) return
      asked = made.changes()
      void client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'proposals') })
    }
    const onDoubt = () => {
      timer ??= setTimeout(ask, calm)
    }
    const made = createProposedLayer({
      ...{ doc, language, onDoubt },
      told: (kind, name) => t(`inText.${kind}`, { name }),
      onPress: (id) => latest.current(id),
      redraw: editors.redraw,
    })
    editors.proposed.set(made)
    setLayer(made)
    return () => {
      clearTimeout(timer)
      made.destroy()
      editors.proposed.set(null)
      setLayer(undefined)
      editors.redraw()
    }
  }, [session, editors, client, language])

  useEffect(() => {
    if (!layer) return
    for (const changed of layer.show(drawn, current)) editors.redraw(changed)
  }, [layer, drawn, current, editors])
  return layer
}

/** Brings the place that is told of into view: once for each time that somebody goes there, not whenever it is drawn anew. */
function useLedTo(
  layer: ProposedLayer | undefined,
  current: string | undefined,
  field: string | undefined,
  led: number,
): void {
  const went = useRef<string>(undefined)
  useEffect(() => {
    const going = current === undefined ? undefined : `${current} ${led}`
    // Who has ended it goes there anew.
    if (going === undefined) went.current = undefined
    if (!layer || field === undefined || going === went.current) return
    went.current = going
    layer.finish(field)
    document.querySelector('[data-proposal][data-at]')?.scrollIntoView({ block: 'center' })
  }, [layer, current, field, led])
}

/** Where hunks are drawn in a field, in the order of the page. */
function placesIn(field: string): string[] {
  const marks = document.querySelectorAll<HTMLElement>(`#field-${CSS.escape(field)} [data-proposal]`)
  return [...new Set([...marks].map(({ dataset }) => placeOf(dataset.proposal ?? '', dataset.hunk ?? '')))]
}

interface StepperProps {
  count: number
  current: string | undefined
  led: number
  /** Goes on or back; false when nothing is drawn. */
  step: (by: 1 | -1) => boolean
  drawn: DrawnHunk | undefined
  /** Of the proposal. */
  number: number | undefined
  onOpen: (proposalId: string) => void
  onEnd: () => void
}

/** Tells of one drawn place after the other. Alt+PageDown goes on, Alt+PageUp back; Escape ends it. */
function Stepper({ count, current, led, step, drawn, number, onOpen, onEnd }: StepperProps) {
  const { t } = useTranslation('proposals')
  const open = useRef<HTMLButtonElement>(null)
  const before = useRef<Element>(null)
  const latest = useRef(step)
  latest.current = step
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : undefined
      // Not over a question that covers the text.
      if (!by || !event.altKey || document.querySelector('dialog[open]')) return
      event.preventDefault()
      if (latest.current(by)) requestAnimationFrame(() => open.current?.focus({ preventScroll: true }))
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const ledBefore = useRef(led)
  useEffect(() => {
    if (led !== ledBefore.current) open.current?.focus({ preventScroll: true })
    ledBefore.current = led
  }, [led])
  if (count === 0 || current === undefined || !drawn) return null
  const end = () => {
    onEnd()
    if (before.current instanceof HTMLElement && before.current.isConnected)
      before.current.focus({ preventScroll: true })
  }
  return (
    <section
      className={classes.stepper}
      aria-label={t('inText.steps')}
      onFocus={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Element && !currentTarget.contains(relatedTarget)) before.current = relatedTarget
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') end()
      }}
    >
      <p role="status">
        {t('card.label', { number, name: drawn.name })}
        <span className="cb-hidden">. {wordsTold(drawn, t('removed'), t('added'))}</span>
      </p>
      <ActionIcon aria-label={t('inText.back')} onClick={() => step(-1)}>
        <IconArrowUp aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={t('inText.on')} onClick={() => step(1)}>
        <IconArrowDown aria-hidden />
      </ActionIcon>
      <Button ref={open} variant="default" onClick={() => onOpen(drawn.proposalId)}>
        {t('inText.open')}
      </Button>
      <ActionIcon aria-label={t('inText.end')} onClick={end}>
        <IconX aria-hidden />
      </ActionIcon>
    </section>
  )
}

function wordsTold({ hunk }: DrawnHunk, removed: string, added: string): string {
  return diffText(wordsOf(hunk.before), wordsOf(hunk.after))
    .flatMap(({ kind, text }) => (kind === 'same' ? [] : [`${kind === 'added' ? added : removed} ${text.trim()}.`]))
    .join(' ')
}
