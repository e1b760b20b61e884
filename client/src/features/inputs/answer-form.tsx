import type { Plan } from '@cabildo/protocol/http/api'
import type { Input, InputOutcome } from '@cabildo/protocol/http/inputs'
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault, leadToFault } from '../../lib/field-faults.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { standingCommitments } from '../../lib/standing-commitments.ts'
import { useUnsent } from '../../lib/use-unsent.ts'
import { answerName, keep, readKept } from '../../sync/kept-writing.ts'
import { Notice } from '../../ui/notice.tsx'
import { inputQuery, shownInQuery, useAnswer } from './api.ts'
import classes from './inputs.module.css'
import { MergeChoice } from './merge-choice.tsx'
import { Option } from './option.tsx'
import { InputOutcomes } from './words.ts'

interface AnswerFormProps {
  plan: Plan
  input: Input
  userId: string
  /** What follows an answer that was stored: the next of the queue. */
  onAnswered: () => Promise<void>
}

interface Draft {
  outcome: InputOutcome | ''
  reason: string
  into: string
  documentId: string
  versionId: string
}

/** Where there are several, whoever answers says which: one that nobody chose would be told as the truth. */
const onlyOne = <One,>(all: readonly One[]): One | undefined => (all.length === 1 ? all[0] : undefined)

/** Most letters of a reason, as the contract has it. */
const longest = 2000

/** Whether somebody began to write an answer in this tab that is not stored. */
export const hasKeptAnswer = (inputId: Input['id'], userId: string): boolean =>
  readKept<Draft>(answerName(inputId, userId)) !== undefined

/** Where an input is answered. What was written is kept in the tab until it is stored; Ctrl+Enter stores it and goes on. */
export function AnswerForm({ plan, input, userId, onAnswered }: AnswerFormProps) {
  const { t } = useTranslation('inputs')
  const refusal = useRefusalWords()
  const client = useQueryClient()
  const name = answerName(input.id, userId)
  const [draft, setDraft] = useState<Draft>(
    () =>
      readKept<Draft>(name) ?? {
        ...{ outcome: '', reason: '', into: '', versionId: '' },
        documentId: input.links[0]?.document.id ?? onlyOne(standingCommitments(plan.commitments))?.documentId ?? '',
      },
  )
  const { outcome, reason, into, documentId, versionId } = draft
  useEffect(() => keep(name, outcome === '' && reason === '' ? undefined : draft), [name, draft, outcome, reason])
  useUnsent(reason.trim() !== '')
  const [fault, setFault] = useState<'outcome' | 'commitment' | 'reason' | 'into' | 'version'>()
  const answer = useAnswer(plan.slug)
  const faultId = useId()
  const choice = useRef<HTMLFieldSetElement>(null)
  const form = useRef<HTMLFormElement>(null)
  // Whoever goes through the queue begins to answer at once, with the words of the input still in sight. Folded up, it
  // takes no focus.
  useEffect(() => choice.current?.querySelector('input')?.focus({ preventScroll: true }), [])
  const isIn = outcome === 'adopted' || outcome === 'adapted'
  const versions = useQuery({ ...shownInQuery(documentId), enabled: isIn && documentId !== '' })
  const version = versions.data?.find(({ id }) => id === versionId) ?? versions.data?.[0]
  // What is being sent stays as it is until there is an answer: what was changed meanwhile would be lost with it.
  const [sending, setSending] = useState(false)
  const change = (part: Partial<Draft>) => {
    if (sending) return
    setFault(undefined)
    setDraft({ ...draft, ...part })
  }

  const wrong = (what: NonNullable<typeof fault>) => {
    setFault(what)
    leadToFault(form.current)
  }

  const send = async (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (sending) return
    if (outcome === '') return wrong('outcome')
    if (isIn && documentId === '') return wrong('commitment')
    if (reason.trim() === '') return wrong('reason')
    if (isIn && !version) return wrong('version')
    setSending(true)
    try {
      const target =
        outcome === 'merged' && /^[1-9]\d{0,5}$/.test(into)
          ? await client.fetchQuery(inputQuery(plan.slug, Number(into)))
          : undefined
      if (outcome === 'merged' && !target) return wrong('into')
      const body = {
        ...{ after: input.answers.at(-1)?.number ?? 0, outcome, reason: reason.trim() },
        ...(target && { mergedInto: target.id }),
        // The plan's own id of a document.
        ...(isIn &&
          version && { documentId: documentId as Input['links'][number]['document']['id'], versionId: version.id }),
      }
      await answer.mutateAsync({ id: input.id, body })
    } catch {
      // The mutation holds what went wrong, or the next try asks for the other input again.
      return
    } finally {
      setSending(false)
    }
    keep(name, undefined)
    setDraft({ ...draft, outcome: '', reason: '', into: '' })
    await onAnswered()
  }

  return (
    <form
      ref={form}
      className={classes.form}
      aria-labelledby="answering"
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event)
      }}
    >
      <h2 id="answering" className={input.answers.length === 0 ? undefined : 'cb-hidden'}>
        {t(input.answers.length === 0 ? 'answer.title' : 'answer.again')}
      </h2>
      <fieldset className={classes.choice} ref={choice} aria-describedby={fault === 'outcome' ? faultId : undefined}>
        <legend>{t('answer.outcome')}</legend>
        <div className={classes.outcomes}>
          {InputOutcomes.map((one) => (
            <Option
              key={one}
              type="radio"
              name="outcome"
              label={t(`standing.${one}`)}
              checked={outcome === one}
              onChange={() => change({ outcome: one })}
            />
          ))}
        </div>
        <p id={faultId} role="alert" className={classes.fault}>
          {fault === 'outcome' && t('answer.fault.outcome')}
        </p>
      </fieldset>
      {outcome === 'merged' && (
        <TextInput
          label={t('answer.into')}
          inputMode="numeric"
          value={into}
          error={(fault === 'into' || isFault(answer.error, '/mergedInto')) && t('answer.fault.into')}
          onChange={({ currentTarget: { value } }) => change({ into: value.trim() })}
        />
      )}
      {outcome === 'merged' && (
        <MergeChoice slug={plan.slug} input={input} onChoose={(number) => change({ into: number })} />
      )}
      {isIn && (
        <div className={classes.fields}>
          <NativeSelect
            label={t('answer.commitment')}
            value={documentId}
            error={fault === 'commitment' && t('answer.fault.commitment')}
            onChange={({ currentTarget: { value } }) => change({ documentId: value, versionId: '' })}
            data={[
              ...(documentId === '' ? [{ value: '', label: t('answer.choose') }] : []),
              ...standingCommitments(plan.commitments, documentId).map((one) => ({
                value: one.documentId,
                label: `${one.number}. ${one.title}`,
              })),
            ]}
          />
          {documentId !== '' && (
            <NativeSelect
              label={t('answer.shownIn')}
              description={t('answer.shownInHelp')}
              value={version?.id ?? ''}
              error={(fault === 'version' || versions.data?.length === 0) && t('answer.fault.version')}
              onChange={({ currentTarget: { value } }) => change({ versionId: value })}
              data={(versions.data ?? []).map((one) => ({
                value: one.id,
                label: one.name ? `${one.number} · ${one.name}` : t('answer.version', { number: one.number }),
              }))}
            />
          )}
        </div>
      )}
      <Textarea
        label={t('answer.reason')}
        description={t('answer.keys')}
        rows={4}
        maxLength={longest}
        value={reason}
        readOnly={sending}
        error={fault === 'reason' && t('answer.fault.reason')}
        onChange={({ currentTarget: { value } }) => change({ reason: value })}
      />
      {answer.isError && (
        <Notice
          tone="problem"
          urgent
          {...refusal(answer.error)}
          {...(refusalCode(answer.error) === 'conflict' && { todo: t('answer.conflict') })}
          kept={t('kept')}
        />
      )}
      <div>
        <Button type="submit" loading={sending}>
          {t('answer.send')}
        </Button>
      </div>
    </form>
  )
}
