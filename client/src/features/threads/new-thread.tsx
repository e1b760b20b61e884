import type { ThreadKind } from '@cabildo/protocol/http/threads'
import type { Template } from '@cabildo/schema/templates/template'
import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { Composer, type Said } from './composer.tsx'
import type { Found, PointedAt } from './editors.ts'
import { kinds } from './kinds.tsx'
import { subjectsOf } from './model.ts'
import classes from './threads.module.css'
import { type Choice, unsentUnder } from './unsent.ts'

/** What a new thread is to be on. */
export interface NewThread {
  kind: ThreadKind
  /** Or a fact. Undefined for the whole commitment. */
  field: string | undefined
  /** Words of the field that were named. */
  named: PointedAt | undefined
}

interface NewThreadFormProps {
  /** The name under which this tab keeps the words. */
  keptAs: string
  planId: string
  template: Template
  /** The field that is offered first, and the words in it that were pointed at. */
  about: PointedAt | undefined
  onSay: (thread: NewThread, said: Said) => Promise<unknown>
  onCancel: () => void
  /** Words will be looked for in a field. */
  onNeed: (field: string) => void
  /** Finds words in a field that is needed, wherever they stand. */
  onFind: (field: string, words: string) => Found[]
}

/** Opens a thread: what kind, on what, and the words. */
export function NewThreadForm({
  planId,
  keptAs,
  template,
  about,
  onSay,
  onCancel,
  onNeed,
  onFind,
}: NewThreadFormProps) {
  const { t } = useTranslation('threads')
  const language = useLanguage()
  const [first] = useState(() => unsentUnder(keptAs)?.choice)
  const [kind, setKind] = useState<ThreadKind>(first?.kind ?? 'comment')
  const [on, setOn] = useState(first?.on ?? about?.field ?? '')
  const [typed, setTyped] = useState(first?.typed ?? '')
  const [isMissing, setMissing] = useState(false)
  const [place, setPlace] = useState(first?.place ?? 0)
  const choice = useMemo((): Choice => ({ kind, begunAt: about, on, typed, place }), [kind, about, on, typed, place])
  // The words that were named are looked for in its editor.
  useEffect(() => {
    if (first?.typed) onNeed(first.on)
  }, [first, onNeed])
  const exact = on === '' ? '' : typed.trim()
  const found = exact === '' ? [] : onFind(on, exact)
  return (
    <section className={classes.card} data-open aria-label={t('new.title')}>
      <Composer
        planId={planId}
        keptAs={keptAs}
        choice={choice}
        label={t('new.words')}
        action={t('new.say')}
        focused
        onSay={async (said) => {
          // Looked for again: others may have written since.
          const there = exact === '' ? [] : onFind(on, exact)
          const named = there[place] ?? there[0]
          setMissing(exact !== '' && !named)
          if (exact !== '' && !named) return false
          await onSay({ kind, field: on || undefined, named }, said)
          return true
        }}
        onCancel={onCancel}
      >
        {about?.words ? (
          <blockquote className={classes.quote}>{about.words}</blockquote>
        ) : (
          <>
            <NativeSelect
              label={t('new.on')}
              value={on}
              onChange={({ currentTarget }) => {
                if (currentTarget.value !== '') onNeed(currentTarget.value)
                setOn(currentTarget.value)
                setTyped('')
                setMissing(false)
                setPlace(0)
              }}
              data={[
                { value: '', label: t('whole') },
                ...subjectsOf(template).map(({ name, label }) => ({ value: name, label: label[language] })),
              ]}
            />
            {template.fields.some(({ name }) => name === on) && (
              <TextInput
                label={t('new.exact')}
                description={t('new.exactHint')}
                lang={planLanguage}
                value={typed}
                error={isMissing && t('new.notThere')}
                onChange={({ currentTarget }) => {
                  onNeed(on)
                  setTyped(currentTarget.value)
                  setMissing(false)
                  setPlace(0)
                }}
              />
            )}
            {found.length > 1 && (
              <NativeSelect
                label={t('new.which', { count: found.length })}
                lang={planLanguage}
                value={place}
                onChange={({ currentTarget }) => setPlace(Number(currentTarget.value))}
                data={found.map(({ around }, at) => ({ value: String(at), label: `${at + 1}. …${around}…` }))}
              />
            )}
          </>
        )}
        <NativeSelect
          label={t('new.kind')}
          value={kind}
          onChange={({ currentTarget }) => setKind(kinds.find((one) => one === currentTarget.value) ?? 'comment')}
          data={kinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
        />
      </Composer>
    </section>
  )
}
