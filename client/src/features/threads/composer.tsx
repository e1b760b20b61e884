import { fold } from '@cabildo/protocol/fold'
import type { Person } from '@cabildo/protocol/http/common'
import type { UserId } from '@cabildo/protocol/ids'
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { leadToFault } from '../../lib/field-faults.ts'
import { newKey } from '../../lib/new-key.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useUnsent } from '../../lib/use-unsent.ts'
import { keep } from '../../sync/kept-writing.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { namedQuery } from './api.ts'
import { bodyToSend, labelFor, mentionAt, type Named } from './model.ts'
import classes from './threads.module.css'
import { type Choice, keepUnsent, type Sent, unsentUnder } from './unsent.ts'

interface ComposerProps {
  planId: string
  label: string
  action: string
  /** The name under which this tab keeps the words until they are said, however the form goes; and what is chosen beside them. */
  keptAs?: string | undefined
  choice?: Choice | undefined
  /** What stands there at first, and who is named in it. */
  begin?: { written: string; named: Named } | undefined
  /** Says it; the words stay here until that is done, and when it answers false. */
  onSay: (said: Said) => Promise<unknown>
  onCancel?: (() => void) | undefined
  focused?: boolean
  /** What is asked before the words: what kind of thread, about what. */
  children?: React.ReactNode
}

/** What is said. The same again has the same key, whatever became of the answer. */
export interface Said {
  key: string
  body: string
  mentions: UserId[]
}

/** Most that is said at once, as the contract has it. */
const longest = 4000
const mostNames = 8

/** Where something is said: words, with an @ for whom they are meant. Ctrl+Enter says it. */
export function Composer(props: ComposerProps) {
  const { planId, label, action, keptAs, choice, begin, onSay, onCancel, focused, children } = props
  const { t } = useTranslation('threads')
  const refusal = useRefusalWords()
  const nameOf = usePersonWords()
  const list = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [kept] = useState(() => (keptAs === undefined ? undefined : unsentUnder(keptAs)))
  const first = kept ?? begin
  const [written, setWritten] = useState(first?.written ?? '')
  const [named, setNamed] = useState<Named>(first?.named ?? new Map())
  const sent = useRef<Sent>(kept?.sent)
  const keepAll = () => {
    if (keptAs !== undefined) keepUnsent(keptAs, { written, named, choice, sent: sent.current })
  }
  useEffect(keepAll, [keptAs, written, named, choice])
  // A tab that is loaded anew has it again; one that is closed has not.
  useUnsent(written.trim() !== '' && written !== begin?.written)
  const [cursor, setCursor] = useState<number>()
  const [chosen, setChosen] = useState(0)
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false })
  const asked = cursor === undefined ? undefined : mentionAt(written, cursor)
  const people = useQuery({ ...namedQuery(planId), enabled: asked !== undefined })
  const names = asked
    ? (people.data ?? []).filter((person) => fold(nameOf(person)).includes(fold(asked.typed))).slice(0, mostNames)
    : []

  const say = async (event?: FormEvent) => {
    event?.preventDefault()
    if (written.trim() === '' || state.busy) return
    setState({ busy: true })
    const said = bodyToSend(written, named)
    const what = JSON.stringify([said, choice])
    if (sent.current?.what !== what) sent.current = { what, key: newKey() }
    keepAll()
    try {
      if ((await onSay({ ...said, key: sent.current.key })) !== false) {
        sent.current = undefined
        // Here too: the form may be gone by now.
        if (keptAs !== undefined) keep(keptAs, undefined)
        // The button cannot be pressed while there are no words: who pressed it by key goes on where one writes.
        const isByKey = field.current?.form?.querySelector(':focus-visible') != null
        if (isByKey) field.current?.focus()
        setWritten('')
        setNamed(new Map())
        // What was said stands above it now.
        if (isByKey) requestAnimationFrame(() => field.current?.scrollIntoView({ block: 'nearest' }))
      } else leadToFault(field.current?.form ?? null)
      setState({ busy: false })
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  const name = (person: Person) => {
    if (!asked) return
    const label = labelFor(nameOf(person, true), person.id, named)
    const end = asked.from + 1 + asked.typed.length
    setWritten(`${written.slice(0, asked.from)}${label} ${written.slice(end)}`)
    setNamed(new Map([...named, [label, person.id]]))
    setCursor(undefined)
    const at = asked.from + label.length + 1
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(at, at)
    })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return void say(event)
    if (names.length === 0) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const person = names[chosen]
    if (by) setChosen((chosen + by + names.length) % names.length)
    else if (event.key === 'Enter' && person) name(person)
    else if (event.key === 'Escape') setCursor(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <form className={classes.composer} onSubmit={say}>
      {children}
      <Textarea
        ref={field}
        label={label}
        rows={3}
        maxLength={longest}
        value={written}
        // What is changed while it is sent would be lost with it.
        readOnly={state.busy}
        {...(focused ? { 'data-autofocus': true, autoFocus: true } : {})}
        // Whoever changes what they said goes on at its end.
        onFocus={
          begin &&
          (({ currentTarget: { value }, currentTarget }) => {
            if (currentTarget.selectionEnd === 0) currentTarget.setSelectionRange(value.length, value.length)
          })
        }
        aria-autocomplete="list"
        {...(names.length > 0 ? { 'aria-controls': list, 'aria-activedescendant': `${list}-${chosen}` } : {})}
        onChange={({ currentTarget }) => {
          setWritten(currentTarget.value)
          setCursor(currentTarget.selectionStart)
          setChosen(0)
        }}
        onBlur={() => setCursor(undefined)}
        onKeyDown={onKey}
      />
      {names.length > 0 && (
        <div id={list} role="listbox" aria-label={t('compose.people')} className={classes.names}>
          {names.map((person, place) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the chosen one
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text
            <div
              key={person.id}
              id={`${list}-${place}`}
              role="option"
              aria-selected={place === chosen}
              className={classes.name}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => name(person)}
            >
              {nameOf(person)}
              {person.group && <span className={classes.meta}> {person.group.name}</span>}
            </div>
          ))}
        </div>
      )}
      {state.error !== undefined && <Notice tone="problem" urgent {...refusal(state.error)} kept={t('compose.kept')} />}
      <div className={classes.actions}>
        <Button type="submit" loading={state.busy} disabled={written.trim() === ''}>
          {action}
        </Button>
        {onCancel && (
          <Button
            variant="subtle"
            onClick={() => {
              if (keptAs !== undefined) keep(keptAs, undefined)
              onCancel()
            }}
          >
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}
