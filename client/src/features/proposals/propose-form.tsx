import type { Proposal } from '@cabildo/protocol/http/proposals'
import { kindOf } from '@cabildo/schema/hunks/hunk'
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Extensions } from '@tiptap/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { newKey } from '../../lib/new-key.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { proposalName } from '../../sync/kept-writing.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ChangeMarks } from './change-marks.ts'
import { createFork, type Fork } from './fork.ts'
import { HunkView } from './hunk-view.tsx'
import classes from './proposals.module.css'

interface ProposeFormProps {
  session: DocumentSession
  /** Of the text that is open: a copy of another one is let go. */
  epoch: number
  /** One's own proposal that is written anew. */
  revised: Proposal | undefined
  /** Draws the form over a copy of the document. */
  form: (copy: DocumentSession, extra: (field: string) => Extensions) => React.ReactNode
  onDone: () => void
}

/** Writing a proposal: the document's form over a copy that only this page has, until it is sent. */
export default function ProposeForm({ session, epoch, revised, form, onDone }: ProposeFormProps) {
  const { t } = useTranslation('proposals')
  const [fork, setFork] = useState<Fork>()
  const [made, setMade] = useState(0)
  const [sending, setSending] = useState(false)
  const keys = useRef(new Map<string, string>())
  const keyFor = (hunks: string) => {
    const key = keys.current.get(hunks) ?? newKey()
    keys.current.set(hunks, key)
    return key
  }
  const name = proposalName(session.documentId, session.me.id, epoch, revised?.id)
  // Made in an effect, so that React's double mount in development leaves nothing behind.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `made` asks for a new copy
  useEffect(() => {
    const fresh = createFork(session, name)
    if (revised && made === 0) fresh.begin(revised)
    setFork(fresh)
    return () => {
      setFork(undefined)
      fresh.destroy()
    }
  }, [session, name, made])
  const extra = useMemo(() => (field: string) => [ChangeMarks.configure({ live: session.doc, field })], [session])
  const count = useCount(fork)
  if (!fork) return null
  const discard = () => {
    fork.forget()
    setMade(made + 1)
  }
  return (
    <>
      {form(fork.session, extra)}
      <section className={classes.bar} aria-label={t('bar.label')}>
        {revised && <p>{t('bar.revises', { number: revised.number })}</p>}
        <p role="status">{count === 0 ? t('bar.nothing') : t('bar.changes', { count })}</p>
        {count > 0 && (
          <div className={classes.actions}>
            <Button onClick={() => setSending(true)}>{t('bar.send')}</Button>
            <Button variant="subtle" onClick={discard}>
              {t('bar.discard')}
            </Button>
          </div>
        )}
      </section>
      {sending && (
        <SendSheet
          fork={fork}
          session={session}
          revised={revised}
          onClose={() => setSending(false)}
          onSent={(sent) => {
            setSending(false)
            // The answer may come long after the sheet was closed: what was written since is not sent.
            if (JSON.stringify(fork.hunks()) !== sent) return
            fork.forget()
            setMade(made + 1)
            onDone()
          }}
          keyFor={keyFor}
        />
      )}
    </>
  )
}

/** How many places differ, looked at in calm. */
function useCount(fork: Fork | undefined): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (!fork) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer = undefined
      setCount(fork.hunks().length)
    }
    look()
    const stop = fork.onChange(() => {
      timer ??= setTimeout(look, calm)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [fork])
  return count
}

/** Milliseconds. */
const calm = 250

interface SendSheetProps {
  fork: Fork
  session: DocumentSession
  revised: Proposal | undefined
  /** The key of these changes: sent again, they are one proposal. */
  keyFor: (hunks: string) => string
  onClose: () => void
  /** Is told the hunks that were sent, as JSON. */
  onSent: (sent: string) => void
}

/** What is about to be sent, place by place, and why. */
function SendSheet({ fork, session, revised, keyFor, onClose, onSent }: SendSheetProps) {
  const { t } = useTranslation('proposals')
  const client = useQueryClient()
  const refused = useRefusalWords()
  const [note, setNote] = useState(revised?.note ?? '')
  const { pending } = useStore(session.status)
  const hunks = useMemo(() => fork.hunks(), [fork])
  const sent = JSON.stringify(hunks)
  const { documentId } = session
  const send = useMutation({
    mutationFn: () =>
      call('POST /api/documents/:documentId/proposals', {
        params: { documentId },
        // The contract says of a node that it has a type; the schema says the rest.
        body: { key: keyFor(sent), note, hunks: hunks as never, revises: revised?.id },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'proposals') })
      onSent(sent)
    },
  })
  const conflict = refusalCode(send.error) === 'conflict'
  return (
    <Sheet
      title={t('send.title', { count: hunks.length })}
      onClose={onClose}
      size="lg"
      footer={
        <Button onClick={() => send.mutate()} loading={send.isPending} disabled={pending > 0}>
          {t('send.send')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <Textarea
          label={t('send.note')}
          description={t('send.hint')}
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {send.error && (
          <Notice
            tone="problem"
            urgent
            {...(conflict ? { what: t('send.moved'), todo: t('send.again') } : refused(send.error))}
            kept={t('send.kept')}
          />
        )}
        {hunks.map((hunk, at) => (
          <HunkView
            // biome-ignore lint/suspicious/noArrayIndexKey: a hunk is known by its place in the list
            key={at}
            kind={kindOf(hunk)}
            field={hunk.target === 'fact' ? hunk.key : hunk.field}
            before={hunk.before}
            after={hunk.after}
          />
        ))}
      </div>
    </Sheet>
  )
}
