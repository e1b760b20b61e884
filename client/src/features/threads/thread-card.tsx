import type { Thread } from '@cabildo/protocol/http/threads'
import type { Template } from '@cabildo/schema/templates/template'
import { Button, Textarea } from '@mantine/core'
import { memo, type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { commentName } from '../../sync/kept-writing.ts'
import { intoSight } from '../../ui/into-sight.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { useAct } from './api.ts'
import { CommentView } from './comment-view.tsx'
import { Composer } from './composer.tsx'
import { KindMark } from './kinds.tsx'
import { plainBody, subjectsOf } from './model.ts'
import classes from './threads.module.css'

/** Draws the way to make what opened a thread an input, named by `about` for who hears it alone. Comes from outside. */
export type AsInput = (thread: Thread, about: string) => ReactNode

interface ThreadCardProps {
  documentId: string
  meId: string
  planId: string
  template: Template
  thread: Thread
  isOpen: boolean
  /** Opens the thread of a number, or none. */
  onOpen: (number: number | undefined) => void
  /** Brings the words of the thread into view. */
  onWords: (thread: Thread) => void
  asInput: AsInput
}

/** One thread of the list: what it is about and how it begins; when it is open, all that was said and what one can do. */
export const ThreadCard = memo(function ThreadCard(props: ThreadCardProps) {
  const { thread, template, isOpen, onOpen, onWords } = props
  const { t } = useTranslation('threads')
  const language = useLanguage()
  const nameOf = usePersonWords()
  const button = useRef<HTMLButtonElement>(null)
  const { number, kind, quote, places, resolved, comments } = thread
  const field = subjectsOf(template).find(({ name }) => name === (places[0]?.field ?? thread.field))
  const [first] = comments
  const isGone = quote !== null && places.length === 0

  useEffect(() => {
    if (!isOpen) return
    // All of it where it fits, and its head in any case.
    for (const part of [button.current?.parentElement, button.current]) part?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])

  return (
    <li className={classes.card} data-open={isOpen || undefined} data-resolved={resolved || undefined}>
      <button
        ref={button}
        type="button"
        className={classes.head}
        aria-expanded={isOpen}
        data-number={number}
        onClick={() => onOpen(isOpen ? undefined : number)}
      >
        <span className={classes.line}>
          <KindMark kind={kind} />
          <span className={classes.meta}>{t('number', { number })}</span>
          {resolved && <StatusChip tone="done">{t('resolved')}</StatusChip>}
        </span>
        <span className={classes.meta}>{field ? field.label[language] : t('whole')}</span>
        {!isOpen && first && (
          <span className={classes.excerpt}>
            <strong>{nameOf(first.author)}: </strong>
            {first.removedAt ? t('removed') : <span lang={planLanguage}>{plainBody(first, nameOf)}</span>}
          </span>
        )}
        {!isOpen && comments.length > 1 && (
          <span className={classes.meta}>{t('replies', { count: comments.length - 1 })}</span>
        )}
      </button>
      {quote !== null && (
        <blockquote className={classes.quote} data-gone={isGone || undefined}>
          {isGone && <span className="cb-hidden">{t('gone')}: </span>}
          <span lang={planLanguage}>{quote}</span>
        </blockquote>
      )}
      {isGone && (
        <p className={classes.gone} aria-hidden>
          {t('gone')}
        </p>
      )}
      {isOpen && (
        <>
          {!isGone && field && (
            <Button variant="subtle" px="xs" fz="sm" className={classes.start} onClick={() => onWords(thread)}>
              {t('goToWords')}
            </Button>
          )}
          <Open {...props} />
        </>
      )}
    </li>
  )
})

function Open({ documentId, meId, planId, thread, asInput }: ThreadCardProps) {
  const { t } = useTranslation('threads')
  const act = useAct(documentId)
  const nameOf = usePersonWords()
  const { comments, steps, may } = thread
  return (
    <>
      <ol className={classes.comments}>
        {comments.map((comment) => (
          <CommentView key={comment.id} documentId={documentId} planId={planId} thread={thread} comment={comment} />
        ))}
      </ol>
      {steps.length > 0 && (
        <ol className={classes.steps}>
          {steps.map(({ step, by, at, reason, entry }) => (
            <li key={entry}>
              <p>
                {t(`step.${step}`, { name: nameOf(by, true) })}{' '}
                <span className={classes.meta}>
                  <Time value={at} />
                </span>
              </p>
              {reason && <p className={classes.body}>{reason}</p>}
            </li>
          ))}
        </ol>
      )}
      {may.reply && (
        <Composer
          planId={planId}
          label={t('reply.words')}
          action={t('reply.say')}
          keptAs={commentName(documentId, meId, thread.id)}
          onSay={(said) => act.mutateAsync({ act: 'reply', thread, ...said })}
        />
      )}
      {may.resolve && <Settle {...{ documentId, meId, thread }} />}
      {comments[0]?.removedAt === null && <div>{asInput(thread, t('number', { number: thread.number }))}</div>}
    </>
  )
}

/** Resolves a thread with a reason, or opens it again. */
function Settle({ documentId, meId, thread }: { documentId: string; meId: string; thread: Thread }) {
  const { t } = useTranslation('threads')
  const refusal = useRefusalWords()
  const act = useAct(documentId)
  const what = thread.resolved ? 'reopen' : 'resolve'
  const [reasons, setReasons] = useState({ resolve: '', reopen: '' })
  const reason = reasons[what]
  const setReason = (value: string) => setReasons({ ...reasons, [what]: value })
  // What is asked is about one of the two: settled otherwise meanwhile, it is asked no more.
  const [asked, setAsked] = useState<typeof what>()
  const asking = asked === what
  /** What was asked when somebody else settled the thread. */
  const [meanwhile, setMeanwhile] = useState<typeof what>()
  // For good: opened again by somebody, it must not ask by itself, with the focus of whoever writes.
  if (asked && !asking) {
    setAsked(undefined)
    // One's own is done, whether or not the answer came; what one did elsewhere is not what is written here.
    if (thread.steps.at(-1)?.by.id === meId && act.variables?.act === asked) setReasons({ ...reasons, [asked]: '' })
    else setMeanwhile(asked)
  }
  // Who writes is told so, and goes on writing into nothing that can be pressed.
  const wasFaster = meanwhile !== undefined && meanwhile !== what && !act.isPending
  const opener = useRef<HTMLButtonElement>(null)
  const told = useRef<HTMLParagraphElement>(null)
  // The form is gone, and the focus with it: on with what stands in its place.
  const was = useRef(asking)
  useEffect(() => {
    if (was.current && !asking && isFocusLost()) (told.current ?? opener.current)?.focus()
    was.current = asking
  }, [asking])
  if (!asking) {
    return (
      <>
        {wasFaster && (
          <p ref={told} tabIndex={-1} role="status" className={classes.meanwhile}>
            {t(`settle.${meanwhile}.meanwhile`)}
            {reasons[meanwhile].trim() !== '' && ` ${t('settle.unsent')}`}
          </p>
        )}
        <Button
          ref={opener}
          variant="default"
          onClick={() => {
            act.reset()
            setMeanwhile(undefined)
            setAsked(what)
          }}
        >
          {t(`settle.${what}.open`)}
        </Button>
      </>
    )
  }
  const settle = (event: SyntheticEvent) => {
    event.preventDefault()
    if (act.isPending || (what === 'resolve' && reason.trim() === '')) return
    // What one was kept from saying stands there still; what was said does not.
    act.mutate({ act: what, thread, reason: reason.trim() }, { onSuccess: () => setReason('') })
  }
  return (
    <form
      ref={intoSight}
      className={classes.composer}
      onSubmit={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) settle(event)
      }}
    >
      <Textarea
        label={t(`settle.${what}.reason`)}
        rows={2}
        maxLength={1000}
        autoFocus
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {act.error && <Notice tone="problem" urgent {...refusal(act.error)} kept={t('compose.kept')} />}
      <div className={classes.actions}>
        <Button type="submit" loading={act.isPending} disabled={what === 'resolve' && reason.trim() === ''}>
          {t(`settle.${what}.do`)}
        </Button>
        <Button
          variant="subtle"
          onClick={() => {
            setReason('')
            setAsked(undefined)
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
