import type { Completion } from '@cabildo/protocol/http/progress'
import { Button, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useProgress } from './api.ts'
import classes from './progress.module.css'

const levels = [
  'no_evidence',
  'not_started',
  'limited',
  'substantial',
  'complete',
] as const satisfies readonly Completion[]

/** Says for the monitoring body how far a commitment is completed, and why. */
export function AssessSheet({ documentId, onClose }: { documentId: string; onClose: () => void }) {
  const { t } = useTranslation('progress')
  const { t: common } = useTranslation('common')
  const refusal = useRefusalWords()
  const formId = useId()
  const act = useProgress(documentId)
  const [level, setLevel] = useState<Completion>('no_evidence')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() === '') return
    await act.mutateAsync({ kind: 'assess', level, reason: reason.trim() }).then(onClose, () => undefined)
  }
  return (
    <Sheet
      title={t('assess.button')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={act.isPending}>
            {t('assess.send')}
          </Button>
        </>
      }
    >
      <form id={formId} className={classes.form} onSubmit={(event) => void send(event)} noValidate>
        <NativeSelect
          label={t('assess.level')}
          value={level}
          onChange={({ currentTarget: { value } }) => setLevel(levels.find((one) => one === value) ?? 'no_evidence')}
          data={levels.map((value) => ({ value, label: t(`level.${value}`) }))}
        />
        <Textarea
          label={t('assess.reason')}
          description={t('public')}
          required
          autosize
          minRows={3}
          maxRows={8}
          maxLength={2000}
          value={reason}
          error={tried && reason.trim() === '' && t('needed')}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {act.error && <Notice tone="problem" urgent {...refusal(act.error)} />}
      </form>
    </Sheet>
  )
}
