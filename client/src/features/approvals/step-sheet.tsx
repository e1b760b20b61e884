import type { ConsultationWindow } from '@cabildo/protocol/http/approvals'
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useChangeWords } from './change-words.ts'
import { type Days, dayOf, offeredDays, timesOf } from './model.ts'

/** Another commitment of the plan. */
export interface Other {
  documentId: string
  number: number
  title: string
}

/** What was given for an act. */
export interface Given {
  words: string
  into: string | undefined
  window: ReturnType<typeof timesOf> | undefined
}

interface StepSheetProps {
  title: string
  what: string
  /** Whether words are owed, welcome, or not asked for. */
  words: 'owed' | 'welcome' | 'none'
  /** For a merge: where it may go on. */
  others?: readonly Other[]
  /** For acts that open a window or move its end. */
  days?: { kind: 'opens' | 'extends'; usual: number; window: ConsultationWindow | null }
  /** How it goes with sending it. */
  changing: { isPending: boolean; error: Error | null }
  onSend: (given: Given) => void
  onClose: () => void
}

/** Asks for what an act owes, and does it. */
export function StepSheet({ title, what, words, others, days, changing, onSend, onClose }: StepSheetProps) {
  const { t } = useTranslation('approvals')
  const wordsOf = useChangeWords()
  const [reason, setReason] = useState('')
  const [into, setInto] = useState(others?.[0]?.documentId)
  const [missing, setMissing] = useState(false)
  const [chosen, setChosen] = useState<Days | undefined>(
    () => days && offeredDays(days.kind, { now: new Date(), days: days.usual, window: days.window }),
  )

  const send = () => {
    const given = reason.trim()
    if (words === 'owed' && given === '') return setMissing(true)
    return onSend({ words: given, into, window: chosen && timesOf(chosen, new Date()) })
  }

  return (
    <FormSheet
      title={title}
      button={title}
      sending={changing}
      onSend={send}
      onClose={onClose}
      disabled={others?.length === 0}
      refusal={changing.error && <Notice tone="problem" urgent {...wordsOf(changing.error)} />}
    >
      <p>{what}</p>
      {others && (
        <NativeSelect
          label={t('step.into')}
          value={into ?? ''}
          onChange={(event) => setInto(event.currentTarget.value)}
          data={others.map((one) => ({ value: one.documentId, label: `${one.number}. ${one.title}` }))}
        />
      )}
      {chosen && <DayFields days={chosen} opens={days?.kind === 'opens'} onChange={setChosen} />}
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
    </FormSheet>
  )
}

/** The first and the last day of a window; the last alone of one that is prolonged. */
function DayFields({ days, opens, onChange }: { days: Days; opens: boolean; onChange: (days: Days) => void }) {
  const { t } = useTranslation('approvals')
  const today = dayOf(new Date())
  return (
    <>
      {opens && (
        <TextInput
          type="date"
          label={t('window.first')}
          min={today}
          value={days.opens}
          onChange={(event) => onChange({ ...days, opens: event.currentTarget.value })}
        />
      )}
      <TextInput
        type="date"
        label={t('window.last')}
        description={t('window.whole')}
        min={today}
        required
        value={days.closes}
        onChange={(event) => onChange({ ...days, closes: event.currentTarget.value })}
      />
    </>
  )
}
