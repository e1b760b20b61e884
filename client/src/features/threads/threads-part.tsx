import type { TextSpan, Thread } from '@cabildo/protocol/http/threads'
import type { Template } from '@cabildo/schema/templates/template'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldPlace } from '../../lib/field-place.ts'
import type { DocumentSession } from '../../sync/session.ts'
import type { Store } from '../../sync/store.ts'
import { useStore } from '../../sync/use-store.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { useAct } from './api.ts'
import type { Said } from './composer.tsx'
import { type Editors, findWords, goToWords, type PointedAt, selected, selectedNow } from './editors.ts'
import { threadsQuery } from './known.ts'
import { MarginCards } from './margin-cards.tsx'
import { filtered, inReadingOrder, neighbour, noFilters, subjectsOf } from './model.ts'
import { type NewThread, NewThreadForm } from './new-thread.tsx'
import type { ThreadsSearch } from './search.ts'
import { SelectionTool } from './selection-tool.tsx'
import type { AsInput } from './thread-card.tsx'
import { ThreadsPanel } from './threads-panel.tsx'
import { UnsentComments } from './unsent-comments.tsx'
import { draftId, useLayer } from './use-layer.ts'
import { useUnsentComments } from './use-unsent-comments.ts'

interface ThreadsPartProps {
  session: DocumentSession
  planId: string
  template: Template
  editors: Editors
  shown: ThreadsSearch['threads']
  onShow: (shown: ThreadsSearch['threads']) => void
  asInput: AsInput
}

/** A thread that is being written. */
interface Draft {
  key: string
  at: PointedAt | undefined
}

/** What people say beside the text: the words it is about are drawn in it, the threads stand in a panel. */
export default function ThreadsPart(props: ThreadsPartProps) {
  const { session, planId, template, editors, shown, onShow } = props
  const { documentId } = session
  const { t } = useTranslation('threads')
  const { t: common } = useTranslation('common')
  const { data, error, isPending, refetch } = useQuery(threadsQuery(documentId))
  const [filters, setFilters] = useState(noFilters)
  const [draft, setDraft] = useState<Draft>()
  const [pressed, setPressed] = useState(false)
  const act = useAct(documentId)
  const all = data?.threads ?? none
  const open = typeof shown === 'number' ? all.find(({ number }) => number === shown) : undefined
  const ordered = useMemo(
    () =>
      inReadingOrder(
        all,
        subjectsOf(template).map(({ name }) => name),
      ),
    [all, template],
  )
  const passing = filtered(ordered, filters, session.me.id)
  const inMargin = useMemo(() => all.filter(({ quote, resolved }) => quote !== null && !resolved), [all])
  // The one that was asked for is listed whatever the filters are.
  const listed = ordered.filter((thread) => thread === open || passing.includes(thread))

  const onOpen = (id: string) => onShow(all.find((thread) => thread.id === id)?.number ?? 'open')
  const onPress = (id: string) => {
    setPressed(true)
    onOpen(id)
  }
  const latest = useLatest({ onPress, begin, step, toWords, all, draft })
  // A page that opens with one open was come to by a link.
  const came = useRef(typeof shown !== 'number')
  const drawnDraft = useMemo(
    () => (draft?.at && draft.at.ids.length > 0 ? { key: draft.key, places: [draft.at] } : undefined),
    [draft],
  )
  const { unsent, nameOf, keyFor, whileSent, letGo } = useUnsentComments(documentId, session.me.id, draft?.key)
  const layer = useLayer({ session, editors, onOpen: (id) => latest.current.onPress(id) }, all, open?.id, drawnDraft)

  function toWords({ id, places, field }: Thread) {
    goToWords(editors, { id, field: layer?.idsOf(id)?.field ?? places[0]?.field ?? field ?? undefined })
  }
  function begin() {
    beginOn(selected(editors, session.doc))
    onShow('open')
  }
  /** From the panel: on the words that are selected, else on what is chosen there. */
  function beginHere() {
    beginOn(selectedNow(editors, session.doc))
  }
  function beginOn(at: PointedAt | undefined) {
    const key = keyFor(at)
    // It stands there: one goes on in it.
    if (key === draft?.key) toNew.current = true
    setDraft({ key, at })
  }
  function step(by: 1 | -1) {
    const next = neighbour(listed, open?.number, by)
    if (!next) return
    onShow(next.number)
    if (isDesk()) toWords(next)
    toFocus.current = next.number
  }
  // Once the panel has drawn it: of a long list it draws a part.
  const toFocus = useRef<number>(undefined)
  // One that is come to goes on being read there, however one came: by a link, by a card in the margin. Who pressed words
  // while writing stays in the text.
  const led = useRef<number>(undefined)
  useEffect(() => {
    if (open?.number === led.current) return
    led.current = open?.number
    // A list that comes late takes nobody away from what they have begun to write.
    const isFilling = document.activeElement?.matches('textarea, input, select, [contenteditable="true"]')
    if (open && !pressed && !isFilling) toFocus.current = open.number
  }, [open, pressed])
  const openId = open?.id
  // Whoever comes by a link sees the words, too, once they are drawn.
  useEffect(() => {
    if (!layer || openId === undefined || came.current || !isDesk()) return
    const go = () => {
      const thread = latest.current.all.find(({ id }) => id === openId)
      if (thread) latest.current.toWords(thread)
    }
    // At first to their field, where they are drawn only once it is needed.
    go()
    return whenDrawn(
      () => isThere(latest.current.all.find(({ id }) => id === openId)),
      () => {
        came.current = true
        go()
      },
    )
  }, [layer, openId, latest])
  useEffect(() => {
    if (toFocus.current === undefined || toFocus.current !== open?.number) return
    document.querySelector<HTMLElement>(`[data-number="${toFocus.current}"]`)?.focus()
    toFocus.current = undefined
  })
  // Whoever thinks better of it is where they began: the form is gone, and the focus with it.
  const toNew = useRef(false)
  useEffect(() => {
    if (!toNew.current) return
    toNew.current = false
    document.querySelector<HTMLElement>(draft ? '[data-open] textarea' : '[data-new-thread]')?.focus()
  })
  useAsked(editors, () => latest.current.begin())
  useShortcuts(latest)

  const say = async (draftNow: Draft, thread: NewThread, said: Said) => {
    let on: { ids?: TextSpan[]; field?: string | undefined } = thread.named
      ? { ids: thread.named.ids }
      : { field: thread.field }
    const isOnWords = draftNow.at && draftNow.at.ids.length > 0
    // The server knows only what is stored.
    if (isOnWords || thread.named) await settled(session.status)
    if (draftNow.at && isOnWords) {
      on = { ids: layer?.idsOf(draftId(draftNow.key))?.ids ?? draftNow.at.ids }
    }
    const { id, number } = await act.mutateAsync({ act: 'open', kind: thread.kind, ...on, ...said })
    // Who has begun another one meanwhile, or read on, goes on with that.
    if (latest.current.draft?.key !== draftNow.key) return
    setDraft(undefined)
    // What was selected is in sight; what was chosen in the list may be far off, and is drawn in a moment.
    const field = thread.named?.field ?? thread.field
    if (isDesk() && !isOnWords && field) {
      goToWords(editors, { id, field })
      whenDrawn(
        () => isThere(latest.current.all.find((one) => one.id === id)),
        () => goToWords(editors, { id, field }),
      )
    }
    toFocus.current = number
    onShow(number)
  }
  const close = () => {
    setPressed(false)
    setDraft(undefined)
    onShow(undefined)
  }

  const isReadable = useStore(session.ready)
  if (!isReadable) return null
  return (
    <>
      {(!shown || (isDesk() && !draft)) && <SelectionTool editors={editors} onComment={begin} onOpen={onOpen} />}
      {!shown && <MarginCards threads={inMargin} onOpen={onShow} />}
      {shown && (
        <ThreadsPanel
          {...{ documentId, planId, template, all, listed, filters }}
          meId={session.me.id}
          asInput={props.asInput}
          onFilters={setFilters}
          openNumber={open?.number}
          onOpen={(number) => {
            onShow(number ?? 'open')
            const thread = all.find((one) => one.number === number)
            if (thread && isDesk()) toWords(thread)
          }}
          onNext={step}
          onWords={(thread) => {
            if (isDesk()) toWords(thread)
            else {
              close()
              requestAnimationFrame(() => toWords(thread))
            }
          }}
          onNew={draft ? undefined : beginHere}
          onClose={close}
          quiet={pressed && !draft}
        >
          <UnsentComments
            {...{ unsent, template }}
            onGoOn={({ key, choice }) => setDraft({ key, at: choice?.begunAt })}
            onDrop={(key) => {
              letGo(key)
              toNew.current = true
            }}
          />
          {draft && (
            <NewThreadForm
              key={draft.key}
              keptAs={nameOf(draft.key)}
              planId={planId}
              template={template}
              about={draft.at}
              onSay={(thread, said) => whileSent(draft.key, say(draft, thread, said))}
              onCancel={() => {
                setDraft(undefined)
                toNew.current = true
              }}
              onNeed={(field) => void editors.need(field)}
              onFind={(field, words) => findWords(editors, session.doc, field, words)}
            />
          )}
          {isPending && <Waiting skeleton={<Bone height="6rem" />} onLeave={close} leaveLabel={common('close')} />}
          {error && !data && <NotLoaded error={error} onRetry={() => void refetch()} />}
          {typeof shown === 'number' && data && !open && <Notice tone="info" what={t('missing', { number: shown })} />}
        </ThreadsPanel>
      )}
    </>
  )
}

const none: readonly Thread[] = []
const isDesk = () => window.matchMedia('(min-width: 62em)').matches

/** Longest wait for words to be drawn in a text that is coming. Milliseconds. */
const coming = 4000

/** Whether what a thread is on is drawn: its words, else its field, or the facts of its section. */
function isThere(thread: Thread | undefined): boolean {
  if (!thread) return false
  if (thread.quote !== null) return document.querySelector(`[data-thread="${CSS.escape(thread.id)}"]`) !== null
  const place = thread.field === null ? null : fieldPlace(thread.field)
  return place !== null && (place.dataset.facts === undefined || place.childElementCount > 0)
}

/** Does something once something is drawn, unless the reader has begun to do something else. Answers how to end that. */
function whenDrawn(isDrawn: () => boolean, then: () => void): () => void {
  const end = new AbortController()
  const stop = () => end.abort()
  const timer = setTimeout(stop, coming)
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    addEventListener(event, stop, { passive: true, signal: end.signal })
  const look = () => {
    if (end.signal.aborted) return
    if (!isDrawn()) return void requestAnimationFrame(look)
    stop()
    clearTimeout(timer)
    then()
  }
  look()
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** What is read late, by listeners that outlive a drawing. */
function useLatest<Value>(value: Value) {
  const latest = useRef(value)
  latest.current = value
  return latest
}

/** The buttons of the text ask for a comment. */
function useAsked(editors: Editors, begin: () => void): void {
  const asking = useStore(editors.asking)
  const latest = useLatest(begin)
  useEffect(() => {
    if (asking !== 'comment') return
    editors.ask(null)
    latest.current()
  }, [asking, editors, latest])
}

/** Ctrl+Alt+M comments, Alt+F9 goes on to the next thread, with Shift to the one before. */
function useShortcuts(latest: React.RefObject<{ begin: () => void; step: (by: 1 | -1) => void }>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const comments = event.code === 'KeyM' && event.altKey && (event.ctrlKey || event.metaKey) && !event.shiftKey
      const steps = event.key === 'F9' && event.altKey
      if (!comments && !steps) return
      event.preventDefault()
      if (comments) latest.current.begin()
      else latest.current.step(event.shiftKey ? -1 : 1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [latest])
}

/** Longest wait for own edits to be stored before something is said about them. Milliseconds. */
const patience = 10_000

function settled(status: Store<{ pending: number }>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, patience)
    const stop = status.subscribe(() => {
      if (status.get().pending === 0) done()
    })
    if (status.get().pending === 0) done()
  })
}
