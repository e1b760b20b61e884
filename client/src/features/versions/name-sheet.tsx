import type { VersionItem } from '@cabildo/protocol/http/api'
import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useNameVersion } from './api.ts'

interface NameSheetProps {
  documentId: string
  /** Edits of this screen that are not stored yet: a version made now would lack them. */
  pending: number
  onClose: () => void
  onNamed: (version: VersionItem) => void
}

/** Asks what this moment should be called, and keeps the document as it stands under that name. */
export function NameSheet({ documentId, pending, onClose, onNamed }: NameSheetProps) {
  const { t } = useTranslation('versions')
  const words = useRefusalWords()
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState(false)
  const naming = useNameVersion(documentId)

  const save = () => {
    if (name.trim() === '') return setMissing(true)
    return naming.mutate(
      { name: name.trim(), ...(note.trim() ? { note: note.trim() } : undefined) },
      { onSuccess: onNamed },
    )
  }

  return (
    <FormSheet
      title={t('name.title')}
      button={t('name.save')}
      sending={naming}
      onSend={save}
      onClose={onClose}
      disabled={pending > 0}
      refusal={naming.error && <Notice tone="problem" urgent {...words(naming.error)} kept={t('name.kept')} />}
    >
      <p>{t('name.what')}</p>
      <TextInput
        label={t('name.label')}
        placeholder={t('name.example')}
        maxLength={120}
        required
        data-autofocus
        value={name}
        error={missing && t('name.missing')}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setMissing(false)
        }}
      />
      <Textarea
        label={t('name.note')}
        description={t('name.noteHelp')}
        maxLength={2000}
        minRows={3}
        autosize
        maxRows={8}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {pending > 0 && <Notice tone="care" what={t('name.pending')} todo={t('name.wait')} />}
    </FormSheet>
  )
}
