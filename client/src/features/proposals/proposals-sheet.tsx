import type { Proposal, ProposalHunk } from '@cabildo/protocol/http/proposals'
import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { fieldPlace } from '../../lib/field-place.ts'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useStretch } from '../../lib/use-stretch.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { proposalsQuery } from './api.ts'
import { Check } from './check.tsx'
import { type Acted, type AllAnswered, allTold, outcomeTold, type Wish, type WishForAll } from './outcome.ts'
import { type AsInput, ProposalCard } from './proposal-card.tsx'
import classes from './proposals.module.css'
import { isAside, type Shown, toggled } from './shown.ts'

interface ProposalsSheetProps {
  session: Pick<DocumentSession, 'documentId' | 'me' | 'doc'>
  /** The number of the proposal that is looked for, decided or not. */
  at: number | undefined
  /** Whose are shown, here and in the text. */
  people: Shown
  onPeople: (people: Shown) => void
  onClose: () => void
  /** Shows a place where it is drawn in the text; false where it is not. */
  onShow: (proposal: Proposal, hunk: ProposalHunk) => boolean
  /** Somebody wants to write their proposal anew. */
  onRevise: (proposal: Proposal) => void
  asInput: AsInput | undefined
}

/** What is proposed for a text: each person's can be put aside, J and K step through, and who may decides. */
export default function ProposalsSheet(props: ProposalsSheetProps) {
  const { at, people, onPeople, onClose, onShow, onRevise, asInput } = props
  const { documentId, me, doc } = props.session
  const meId = me.id
  const { t } = useTranslation('proposals')
  const nameOf = usePersonWords()
  // The text may have changed since, which the room tells nobody of the proposals: what still fits is asked for anew.
  const { data } = useQuery({ ...proposalsQuery(documentId), refetchOnMount: 'always' })
  const [decided, setDecided] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  // Where to go once the sheet is gone, whenever that is: a closing sheet gives the focus back to where it was.
  const going = useRef<() => void>(undefined)
  useEffect(
    () => () => {
      const go = going.current
      if (go) requestAnimationFrame(go)
    },
    [],
  )
  const items = data ?? []
  const sought = items.find(({ number }) => number === at)
  // Decided here, it leaves as every other does; found decided, it is what was looked for.
  const [actedOn, setActedOn] = useState<string>()
  const isSought = (one: Proposal) => one === sought && one.id !== actedOn
  // Reasons that are being written do not go when somebody else decides.
  const [writing, setWriting] = useState<ReadonlySet<string>>(new Set())
  const wanted = items.filter((one) => decided || one.state === 'open' || isSought(one) || writing.has(one.id))
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
    readFrom(card)
  })
  const cardsNow = () => [...(list.current?.querySelectorAll<HTMLElement>('article') ?? [])]
  /** What came last of what was asked for. */
  const [last, setLast] = useState<Ended>()
  const told = last?.wish && outcomeTold(last, items, meId, t)
  const allIsTold = last?.all && allTold({ ...last, wish: last.all }, items, meId, t)
  /** The cards whose buttons may go, and the focus with them. */
  const [leaving, setLeaving] = useState<readonly Leaving[]>([])
  const leave = (one: Leaving) => setLeaving((now) => [...now.filter(({ id }) => id !== one.id), one])
  const placeOf = (id: string) => cardsNow().findIndex(({ dataset }) => dataset.card === id)
  const onActing = ({ id, changedAt }: Proposal) => {
    if (id === sought?.id) setActedOn(id)
    setLast(undefined)
    leave({ id, at: placeOf(id), before: changedAt })
  }
  const onActed = (id: string, wish: Wish, how: Acted) => {
    setLast({ wish, how })
    leave({ ...(leaving.find((one) => one.id === id) ?? { id, at: placeOf(id) }), how })
  }
  // The focus goes to the card, the next one, or the word that there is none. Only once that is drawn, and the form of a
  // reason gone.
  useEffect(() => {
    const isDrawn = ({ id, before, how }: Leaving) =>
      how === 'refused' || before === undefined || shown.find((one) => one.id === id)?.changedAt !== before
    const gone = leaving.filter((one) => one.how && isDrawn(one))
    if (gone.length === 0) return
    setLeaving(leaving.filter((one) => !gone.includes(one)))
    for (const { id, at, how } of gone) {
      const cards = cardsNow()
      const same = cards.find(({ dataset }) => dataset.card === id)
      // What was refused may take its button away too, once the list is drawn anew.
      const mayGo =
        how === 'refused' && document.activeElement?.tagName === 'BUTTON' && same?.contains(document.activeElement)
      if (!isFocusLost() && !mayGo) continue
      const next = same ?? cards[Math.min(Math.max(at, 0), cards.length - 1)]
      const word = next ?? list.current?.querySelector<HTMLElement>('[data-none]')
      word?.focus({ preventScroll: how === 'refused' })
    }
  })
  // The button that took all of one person's is gone with them.
  useEffect(() => {
    if (last?.all && allIsTold !== undefined && isFocusLost())
      list.current?.querySelector<HTMLElement>('article, [data-none]')?.focus()
  }, [last, allIsTold])
  const step = (by: 1 | -1) => () => {
    const card = cardsNow().find((one) => one.contains(document.activeElement))
    const at = shown.findIndex(({ id }) => id === card?.dataset.card)
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))]
    if (!next) return
    const isThere = cardsNow().find(({ dataset }) => dataset.card === next.id)
    if (isThere) return readFrom(isThere)
    toFocus.current = next.id
    setStepped(next.id)
  }
  // Not while somebody writes a reason.
  useHotkeys([
    ['j', step(1)],
    ['k', step(-1)],
  ])
  return (
    <Sheet
      title={t('sheet.title')}
      onClose={onClose}
      size="lg"
      // What was decided leaves the list: that it was is said where it can be seen.
      footer={
        <p role="status" className={classes.told}>
          {told ?? allIsTold}
        </p>
      }
    >
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
            return (
              theirs.length > 1 && (
                <AcceptAll
                  key={author.id}
                  {...{ documentId, theirs }}
                  name={nameOf(author)}
                  isTold={allIsTold !== undefined && last?.all?.name === nameOf(author)}
                  onEnd={setLast}
                />
              )
            )
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
            {...{ documentId, doc }}
            proposal={proposal}
            asInput={asInput}
            meId={meId}
            onActing={() => onActing(proposal)}
            onActed={(wish, how) => onActed(proposal.id, wish, how)}
            onWriting={(isWriting) => setWriting((now) => withOne(now, proposal.id, isWriting))}
            onCancel={() => {
              // It stood there for what was being written alone: on with the next one.
              if (proposal.state !== 'open') leave({ id: proposal.id, at: placeOf(proposal.id), how: 'refused' })
            }}
            onRevise={() => onRevise(proposal)}
            onGo={(hunk) => {
              going.current = () => onShow(proposal, hunk) || goTo(hunk.field)
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

/** Begins to read a card: it has the focus, and where it is higher than what can be seen its head stands there. */
function readFrom(card: HTMLElement): void {
  card.focus({ preventScroll: true })
  const isHigher = card.offsetHeight > (card.closest('dialog')?.clientHeight ?? 0) / 2
  card.scrollIntoView({ block: isHigher ? 'start' : 'nearest' })
}

/** What was asked for, of one proposal or of all of one person's, and what came of it. */
type Ended =
  | { wish: Wish; how: Acted; all?: undefined }
  | { all: WishForAll; answered: AllAnswered | undefined; wish?: undefined }

/** A card that may go. */
interface Leaving {
  id: string
  /** Where it stood, from 0. */
  at: number
  /** When it was changed last, as long as the list does not tell what came of it. */
  before?: string
  how?: Acted
}

/** The same set with one in it, or without. */
function withOne(set: ReadonlySet<string>, one: string, isIn: boolean): ReadonlySet<string> {
  if (set.has(one) === isIn) return set
  return new Set(isIn ? [...set, one] : [...set].filter((other) => other !== one))
}

interface AcceptAllProps {
  documentId: string
  theirs: readonly Proposal[]
  name: string
  /** What came of it is told: an answer that was lost is no refusal. */
  isTold: boolean
  /** It was done or not, and the list read anew. */
  onEnd: (ended: Ended) => void
}

/** Everything of one person at once, as far as it still fits. */
function AcceptAll({ documentId, theirs, name, isTold, onEnd }: AcceptAllProps) {
  const { t } = useTranslation('proposals')
  const refused = useRefusalWords()
  const client = useQueryClient()
  const accept = useMutation({
    mutationFn: ({ proposals }: WishForAll) =>
      call('POST /api/documents/:documentId/proposals/accept', {
        params: { documentId },
        body: { proposals: proposals.map(({ id }) => id) },
      }),
    onSettled: async (done, _error, all) => {
      await client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'proposals') })
      onEnd({ all, answered: done && { accepted: done.accepted.length, left: done.conflicting.length } })
    },
  })
  return (
    <>
      <Button
        variant="default"
        loading={accept.isPending}
        onClick={() => accept.mutate({ name, proposals: theirs.map(({ id, steps }) => ({ id, after: steps.length })) })}
      >
        {t('act.all', { name, count: theirs.length })}
      </Button>
      {accept.error && !isTold && <Notice tone="problem" urgent {...refused(accept.error)} />}
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
