import type { Completion } from '@cabildo/protocol/http/progress'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { useProgress } from './api.ts'
import { Choice, PublicWords } from './said-fields.tsx'

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
  const act = useProgress(documentId)
  const [level, setLevel] = useState<Completion>('no_evidence')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (reason.trim() === '') return
    await act.mutateAsync({ kind: 'assess', level, reason: reason.trim() }).then(onClose, () => undefined)
  }
  return (
    <FormSheet title={t('assess.button')} button={t('assess.send')} sending={act} onSend={send} onClose={onClose}>
      <Choice
        label={t('assess.level')}
        values={levels}
        value={level}
        wordsOf={(one) => t(`level.${one}`)}
        onChange={setLevel}
      />
      <PublicWords label={t('assess.reason')} value={reason} onChange={setReason} tried={tried} />
    </FormSheet>
  )
}
