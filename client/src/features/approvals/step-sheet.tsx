import { Button, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type Change, useChange } from './api.ts'
import classes from './approvals.module.css'
import { useChangeWords } from './change-words.ts'

/** Another commitment of the plan. */
export interface Other {
  documentId: string
  number: number
  title: string
}

interface StepSheetProps {
  documentId: string
  slug: string
  title: string
  what: string
  /** Whether words are owed, welcome, or not asked for. */
  words: 'owed' | 'welcome' | 'none'
  /** For a merge: where it may go on. */
  others?: readonly Other[]
  change: (words: string, into: string | undefined) => Change
  onClose: () => void
}

/** Asks for what an act owes, and does it. */
export function StepSheet({ documentId, slug, title, what, words, others, change, onClose }: StepSheetProps) {
  const { t } = useTranslation('approvals')
  const { t: common } = useTranslation('common')
  const wordsOf = useChangeWords()
  const formId = useId()
  const [reason, setReason] = useState('')
  const [into, setInto] = useState(others?.[0]?.documentId)
  const [missing, setMissing] = useState(false)
  const changing = useChange(documentId, slug)

  const send = (event: FormEvent) => {
    event.preventDefault()
    const given = reason.trim()
    if (words === 'owed' && given === '') return setMissing(true)
    return changing.mutate(change(given, into), { onSuccess: onClose })
  }

  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={changing.isPending} disabled={others?.length === 0}>
            {title}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={send} className={classes.form} noValidate>
        <p>{what}</p>
        {others && (
          <NativeSelect
            label={t('step.into')}
            value={into ?? ''}
            onChange={(event) => setInto(event.currentTarget.value)}
            data={others.map((one) => ({ value: one.documentId, label: `${one.number}. ${one.title}` }))}
          />
        )}
        {words !== 'none' && (
          <Textarea
            label={t(words === 'owed' ? 'step.reason' : 'step.note')}
            description={t('step.public')}
            maxLength={2000}
            autosize
            minRows={3}
            maxRows={8}
            required={words === 'owed'}
            data-autofocus
            value={reason}
            error={missing && t('step.missing')}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setMissing(false)
            }}
          />
        )}
        {changing.error && <Notice tone="problem" urgent {...wordsOf(changing.error)} />}
      </form>
    </Sheet>
  )
}
