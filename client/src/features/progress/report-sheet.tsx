import type { MilestoneStatus, Progress } from '@cabildo/protocol/http/progress'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../lib/new-key.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { useProgress } from './api.ts'
import { Choice, PublicWords } from './said-fields.tsx'

interface ReportSheetProps {
  documentId: string
  version: NonNullable<Progress['version']>
  milestone: Progress['milestones'][number]
  onClose: () => void
}

const statuses = ['not_started', 'in_progress', 'delayed', 'done'] as const satisfies readonly MilestoneStatus[]

/** Today by this device's clock and place, as `YYYY-MM-DD`. */
function today(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** Reports on a milestone. */
export function ReportSheet({ documentId, version, milestone, onClose }: ReportSheetProps) {
  const { t } = useTranslation('progress')
  const act = useProgress(documentId)
  const [key] = useState(newKey)
  const [status, setStatus] = useState<MilestoneStatus>(milestone.reports[0]?.status ?? 'in_progress')
  const [words, setWords] = useState('')
  const [link, setLink] = useState('')
  const [day, setDay] = useState(today)
  const [tried, setTried] = useState(false)
  const isLink = link.trim() === '' || /^https?:\/\/[^\s]+$/.test(link.trim())

  const send = async () => {
    setTried(true)
    if (words.trim() === '' || day === '' || !isLink) return
    const said = { status, words: words.trim(), day, ...(link.trim() !== '' && { link: link.trim() }) }
    const about = { key, versionId: version.id, milestone: milestone.number }
    await act.mutateAsync({ kind: 'report', ...about, ...said }).then(onClose, () => undefined)
  }
  return (
    <FormSheet
      title={t('report.title', { number: milestone.number, title: milestone.title })}
      button={t('report.send')}
      sending={act}
      onSend={send}
      onClose={onClose}
    >
      <Choice
        label={t('report.status')}
        values={statuses}
        value={status}
        wordsOf={(one) => t(`status.${one}`)}
        onChange={setStatus}
      />
      <PublicWords label={t('report.words')} value={words} onChange={setWords} tried={tried} />
      <TextInput
        label={t('report.link')}
        description={t('report.linkHint')}
        type="url"
        maxLength={500}
        value={link}
        error={tried && !isLink && t('report.noLink')}
        onChange={({ currentTarget }) => setLink(currentTarget.value)}
      />
      <TextInput
        label={t('report.day')}
        type="date"
        required
        value={day}
        error={tried && day === '' && t('needed')}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
    </FormSheet>
  )
}
