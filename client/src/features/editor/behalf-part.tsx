/** Typing for somebody who has no phone: who, that it is so now, and the way to end it. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Behalf, DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import classes from './behalf-part.module.css'
import { typedForQuery } from './behalf-people.ts'

/** How typing for somebody ended: asked for, or taken away. */
export interface BehalfEnd {
  of: Behalf | undefined
  wanted: boolean
}

interface BehalfNewsProps {
  session: DocumentSession
  end: BehalfEnd | undefined
  /** It was asked to end, and waits until everything is with the server. */
  isEnding: boolean
  onEnding: (isEnding: boolean) => void
  /** Everything is with the server. */
  onEnd: () => void
  /** The reader knows that it has ended. */
  onSeen: () => void
}

/** What stays in sight: for whom one types, or that it has just ended without being asked to. */
export function BehalfNews(props: BehalfNewsProps) {
  const { session, end, onSeen } = props
  const { behalf } = session
  const ending = useStore(session.ending)
  if (!behalf) return end?.of && !end.wanted ? <Ended name={end.of.name} onSeen={onSeen} /> : null
  return (
    <>
      <LeaveGuard session={session} name={behalf.name} />
      {ending === null && <Banner {...props} name={behalf.name} />}
    </>
  )
}

/** Nothing typed for somebody is kept on this device, so it ends only once the server has all of it. */
function Banner({ session, name, isEnding, onEnding, onEnd }: BehalfNewsProps & { name: string }) {
  const { t } = useTranslation('behalf')
  const { pending } = useStore(session.status)
  const notice = useRef<HTMLDivElement>(null)
  // The text was opened anew for this, and the focus with it: whoever cannot see it hears for whom they type.
  useEffect(() => notice.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (isEnding && pending === 0) onEnd()
  }, [isEnding, pending, onEnd])
  return (
    <Notice ref={notice} tone="care" what={t('writing', { name })} todo={isEnding && t('waiting')}>
      <Button variant="default" onClick={() => onEnding(!isEnding)}>
        {isEnding ? t('goOn', { name }) : t('end')}
      </Button>
    </Notice>
  )
}

/** Whoever was typing hears that it has ended: what comes next is their own. */
function Ended({ name, onSeen }: { name: string; onSeen: () => void }) {
  const { t } = useTranslation('behalf')
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus({ preventScroll: true }), [])
  return (
    <Notice ref={notice} tone="care" what={t('ended', { name })}>
      <Button variant="default" onClick={onSeen}>
        {t('seen')}
      </Button>
    </Notice>
  )
}

/** Asks before a way out inside the program loses what is not sent; the browser's own ways out are guarded elsewhere. */
function LeaveGuard({ session, name }: { session: DocumentSession; name: string }) {
  const { t } = useTranslation('behalf')
  const { pending } = useStore(session.status)
  const leaving = useBlocker({
    // Panels beside the text are other searches of the same page.
    shouldBlockFn: ({ current, next }) => pending > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  })
  const { status, proceed, reset } = leaving
  useEffect(() => {
    if (status === 'blocked' && pending === 0) proceed()
  }, [status, pending, proceed])
  if (status !== 'blocked') return null
  return (
    <Sheet
      title={t('leave.title', { name })}
      onClose={reset}
      footer={
        <>
          <Button data-autofocus onClick={reset}>
            {t('leave.stay')}
          </Button>
          <Button variant="default" onClick={proceed}>
            {t('leave.go')}
          </Button>
        </>
      }
    >
      <p>{t('leave.why')}</p>
    </Sheet>
  )
}

interface BehalfBeginProps {
  session: DocumentSession
  planId: string
  /** Number of the commitment in its plan. */
  number: number
  end: BehalfEnd | undefined
  onBegin: (behalf: Behalf) => void
}

/** For whoever runs workshops, while they type for themselves: the way to type for somebody. */
export default function BehalfBegin({ session, planId, number, end, onBegin }: BehalfBeginProps) {
  const { t } = useTranslation('behalf')
  const [isOpen, setOpen] = useState(false)
  const waits = useStore(session.status, ({ pending }) => isOpen && pending > 0)
  const button = useRef<HTMLButtonElement>(null)
  // The button that ended it is gone, and the focus with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when typing for somebody has just ended
  useEffect(() => {
    if (end?.wanted) button.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={classes.beginning}>
      <Button ref={button} variant="default" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('begin')}
      </Button>
      {isOpen && (
        <Sheet title={t('title')} onClose={() => setOpen(false)}>
          {/* What is not sent yet stays with this text, and must go first. */}
          {waits ? (
            <Notice tone="info" what={t('first')} />
          ) : (
            <People number={number} planId={planId} onChoose={onBegin} />
          )}
        </Sheet>
      )}
    </div>
  )
}

interface PeopleProps {
  number: number
  planId: string
  onChoose: (behalf: Behalf) => void
}

function People({ number, planId, onChoose }: PeopleProps) {
  const { t } = useTranslation('behalf')
  const refusal = useRefusalWords()
  const { data: people, error } = useQuery(typedForQuery(planId, number))
  if (error) return <Notice tone="problem" urgent {...refusal(error)} />
  if (!people) return <Waiting />
  if (people.length === 0) return <p>{t('nobody')}</p>
  return (
    <>
      <p>{t('hint')}</p>
      <ul className={classes.people}>
        {people.map(({ userId, name, group }) => (
          <li key={userId}>
            <Button variant="default" fullWidth justify="flex-start" onClick={() => onChoose({ id: userId, name })}>
              {name}
            </Button>
            {group && <SectorTag sector={group.sector}>{group.name}</SectorTag>}
          </li>
        ))}
      </ul>
    </>
  )
}
