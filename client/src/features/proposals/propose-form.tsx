import type { Proposal } from '@cabildo/protocol/http/proposals'
import { Button } from '@mantine/core'
import type { Extensions } from '@tiptap/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { newKey } from '../../lib/new-key.ts'
import { useUnsent } from '../../lib/use-unsent.ts'
import { proposalName } from '../../sync/kept-writing.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { ChangeMarks } from './change-marks.ts'
import { createFork, type Fork } from './fork.ts'
import classes from './proposals.module.css'
import { SendSheet } from './send-sheet.tsx'

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
  const language = useLanguage()
  // Read late: another one makes no editor anew.
  const told = useRef(language)
  told.current = language
  const [fork, setFork] = useState<Fork>()
  const [made, setMade] = useState(0)
  const [sending, setSending] = useState(false)
  const [discarding, setDiscarding] = useState(false)
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
  const extra = useMemo(
    () => (field: string) => [ChangeMarks.configure({ live: session.doc, field, language: () => told.current })],
    [session],
  )
  const count = useCount(fork)
  useUnsent(count > 0)
  if (!fork) return null
  const discard = () => {
    setDiscarding(false)
    fork.forget()
    setMade(made + 1)
  }
  return (
    <>
      {form(fork.session, extra)}
      <section className={classes.bar} aria-label={t('bar.label')}>
        {revised && <p>{t('bar.revises', { number: revised.number })}</p>}
        <p role="status">{count === 0 ? t('bar.nothing') : t('bar.changes', { count })}</p>
        {count > 0 && !discarding && (
          <div className={classes.actions}>
            <Button onClick={() => setSending(true)}>{t('bar.send')}</Button>
            <Button variant="subtle" onClick={() => setDiscarding(true)}>
              {t('bar.discard')}
            </Button>
          </div>
        )}
        {count > 0 && discarding && (
          <div className={classes.actions}>
            <p>{t('bar.lost')}</p>
            <Button autoFocus variant="default" onClick={() => setDiscarding(false)}>
              {t('bar.goOn')}
            </Button>
            <Button color="danger" variant="default" onClick={discard}>
              {t('bar.discardAll')}
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
            if (!fork.sent(sent)) return
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
