import type { Standing } from '@cabildo/protocol/http/approvals'
import type { DocumentStatus } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryKeys } from '../../lib/query-keys.ts'
import type { SaveStatus } from '../../sync/connection.ts'
import type { Store } from '../../sync/store.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { ActList } from './act-list.tsx'
import { type Change, standingQuery, useChange } from './api.ts'
import classes from './approvals.module.css'
import { StepList } from './step-list.tsx'
import { type Given, type Other, StepSheet } from './step-sheet.tsx'
import { useStuckWords } from './stuck-words.ts'
import { WindowLine } from './window-line.tsx'

interface StandingBarProps {
  documentId: string
  slug: string
  /** What the open document knows of its status, and of what is not stored yet. */
  status: DocumentStatus
  saves: Store<SaveStatus>
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
  saves,
  others,
  requestLink,
  progressLink,
}: StandingBarProps) {
  const { t } = useTranslation('approvals')
  const { t: plans } = useTranslation('plans')
  const client = useQueryClient()
  const { data } = useQuery(standingQuery(documentId))
  const [doing, setDoing] = useState<Doing>()
  const changing = useChange(documentId, slug)
  const text = data?.text

  // The room says that something changed; how the text is open here follows, once nothing waits to be stored.
  useEffect(() => {
    if (!text || status === 'archived' || text === status) return undefined
    const follow = () => {
      if (saves.get().pending === 0) void client.invalidateQueries({ queryKey: queryKeys.openings(documentId) })
    }
    follow()
    return saves.subscribe(follow)
  }, [text, status, saves, client, documentId])

  if (!data) return null
  const [request] = data.requests
  const current = request?.state === 'open' || request?.state === 'approved' ? request : undefined
  const decides = current?.may.decide ?? false
  const mine = data.next.filter((next) => next.mine)
  const canAsk = data.ask.may && data.state === 'final' && !current
  const begin = (what: Doing) => {
    changing.reset()
    setDoing(what)
  }
  const end = () => setDoing(undefined)
  const sheet = (change: (given: Given) => Change) => ({
    changing,
    onSend: (given: Given) => changing.mutate(change(given), { onSuccess: end }),
    onClose: end,
  })
  return (
    <details className={classes.bar}>
      <summary>
        <span className={classes.state}>{plans(`state.${data.state}`)}</span>
        <span>{decides || canAsk || mine.some(({ back }) => !back) ? t('bar.yours') : t('bar.next')}</span>
      </summary>
      <div className={classes.inside}>
        {data.window && <WindowLine window={data.window} />}
        {current && <RequestLine request={current} link={requestLink(t('bar.see'), decides)} />}
        {afterApproval.includes(data.state) && progressLink(t('bar.progress'))}
        {data.state === 'final' && !current && (
          <Asking standing={data} canAsk={canAsk} onAsk={() => begin({ kind: 'ask' })} />
        )}
        <ActList
          // While a request is open decisions alone move it.
          acts={data.next
            .filter(({ by }) => by === 'decision' || request?.state !== 'open')
            .map(({ act, ...next }) => ({
              ...next,
              name: act,
              label: t(`act.${act}`),
              stays: next.window === 'extends',
              missing: [],
            }))}
          onDo={(name) => {
            const next = data.next.find(({ act }) => act === name)
            if (next) begin({ kind: 'act', next })
          }}
        />
        {current?.may.withdraw && (
          <Button variant="subtle" onClick={() => begin({ kind: 'withdraw', approvalId: current.id })}>
            {t('withdraw.button')}
          </Button>
        )}
        <StepList steps={data.steps.map((step) => ({ ...step, label: t(`act.${step.act}`) }))} />
      </div>
      {doing?.kind === 'act' && (
        <StepSheet
          title={t(`act.${doing.next.act}`)}
          what={t('step.what', { state: plans(`state.${doing.next.to}`) })}
          words={doing.next.reason ? 'owed' : 'none'}
          {...(doing.next.act === 'merge' && { others })}
          {...(doing.next.window && {
            days: { kind: doing.next.window, usual: data.windowDays, window: data.window },
          })}
          {...sheet(({ words, into, window }) => ({
            ...{ kind: 'step', act: doing.next.act, from: data.state },
            ...(words && { reason: words }),
            ...(into !== undefined && { into }),
            ...(window && { window }),
          }))}
        />
      )}
      {doing?.kind === 'ask' && (
        <StepSheet
          title={t('ask.button')}
          what={t('ask.what')}
          words="welcome"
          {...sheet(({ words }) => ({ kind: 'ask', name: t('ask.version'), note: words }))}
        />
      )}
      {doing?.kind === 'withdraw' && (
        <StepSheet
          title={t('withdraw.button')}
          what={t('withdraw.what')}
          words="owed"
          {...sheet(({ words }) => ({ kind: 'withdraw', approvalId: doing.approvalId, reason: words }))}
        />
      )}
    </details>
  )
}

function RequestLine({ request, link }: { request: Standing['requests'][number]; link: React.ReactNode }) {
  const { t } = useTranslation('approvals')
  const nameOf = usePersonWords()
  const waiting = request.deciders.filter(({ verdict }) => verdict === null).map(({ person }) => nameOf(person, true))
  const why = useStuckWords()(request)
  const { number } = request.version
  return (
    <div className={classes.request}>
      <p>
        {request.state === 'approved'
          ? t('bar.approved', { number })
          : t('bar.asked', { number, people: waiting.join(', ') })}
      </p>
      {why && <Notice tone="care" {...why} />}
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
