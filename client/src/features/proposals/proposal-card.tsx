import type { Proposal, ProposalHunk, ProposalState } from '@cabildo/protocol/http/proposals'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { call } from '../../lib/call.ts'
import { useLanguage } from '../../lib/language.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { StatusChip, type StatusTone } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { proposalsQuery } from './api.ts'
import { HunkView } from './hunk-view.tsx'
import { type Acted, ownStep, type Wish } from './outcome.ts'
import { aroundOf, placesTold } from './parts.ts'
import classes from './proposals.module.css'
import { Reasoning } from './reasoning.tsx'

const tones: Readonly<Record<ProposalState, StatusTone>> = {
  open: 'waiting',
  accepted: 'done',
  rejected: 'problem',
  withdrawn: 'idle',
  superseded: 'idle',
}

/** Draws the way to make a proposal an input, named by `about` for who hears it alone. Comes from outside: inputs are apart. */
export type AsInput = (proposal: Proposal, about: string) => ReactNode

interface ProposalCardProps {
  documentId: string
  /** What is proposed is told with what stands beside it there. */
  doc: Y.Doc
  meId: string
  proposal: Proposal
  /** Something is being decided on. */
  onActing: (wish: Wish) => void
  /** It was decided on or not, and the list read anew; or the list told later that it was. */
  onActed: (wish: Wish, how: Acted) => void
  /** A reason is being written, or not any more. */
  onWriting: (isWriting: boolean) => void
  /** Who wrote a reason thought better of it. */
  onCancel: () => void
  onRevise: () => void
  /** Goes to a place in the text, or to a fact. */
  onGo: (hunk: ProposalHunk) => void
  asInput: AsInput | undefined
}

/** One proposal: what it would change, what was done with it, and what the reader may do with it, in whole or in part. */
export function ProposalCard(props: ProposalCardProps) {
  const { documentId, doc, meId, proposal, onActing, onActed, onWriting, onCancel, onRevise, onGo, asInput } = props
  const { t } = useTranslation('proposals')
  const nameOf = usePersonWords()
  const refused = useRefusalWords()
  const client = useQueryClient()
  /** What a reason is being given for: to accept or to reject a part, by its number, or all that is open. */
  const [reasoning, setReasoningNow] = useState<{ step: 'accept' | 'reject'; on: number | 'all' }>()
  const setReasoning = (next: typeof reasoning) => {
    setReasoningNow(next)
    onWriting(next !== undefined)
  }
  /** What is asked for now, and after how many steps. */
  const wish = (step: Wish['step'], hunks: readonly number[] = [], reason = ''): Wish => ({
    ...{ proposalId: proposal.id, step, hunks, reason, after: proposal.steps.length },
  })
  /** Asked once more: what is withdrawn does not come back. */
  const [withdrawing, setWithdrawing] = useState(false)
  const params = { documentId, proposalId: proposal.id }
  const act = useMutation({
    mutationFn: ({ step, hunks, reason }: Wish) => {
      if (step === 'withdraw')
        return call('POST /api/documents/:documentId/proposals/:proposalId/withdraw', { params, body: {} })
      return call(`POST /api/documents/:documentId/proposals/:proposalId/${step}`, {
        params,
        body: { hunks: [...hunks], reason },
      })
    },
    onMutate: onActing,
    onSettled: async (_done, error, wished) => {
      await client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'proposals') })
      const now = client.getQueryData(proposalsQuery(documentId).queryKey)?.find(({ id }) => id === wished.proposalId)
      if (!error || (now && ownStep(now, wished, meId))) end(wished)
      else onActed(wished, 'refused')
    },
  })
  /** What was asked is done: an answer that was lost on its way is none that says no. */
  function end(wished: Wish) {
    act.reset()
    // What is being written about another part goes on being written.
    if (wished.reason !== '') setReasoning(undefined)
    onActed(wished, 'done')
  }
  // Where the connection was lost the list came later than the answer was given up.
  useEffect(() => {
    if (act.isError && ownStep(proposal, act.variables, meId)) end(act.variables)
  })
  /** What is asked while something else is waits, so that nothing of it is lost when that is answered. */
  const held = act.isPending || undefined
  const isAsked = (step: Wish['step'], on: readonly number[]) =>
    act.isPending && act.variables.step === step && String(act.variables.hunks) === String(on)
  const card = useRef<HTMLElement>(null)
  const language = useLanguage()
  const { number, author, state, note, hunks, steps, may, revises, madeAt } = proposal
  const around = useMemo(() => aroundOf(doc, hunks), [doc, hunks])
  const open = hunks.filter((hunk) => hunk.state === 'open')
  const numbers = open.map((hunk) => hunk.number)
  const several = hunks.length > 1
  // Of some parts it was decided already: what is pressed now is on the others.
  const rest = open.length > 0 && open.length < hunks.length
  const conflict = refusalCode(act.error) === 'conflict'
  // Asked for where it is meant: below a part for that part alone.
  const part = several && reasoning && reasoning.on !== 'all' ? reasoning.on : undefined
  const reasonFor = (of: 'whole' | 'rest' | 'part', hunks: readonly number[]) =>
    reasoning && (
      <Reasoning
        label={t(`reason.${reasoning.step}.${of}`)}
        button={t(`act.${reasoning.step}`)}
        busy={act.isPending}
        over={hunks.length === 0 ? 'decided' : may.decide ? undefined : 'closed'}
        onGive={(reason) => act.mutate(wish(reasoning.step, hunks, reason))}
        onCancel={() => {
          setReasoning(undefined)
          card.current?.focus({ preventScroll: true })
          onCancel()
        }}
      />
    )
  return (
    <article
      ref={card}
      className={classes.card}
      data-card={proposal.id}
      tabIndex={-1}
      aria-label={t('card.label', { number, name: nameOf(author) })}
    >
      <div className={classes.head}>
        <PersonBadge person={author} named />
        <StatusChip tone={tones[state]}>
          {t(
            state === 'accepted' && hunks.some((one) => one.state !== 'accepted')
              ? 'state.acceptedPart'
              : `state.${state}`,
          )}
        </StatusChip>
      </div>
      <p className={classes.hint}>
        {t('card.number', { number })} · <Time value={madeAt} />
        {revises !== null && ` · ${t('card.revises', { number: revises })}`}
      </p>
      {note !== '' && <p>{note}</p>}
      {hunks.map((hunk) => (
        <div key={hunk.number} className={classes.part}>
          {hunk.blank ? <p>{t('card.blank')}</p> : <HunkView {...hunk} around={around.get(hunk.number)} />}
          <PartState hunk={hunk} several={several} />
          <Button
            variant="subtle"
            size="sm"
            aria-label={t('act.goOf', { part: hunk.number, number })}
            onClick={() => onGo(hunk)}
          >
            {t('act.go')}
          </Button>
          {part === hunk.number && reasonFor('part', hunk.state === 'open' ? [hunk.number] : [])}
          {several && may.decide && hunk.state === 'open' && part !== hunk.number && (
            <div className={classes.actions}>
              <Button
                variant="default"
                size="sm"
                loading={isAsked('accept', [hunk.number])}
                disabled={!hunk.fits}
                aria-disabled={held}
                aria-label={t('act.acceptPartOf', { part: hunk.number, number })}
                onClick={() => act.mutate(wish('accept', [hunk.number]))}
              >
                {t('act.acceptPart')}
              </Button>
              <Button
                variant="subtle"
                size="sm"
                aria-disabled={held}
                aria-label={t('act.rejectPartOf', { part: hunk.number, number })}
                onClick={() => setReasoning({ step: 'reject', on: hunk.number })}
              >
                {t('act.rejectPart')}
              </Button>
              <Button
                variant="subtle"
                size="sm"
                disabled={!hunk.fits}
                aria-disabled={held}
                aria-label={t('act.acceptPartWithOf', { part: hunk.number, number })}
                onClick={() => setReasoning({ step: 'accept', on: hunk.number })}
              >
                {t('act.acceptWith')}
              </Button>
            </div>
          )}
        </div>
      ))}
      {steps.map((step) => (
        <p key={step.entry} className={classes.hint}>
          {t(`step.${step.step}`, { name: nameOf(step.by) })}
          {several && step.hunks.length < hunks.length && ` (${placesTold(hunks, step.hunks, language)})`}
          {step.reason !== '' && `: ${step.reason}`}
        </p>
      ))}
      {hunks.some(({ blank }) => !blank) && <div>{asInput?.(proposal, t('card.number', { number }))}</div>}
      {act.error && <Notice tone="problem" urgent {...(conflict ? { what: t('act.moved') } : refused(act.error))} />}
      {withdrawing && may.withdraw && (
        <Notice tone="care" what={t('withdraw.what')}>
          <Button
            autoFocus
            color="danger"
            variant="default"
            loading={isAsked('withdraw', [])}
            aria-disabled={held}
            onClick={() => act.mutate(wish('withdraw'))}
          >
            {t('withdraw.do')}
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              setWithdrawing(false)
              card.current?.focus({ preventScroll: true })
            }}
          >
            {t('act.cancel')}
          </Button>
        </Notice>
      )}
      {(may.decide || may.withdraw) && !reasoning && (
        <div className={classes.actions}>
          {may.decide && (
            <>
              <Button
                loading={isAsked('accept', numbers)}
                disabled={!open.every(({ fits }) => fits)}
                aria-disabled={held}
                aria-label={t(rest ? 'act.acceptRestOf' : 'act.acceptOf', { number })}
                onClick={() => act.mutate(wish('accept', numbers))}
              >
                {t(rest ? 'act.acceptRest' : 'act.accept')}
              </Button>
              <Button
                variant="default"
                aria-disabled={held}
                aria-label={t(rest ? 'act.rejectRestOf' : 'act.rejectOf', { number })}
                onClick={() => setReasoning({ step: 'reject', on: 'all' })}
              >
                {t(rest ? 'act.rejectRest' : 'act.reject')}
              </Button>
              <Button
                variant="subtle"
                disabled={!open.every(({ fits }) => fits)}
                aria-disabled={held}
                aria-label={t(rest ? 'act.acceptRestWithOf' : 'act.acceptWithOf', { number })}
                onClick={() => setReasoning({ step: 'accept', on: 'all' })}
              >
                {t('act.acceptWith')}
              </Button>
            </>
          )}
          {may.withdraw && (
            <Button
              variant="default"
              aria-disabled={held}
              aria-label={t('act.reviseOf', { number })}
              onClick={onRevise}
            >
              {t('act.revise')}
            </Button>
          )}
          {may.withdraw && !withdrawing && (
            <Button
              variant="subtle"
              aria-disabled={held}
              aria-label={t('act.withdrawOf', { number })}
              onClick={() => setWithdrawing(true)}
            >
              {t('act.withdraw')}
            </Button>
          )}
        </div>
      )}
      {reasoning?.on === 'all' && reasonFor(rest ? 'rest' : 'whole', numbers)}
    </article>
  )
}

function PartState({ hunk, several }: { hunk: ProposalHunk; several: boolean }) {
  const { t } = useTranslation('proposals')
  if (hunk.state === 'open') return hunk.fits || hunk.blank ? null : <Notice tone="care" what={t('card.moved')} />
  return several ? <StatusChip tone={tones[hunk.state]}>{t(`state.${hunk.state}`)}</StatusChip> : null
}
