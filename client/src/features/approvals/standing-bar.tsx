import type { Standing } from '@cabildo/protocol/http/approvals'
import type { DocumentStatus } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryKeys } from '../../lib/query-keys.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { standingQuery } from './api.ts'
import classes from './approvals.module.css'
import { type Other, StepSheet } from './step-sheet.tsx'

interface StandingBarProps {
  documentId: string
  slug: string
  /** What the open document knows of its status, and how many edits are not stored yet. */
  status: DocumentStatus
  pending: number
  /** The plan's other commitments, into which this one can be merged. */
  others: readonly Other[]
  /** The way to the page of the request. */
  requestLink: (words: string, primary: boolean) => React.ReactNode
  /** The way to what becomes of it once it is approved. */
  progressLink: (words: string) => React.ReactNode
}

const afterApproval: readonly Standing['state'][] = [
  'approved',
  'submitted',
  'implementing',
  'completed',
  'assessed',
  'amending',
]

type Next = Standing['next'][number]
type Doing = { kind: 'act'; next: Next } | { kind: 'ask' } | { kind: 'withdraw'; approvalId: string }

/** Where the commitment stands and what comes next: what the reader can do, what others can, and what is missing. */
export default function StandingBar({
  documentId,
  slug,
  status,
  pending,
  others,
  requestLink,
  progressLink,
}: StandingBarProps) {
  const { t } = useTranslation('approvals')
  const { t: plans } = useTranslation('plans')
  const client = useQueryClient()
  const { data } = useQuery(standingQuery(documentId))
  const [doing, setDoing] = useState<Doing>()
  const text = data?.text

  // The room says that something changed; how the text is open here follows, once nothing waits to be stored.
  useEffect(() => {
    if (text && status !== 'archived' && text !== status && pending === 0)
      void client.invalidateQueries({ queryKey: queryKeys.openings(documentId) })
  }, [text, status, pending, client, documentId])

  if (!data) return null
  const [request] = data.requests
  const current = request?.state === 'open' || request?.state === 'approved' ? request : undefined
  const decides = current?.may.decide ?? false
  const mine = data.next.filter((next) => next.mine)
  const canAsk = data.ask.may && data.state === 'final' && !current
  return (
    <details className={classes.bar}>
      <summary>
        <span className={classes.state}>{plans(`state.${data.state}`)}</span>
        <span>{decides || canAsk || mine.some(({ back }) => !back) ? t('bar.yours') : t('bar.next')}</span>
      </summary>
      <div className={classes.inside}>
        {current && <RequestLine request={current} link={requestLink(t('bar.see'), decides)} />}
        {afterApproval.includes(data.state) && progressLink(t('bar.progress'))}
        {data.state === 'final' && !current && (
          <Asking standing={data} canAsk={canAsk} onAsk={() => setDoing({ kind: 'ask' })} />
        )}
        <ul className={classes.acts}>
          {[...data.next]
            .sort((one, other) => Number(one.back) - Number(other.back))
            .map((next) => (
              <Act key={next.act} next={next} onDo={() => setDoing({ kind: 'act', next })} />
            ))}
        </ul>
        {current?.may.withdraw && (
          <Button variant="subtle" onClick={() => setDoing({ kind: 'withdraw', approvalId: current.id })}>
            {t('withdraw.button')}
          </Button>
        )}
      </div>
      {doing?.kind === 'act' && (
        <StepSheet
          {...{ documentId, slug }}
          title={t(`act.${doing.next.act}`)}
          what={t('step.what', { state: plans(`state.${doing.next.to}`) })}
          words={doing.next.reason ? 'owed' : 'none'}
          {...(doing.next.act === 'merge' && { others })}
          change={(reason, into) => ({
            ...{ kind: 'step', act: doing.next.act, from: data.state },
            ...(reason && { reason }),
            ...(into !== undefined && { into }),
          })}
          onClose={() => setDoing(undefined)}
        />
      )}
      {doing?.kind === 'ask' && (
        <StepSheet
          {...{ documentId, slug }}
          title={t('ask.button')}
          what={t('ask.what')}
          words="welcome"
          change={(note) => ({ kind: 'ask', name: t('ask.version'), note })}
          onClose={() => setDoing(undefined)}
        />
      )}
      {doing?.kind === 'withdraw' && (
        <StepSheet
          {...{ documentId, slug }}
          title={t('withdraw.button')}
          what={t('withdraw.what')}
          words="owed"
          change={(reason) => ({ kind: 'withdraw', approvalId: doing.approvalId, reason })}
          onClose={() => setDoing(undefined)}
        />
      )}
    </details>
  )
}

/** One act: a button for whom it is for, and for everybody else whose it is. */
function Act({ next, onDo }: { next: Next; onDo: () => void }) {
  const { t } = useTranslation('approvals')
  const { t: common } = useTranslation('common')
  const roles = next.roles.map((role) => common(`role.${role}`)).join(', ')
  return (
    <li className={classes.act}>
      {next.mine ? (
        <Button variant={next.back ? 'default' : 'filled'} onClick={onDo}>
          {t(`act.${next.act}`)}
        </Button>
      ) : (
        <span>
          {t(`act.${next.act}`)} <span className={classes.soft}>{t('bar.for', { roles })}</span>
        </span>
      )}
    </li>
  )
}

function RequestLine({ request, link }: { request: Standing['requests'][number]; link: React.ReactNode }) {
  const { t } = useTranslation('approvals')
  const nameOf = usePersonWords()
  const waiting = request.deciders.filter(({ decision }) => decision === null).map(({ person }) => nameOf(person, true))
  const { number } = request.version
  return (
    <div className={classes.request}>
      <p>
        {request.state === 'approved'
          ? t('bar.approved', { number })
          : t('bar.asked', { number, people: waiting.join(', ') })}
      </p>
      {link}
    </div>
  )
}

function Asking({ standing, canAsk, onAsk }: { standing: Standing; canAsk: boolean; onAsk: () => void }) {
  const { t } = useTranslation('approvals')
  const { missing } = standing.ask
  return (
    <div className={classes.request}>
      {missing.length > 0 && (
        <>
          <p>{t('ask.missing')}</p>
          <ul>
            {missing.map((one) => (
              <li key={one}>
                {one === 'inputs' && standing.inputs
                  ? t('missing.inputs', { ...standing.inputs, count: standing.inputs.unanswered })
                  : t(`missing.${one}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {canAsk && (
        <Button disabled={missing.length > 0} onClick={onAsk}>
          {t('ask.button')}
        </Button>
      )}
    </div>
  )
}
