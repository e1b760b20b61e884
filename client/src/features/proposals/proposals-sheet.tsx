import type { Proposal } from '@cabildo/protocol/http/proposals'
import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { fieldPlace } from '../../lib/field-place.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useStretch } from '../../lib/use-stretch.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { proposalsQuery } from './api.ts'
import { Check } from './check.tsx'
import { type Acted, type AsInput, ProposalCard } from './proposal-card.tsx'
import classes from './proposals.module.css'
import { isAside, type Shown, toggled } from './shown.ts'

interface ProposalsSheetProps {
  documentId: string
  /** The number of the proposal that is looked for, decided or not. */
  at: number | undefined
  /** Whose are shown, here and in the text. */
  people: Shown
  onPeople: (people: Shown) => void
  onClose: () => void
  /** Somebody wants to write their proposal anew. */
  onRevise: (proposal: Proposal) => void
  asInput: AsInput | undefined
}

/** What is proposed for a text: each person's can be put aside, J and K step through, and who may decides. */
export default function ProposalsSheet(props: ProposalsSheetProps) {
  const { documentId, at, people, onPeople, onClose, onRevise, asInput } = props
  const { t } = useTranslation('proposals')
  const nameOf = usePersonWords()
  // The text may have changed since, which the room tells nobody of the proposals: what still fits is asked for anew.
  const { data } = useQuery({ ...proposalsQuery(documentId), refetchOnMount: 'always' })
  const [decided, setDecided] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  // Where to go once the sheet is gone, whenever that is: a closing sheet gives the focus back to where it was.
  const going = useRef<string>(undefined)
  useEffect(
    () => () => {
      const field = going.current
      if (field !== undefined) requestAnimationFrame(() => goTo(field))
    },
    [],
  )
  const items = data ?? []
  const sought = items.find(({ number }) => number === at)
  // Decided here, it leaves as every other does; found decided, it is what was looked for.
  const [actedOn, setActedOn] = useState<string>()
  const isSought = (one: Proposal) => one === sought && one.id !== actedOn
  const wanted = items.filter((one) => decided || one.state === 'open' || isSought(one))
  const authors = [...new Map(wanted.map(({ author }) => [author.id, author])).values()]
  const shown = wanted.filter((one) => one === sought || !isAside(people, one.author.id))
  const toFocus = useRef(sought?.id)
  const [stepped, setStepped] = useState<string>()
  const wantedId = stepped ?? sought?.id
  const { drawn, before, after, showBefore, showAfter } = useStretch(
    shown,
    wantedId === undefined ? -1 : shown.findIndex(({ id }) => id === wantedId),
  )
  useEffect(() => {
    const card = toFocus.current && list.current?.querySelector<HTMLElement>(`[data-card="${toFocus.current}"]`)
    if (!card) return
    toFocus.current = undefined
    card.focus()
  })
  const cardsNow = () => [...(list.current?.querySelectorAll<HTMLElement>('article') ?? [])]
  const acted = useRef<{ proposal: Proposal; at: number }>(undefined)
  const [over, setOver] = useState<Acted>()
  const onActing = (proposal: Proposal) => {
    if (proposal.id === sought?.id) setActedOn(proposal.id)
    setOver(undefined)
    acted.current = { proposal, at: cardsNow().findIndex(({ dataset }) => dataset.card === proposal.id) }
  }
  // What was decided took its buttons away, and the focus with them: it goes to the card, the next one, or the word that
  // there is none. Only once that is drawn, and the form of a reason gone.
  useEffect(() => {
    if (!acted.current || !over) return
    const { proposal, at } = acted.current
    if (over === 'done' && shown.find(({ id }) => id === proposal.id)?.changedAt === proposal.changedAt) return
    acted.current = undefined
    const cards = cardsNow()
    const same = cards.find(({ dataset }) => dataset.card === proposal.id)
    const active = document.activeElement
    // What was refused may take its button away too, once the list is drawn anew.
    const mayGo = over === 'refused' && active?.tagName === 'BUTTON' && same?.contains(active)
    const wentOn = active && active !== document.body && active.tagName !== 'DIALOG' && !mayGo
    if (wentOn) return
    const next = same ?? cards[Math.min(Math.max(at, 0), cards.length - 1)]
    const word = next ?? list.current?.querySelector<HTMLElement>('[data-none]')
    word?.focus({ preventScroll: over === 'refused' })
  })
  const step = (by: 1 | -1) => () => {
    const card = cardsNow().find((one) => one.contains(document.activeElement))
    const at = shown.findIndex(({ id }) => id === card?.dataset.card)
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))]
    if (!next) return
    const isThere = cardsNow().find(({ dataset }) => dataset.card === next.id)
    if (isThere) return isThere.focus()
    toFocus.current = next.id
    setStepped(next.id)
  }
  // Not while somebody writes a reason.
  useHotkeys([
    ['j', step(1)],
    ['k', step(-1)],
  ])
  return (
    <Sheet title={t('sheet.title')} onClose={onClose} size="lg">
      <div ref={list} className={classes.stack}>
        <p className={`${classes.hint} ${classes.keys}`}>{t('sheet.keys')}</p>
        {at !== undefined && data && !sought && <Notice tone="info" what={t('sheet.missing', { number: at })} />}
        <Check label={t('sheet.decided')} checked={decided} onChange={setDecided} />
        {authors.length > 1 && (
          <fieldset className={classes.people}>
            <legend>{t('sheet.people')}</legend>
            {authors.map((author) => (
              <Check
                key={author.id}
                label={nameOf(author)}
                checked={!isAside(people, author.id)}
                onChange={() =>
                  onPeople(
                    toggled(
                      people,
                      author.id,
                      authors.map(({ id }) => id),
                    ),
                  )
                }
              />
            ))}
          </fieldset>
        )}
        {authors
          .filter(({ id }) => !isAside(people, id))
          .map((author) => {
            const theirs = shown.filter((one) => one.author.id === author.id && one.may.decide)
            return theirs.length > 1 && <AcceptAll key={author.id} {...{ documentId, theirs }} name={nameOf(author)} />
          })}
        {shown.length === 0 && (
          <p data-none tabIndex={-1}>
            {t('sheet.none')}
          </p>
        )}
        {before > 0 && (
          <Button variant="default" onClick={showBefore}>
            {t('sheet.before', { count: before })}
          </Button>
        )}
        {drawn.map((proposal) => (
          <ProposalCard
            key={proposal.id}
            documentId={documentId}
            proposal={proposal}
            asInput={asInput}
            onActing={() => onActing(proposal)}
            onActed={setOver}
            onRevise={() => onRevise(proposal)}
            onGo={(field) => {
              going.current = field
              onClose()
            }}
          />
        ))}
        {after > 0 && (
          <Button variant="default" onClick={showAfter}>
            {t('sheet.after', { count: after })}
          </Button>
        )}
      </div>
    </Sheet>
  )
}

/** Everything of one person at once, as far as it still fits. */
function AcceptAll({ documentId, theirs, name }: { documentId: string; theirs: readonly Proposal[]; name: string }) {
  const { t } = useTranslation('proposals')
  const refused = useRefusalWords()
  const client = useQueryClient()
  const accept = useMutation({
    mutationFn: () =>
      call('POST /api/documents/:documentId/proposals/accept', {
        params: { documentId },
        body: { proposals: theirs.map(({ id }) => id) },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'proposals') }),
  })
  const left = accept.data?.conflicting.length ?? 0
  return (
    <>
      <Button variant="default" loading={accept.isPending} onClick={() => accept.mutate()}>
        {t('act.all', { name, count: theirs.length })}
      </Button>
      {left > 0 && <Notice tone="care" what={t('act.left', { count: left })} />}
      {accept.error && <Notice tone="problem" urgent {...refused(accept.error)} />}
    </>
  )
}

/** Brings a field of the text, or a fact, into view, and goes on reading there. */
function goTo(field: string): void {
  const target = fieldPlace(field)
  if (!target) return
  target.scrollIntoView({ block: 'center' })
  // Where one can write, the keyboard gets there by itself.
  if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.tabIndex = -1
  target.focus({ preventScroll: true })
}
